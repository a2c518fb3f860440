/* 256-bit unsigned integers, eight 32-bit words, least significant first: the layout of the accelerators. */
#ifndef STF_U256_H
#define STF_U256_H

#include "thimble.h"

typedef struct {
    uint32_t w[8];
} u256;

static inline uint32_t swap32(uint32_t x) {
    return (x << 24) | ((x & 0xff00) << 8) | ((x >> 8) & 0xff00) | (x >> 24);
}

/* Of a word that is not 0. */
static inline unsigned u256_leading_zeros(uint32_t x) {
    unsigned n = 0;
    for (unsigned width = 16; width > 0; width /= 2) {
        if (x >> (32 - width) == 0) {
            n += width;
            x <<= width;
        }
    }
    return n;
}

static inline u256 u256_from(uint64_t x) {
    return (u256){{(uint32_t)x, (uint32_t)(x >> 32)}};
}

static inline int u256_is_zero(const u256 *a) {
    return (a->w[0] | a->w[1] | a->w[2] | a->w[3] | a->w[4] | a->w[5] | a->w[6] | a->w[7]) == 0;
}

/* Whether the value is below 2^32, 2^64. */
static inline int u256_fits32(const u256 *a) {
    return (a->w[1] | a->w[2] | a->w[3] | a->w[4] | a->w[5] | a->w[6] | a->w[7]) == 0;
}

static inline int u256_fits64(const u256 *a) {
    return (a->w[2] | a->w[3] | a->w[4] | a->w[5] | a->w[6] | a->w[7]) == 0;
}

static inline uint64_t u256_low64(const u256 *a) {
    return a->w[0] | (uint64_t)a->w[1] << 32;
}

static inline int u256_equal(const u256 *a, const u256 *b) {
    for (int i = 0; i < 8; i++) {
        if (a->w[i] != b->w[i]) {
            return 0;
        }
    }
    return 1;
}

static inline int u256_less(const u256 *a, const u256 *b) {
    for (int i = 7; i >= 0; i--) {
        if (a->w[i] != b->w[i]) {
            return a->w[i] < b->w[i];
        }
    }
    return 0;
}

static inline int u256_negative(const u256 *a) {
    return a->w[7] >> 31;
}

/* r = a + b, r = a - b mod 2^256; return the carry, the borrow. r may be a or b. */
static inline uint32_t u256_add(u256 *r, const u256 *a, const u256 *b) {
    uint32_t carry = 0;
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        uint32_t sum = a->w[i] + b->w[i];
        uint32_t over = sum < a->w[i];
        r->w[i] = sum + carry;
        carry = over | (r->w[i] < carry);
    }
    return carry;
}

static inline uint32_t u256_sub(u256 *r, const u256 *a, const u256 *b) {
    uint32_t borrow = 0;
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        uint32_t x = a->w[i], difference = x - b->w[i];
        uint32_t under = x < difference;
        under |= difference < borrow;
        r->w[i] = difference - borrow;
        borrow = under;
    }
    return borrow;
}

void u256_negate(u256 *r, const u256 *a);
void u256_mul(u256 *r, const u256 *a, const u256 *b);
/* The full product, 16 words. */
void u256_mul_wide(uint32_t r[16], const u256 *a, const u256 *b);
/* Division by zero gives zero, as in the EVM. Results may be the same object as an operand. */
void u256_divmod(u256 *quotient, u256 *remainder, const u256 *a, const u256 *b);
/* One digit of a long division: subtracts it times the divisor v (n words, at least 2, the top bit set) from the n + 1
 * words at u, which are below v * 2^32; returns it. */
uint32_t u256_divide_step(uint32_t *u, const uint32_t *v, unsigned n);
void u256_sdiv(u256 *r, const u256 *a, const u256 *b);
void u256_smod(u256 *r, const u256 *a, const u256 *b);
void u256_addmod(u256 *r, const u256 *a, const u256 *b, const u256 *m);
/* a * b mod m by the accelerator; m is not zero. */
void u256_mulmod(u256 *r, const u256 *a, const u256 *b, const u256 *m);
void u256_exp(u256 *r, const u256 *base, const u256 *exponent);
void u256_shift_left(u256 *r, const u256 *a, unsigned by);
/* Fills with the words of fill, 0 or 0xffffffff. */
void u256_shift_right(u256 *r, const u256 *a, unsigned by, uint32_t fill);
unsigned u256_bits(const u256 *a);

/* Big-endian bytes; any alignment. Load takes at most 32 of them. */
void u256_load(u256 *r, const uint8_t *bytes, size_t length);
void u256_store(uint8_t bytes[32], const u256 *a);

#endif
