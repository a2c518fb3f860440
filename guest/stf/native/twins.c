/* Software twins of the accelerators for the native library, with 64-bit limbs. Inputs outside the domain abort, as
 * they trap in the machine. */
#include <stdlib.h>
#include <string.h>

#include "thimble.h"

typedef unsigned __int128 u128;

/* ---- Keccak-f[1600] ---- */

static const uint64_t ROUND_CONSTANTS[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

static const uint8_t ROTATIONS[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                      25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};

static inline uint64_t rotate(uint64_t lane, unsigned by) {
    return by == 0 ? lane : lane << by | lane >> (64 - by);
}

void thimble_keccak_permute(uint32_t state[50]) {
    uint64_t a[25], b[25], c[5];
    memcpy(a, state, 200);
    for (unsigned round = 0; round < 24; round++) {
#pragma GCC unroll 5
        for (unsigned x = 0; x < 5; x++) {
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            unsigned x = i % 5, y = i / 5;
            uint64_t d = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
            b[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(a[i] ^ d, ROTATIONS[i]);
        }
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            unsigned row = i - i % 5;
            a[i] = b[i] ^ (~b[row + (i % 5 + 1) % 5] & b[row + (i % 5 + 2) % 5]);
        }
        a[0] ^= ROUND_CONSTANTS[round];
    }
    memcpy(state, a, 200);
}

/* ---- Field of secp256k1: p = 2^256 - 0x1000003d1 ---- */

typedef struct {
    uint64_t l[4];
} field;

#define FOLD 0x1000003d1u

static const field P = {{0xfffffffefffffc2f, ~0ull, ~0ull, ~0ull}};

static int below_p(const field *a) {
    return !(a->l[3] == ~0ull && a->l[2] == ~0ull && a->l[1] == ~0ull && a->l[0] >= P.l[0]);
}

static uint64_t add_limbs(uint64_t *r, const uint64_t *a, const uint64_t *b, unsigned n) {
    u128 carry = 0;
    for (unsigned i = 0; i < n; i++) {
        carry += (u128)a[i] + b[i];
        r[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return (uint64_t)carry;
}

static uint64_t sub_limbs(uint64_t *r, const uint64_t *a, const uint64_t *b, unsigned n) {
    uint64_t borrow = 0;
    for (unsigned i = 0; i < n; i++) {
        u128 difference = (u128)a[i] - b[i] - borrow;
        r[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
    return borrow;
}

static void mul_limbs(uint64_t r[8], const uint64_t a[4], const uint64_t b[4]) {
    memset(r, 0, 64);
    for (unsigned i = 0; i < 4; i++) {
        u128 carry = 0;
        for (unsigned j = 0; j < 4; j++) {
            carry += (u128)a[i] * b[j] + r[i + j];
            r[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
        r[i + 4] = (uint64_t)carry;
    }
}

static field subtract(const field *a, const field *b) {
    field r;
    if (sub_limbs(r.l, a->l, b->l, 4)) {
        add_limbs(r.l, r.l, P.l, 4);
    }
    return r;
}

static field multiply(const field *a, const field *b) {
    uint64_t t[8];
    mul_limbs(t, a->l, b->l);
    field r;
    u128 carry = 0;
    for (unsigned i = 0; i < 4; i++) {
        carry += (u128)t[i + 4] * FOLD + t[i];
        r.l[i] = (uint64_t)carry;
        carry >>= 64;
    }
    carry = carry * FOLD;
    for (unsigned i = 0; i < 4; i++) {
        carry += r.l[i];
        r.l[i] = (uint64_t)carry;
        carry >>= 64;
    }
    if (carry != 0 || !below_p(&r)) {
        sub_limbs(r.l, r.l, P.l, 4);
    }
    return r;
}

/* a^(2^by) b */
static field raise(field a, unsigned by, const field *b) {
    for (; by > 0; by--) {
        a = multiply(&a, &a);
    }
    return multiply(&a, b);
}

/* a^(p - 2): in binary 223 ones, a zero, 22 ones, 0000101101. onesN is a to the number of N ones. */
static field invert(const field *a) {
    field ones2 = raise(*a, 1, a), ones3 = raise(ones2, 1, a), ones6 = raise(ones3, 3, &ones3);
    field ones9 = raise(ones6, 3, &ones3), ones11 = raise(ones9, 2, &ones2), ones22 = raise(ones11, 11, &ones11);
    field ones44 = raise(ones22, 22, &ones22), ones88 = raise(ones44, 44, &ones44);
    field ones176 = raise(ones88, 88, &ones88), ones220 = raise(ones176, 44, &ones44);
    field r = raise(ones220, 3, &ones3);
    r = raise(r, 23, &ones22);
    r = raise(r, 5, a);
    r = raise(r, 3, &ones2);
    return raise(r, 2, a);
}

static void require(int domain) {
    if (!domain) {
        abort();
    }
}

/* The third point on the line through P with this slope and another point with x-coordinate x2. */
static void chord(field p[2], const field *x2, const field *slope) {
    field x = multiply(slope, slope);
    x = subtract(&x, &p[0]);
    x = subtract(&x, x2);
    field y = subtract(&p[0], &x);
    y = multiply(&y, slope);
    p[1] = subtract(&y, &p[1]);
    p[0] = x;
}

void thimble_secp256k1_add(uint32_t p_words[16], const uint32_t q_words[16]) {
    field p[2], q[2];
    memcpy(p, p_words, 64);
    memcpy(q, q_words, 64);
    require(below_p(&p[0]) && below_p(&p[1]) && below_p(&q[0]) && below_p(&q[1]) && memcmp(&p[0], &q[0], 32) != 0);
    field dx = subtract(&q[0], &p[0]), dy = subtract(&q[1], &p[1]);
    dx = invert(&dx);
    field slope = multiply(&dy, &dx);
    chord(p, &q[0], &slope);
    memcpy(p_words, p, 64);
}

void thimble_secp256k1_double(uint32_t p_words[16]) {
    field p[2];
    const field zero = {{0}}, three = {{3}}, two = {{2}};
    memcpy(p, p_words, 64);
    require(below_p(&p[0]) && below_p(&p[1]) && memcmp(&p[1], &zero, 32) != 0);
    field dx = multiply(&p[1], &two), dy = multiply(&p[0], &p[0]);
    dx = invert(&dx);
    dy = multiply(&dy, &three);
    field slope = multiply(&dy, &dx), x = p[0];
    chord(p, &x, &slope);
    memcpy(p_words, p, 64);
}

/* ---- x * y mod m ---- */

/* One digit of the division of u (n + 1 limbs) by v (n limbs, top bit set). */
static void reduce_step(uint64_t *u, const uint64_t *v, unsigned n) {
    u128 head = (u128)u[n] << 64 | u[n - 1];
    u128 digit = u[n] >= v[n - 1] ? ~0ull : head / v[n - 1];
    u128 rest = head - digit * v[n - 1];
    while (n > 1 && rest >> 64 == 0 && digit * v[n - 2] > (rest << 64 | u[n - 2])) {
        digit--;
        rest += v[n - 1];
    }
    uint64_t product[5], borrow;
    u128 carry = 0;
    for (unsigned i = 0; i < n; i++) {
        carry += digit * v[i];
        product[i] = (uint64_t)carry;
        carry >>= 64;
    }
    product[n] = (uint64_t)carry;
    borrow = sub_limbs(u, u, product, n + 1);
    if (borrow) {
        u[n] += add_limbs(u, u, v, n);
    }
}

static void shift_up(uint64_t *r, const uint64_t *a, unsigned limbs, unsigned by) {
    for (int i = (int)limbs - 1; i >= 0; i--) {
        uint64_t low = i > 0 ? a[i - 1] : 0;
        r[i] = by == 0 ? a[i] : a[i] << by | low >> (64 - by);
    }
}

void thimble_uint256_mul(uint32_t x_words[8], const uint32_t y_and_modulus[16]) {
    uint64_t x[4], y[4], m[4], product[9] = {0};
    memcpy(x, x_words, 32);
    memcpy(y, y_and_modulus, 32);
    memcpy(m, y_and_modulus + 8, 32);
    unsigned n = 4;
    while (n > 0 && m[n - 1] == 0) {
        n--;
    }
    require(n > 0);
    unsigned shift = (unsigned)__builtin_clzll(m[n - 1]);
    mul_limbs(product, x, y);
    shift_up(m, m, n, shift);
    shift_up(product, product, 9, shift);
    for (int i = 8 - (int)n; i >= 0; i--) {
        reduce_step(product + i, m, n);
    }
    for (unsigned i = 0; i < n; i++) {
        uint64_t above = i + 1 < n ? product[i + 1] : 0;
        x[i] = shift == 0 ? product[i] : product[i] >> shift | above << (64 - shift);
    }
    for (unsigned i = n; i < 4; i++) {
        x[i] = 0;
    }
    memcpy(x_words, x, 32);
}
