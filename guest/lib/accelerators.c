/* The accelerated system calls and WRITE: number in t0, arguments in a0, a1, a2. */
#include "thimble.h"

#define SYSCALL_WRITE 0x02
#define SYSCALL_SECP256K1_DOUBLE 0x00010B
#define SYSCALL_KECCAK_PERMUTE 0x010109
#define SYSCALL_SECP256K1_ADD 0x01010A
#define SYSCALL_UINT256_MUL 0x01011D

static inline void call(uint32_t number, uintptr_t first, uintptr_t second, uintptr_t third) {
    register uintptr_t t0 __asm__("t0") = number;
    register uintptr_t a0 __asm__("a0") = first;
    register uintptr_t a1 __asm__("a1") = second;
    register uintptr_t a2 __asm__("a2") = third;
    __asm__ volatile("ecall" : : "r"(t0), "r"(a0), "r"(a1), "r"(a2) : "memory");
}

void thimble_write(uint32_t stream, const void *bytes, size_t length) {
    call(SYSCALL_WRITE, stream, (uintptr_t)bytes, length);
}

void thimble_keccak_permute(uint32_t state[50]) {
    call(SYSCALL_KECCAK_PERMUTE, (uintptr_t)state, 0, 0);
}

void thimble_secp256k1_add(uint32_t p[16], const uint32_t q[16]) {
    call(SYSCALL_SECP256K1_ADD, (uintptr_t)p, (uintptr_t)q, 0);
}

void thimble_secp256k1_double(uint32_t p[16]) {
    call(SYSCALL_SECP256K1_DOUBLE, (uintptr_t)p, 0, 0);
}

void thimble_uint256_mul(uint32_t x[8], const uint32_t y_and_modulus[16]) {
    call(SYSCALL_UINT256_MUL, (uintptr_t)x, (uintptr_t)y_and_modulus, 0);
}
