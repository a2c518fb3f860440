/* Arithmetic of u256.h. Division is Knuth's algorithm D (TAOCP 4.3.1) on 32-bit words. */
#include "u256.h"

void u256_negate(u256 *r, const u256 *a) {
    const u256 zero = {{0}};
    u256_sub(r, &zero, a);
}

static unsigned words_of(const uint32_t *a, unsigned words) {
    while (words > 0 && a[words - 1] == 0) {
        words--;
    }
    return words;
}

void u256_mul(u256 *r, const u256 *a, const u256 *b) {
    u256 product = {{0}};
    unsigned a_words = words_of(a->w, 8), b_words = words_of(b->w, 8);
    for (unsigned i = 0; i < a_words; i++) {
        uint32_t carry = 0;
        unsigned j = 0;
        for (; j < b_words && i + j < 8; j++) {
            uint64_t t = (uint64_t)a->w[i] * b->w[j] + product.w[i + j] + carry;
            product.w[i + j] = (uint32_t)t;
            carry = (uint32_t)(t >> 32);
        }
        if (i + j < 8) {
            product.w[i + j] = carry;
        }
    }
    *r = product;
}

void u256_mul_wide(uint32_t r[16], const u256 *a, const u256 *b) {
    memset(r, 0, 64);
    for (unsigned i = 0; i < 8; i++) {
        uint32_t carry = 0;
        for (unsigned j = 0; j < 8; j++) {
            uint64_t t = (uint64_t)a->w[i] * b->w[j] + r[i + j] + carry;
            r[i + j] = (uint32_t)t;
            carry = (uint32_t)(t >> 32);
        }
        r[i + 8] = carry;
    }
}

static void divide_by_word(u256 *quotient, u256 *remainder, const u256 *a, uint32_t divisor) {
    uint64_t rest = 0;
    u256 result;
    for (int i = 7; i >= 0; i--) {
        rest = rest << 32 | a->w[i];
        uint32_t digit = rest >> 32 == 0 ? (uint32_t)rest / divisor : (uint32_t)(rest / divisor);
        result.w[i] = digit;
        rest -= (uint64_t)digit * divisor;
    }
    *quotient = result;
    *remainder = u256_from(rest);
}

uint32_t u256_divide_step(uint32_t *u, const uint32_t *v, unsigned n) {
    uint64_t head = (uint64_t)u[n] << 32 | u[n - 1];
    uint64_t digit = u[n] >= v[n - 1] ? 0xffffffffu : head / v[n - 1];
    uint64_t rest = head - digit * v[n - 1];
    while (rest >> 32 == 0 && digit * v[n - 2] > (rest << 32 | u[n - 2])) {
        digit--;
        rest += v[n - 1];
    }
    uint64_t carry = 0;
    uint32_t borrow = 0;
    for (unsigned i = 0; i < n; i++) {
        carry += digit * v[i];
        uint32_t part = (uint32_t)carry, difference = u[i] - part;
        uint32_t under = u[i] < part;
        under += difference < borrow;
        u[i] = difference - borrow;
        borrow = under;
        carry >>= 32;
    }
    uint64_t top = (uint64_t)u[n] - (uint32_t)carry - borrow;
    u[n] = (uint32_t)top;
    if (top >> 32 != 0) {
        digit--;
        uint32_t over = 0;
        for (unsigned i = 0; i < n; i++) {
            uint64_t sum = (uint64_t)u[i] + v[i] + over;
            u[i] = (uint32_t)sum;
            over = (uint32_t)(sum >> 32);
        }
        u[n] += over;
    }
    return (uint32_t)digit;
}

void u256_divmod(u256 *quotient, u256 *remainder, const u256 *a, const u256 *b) {
    unsigned n = words_of(b->w, 8), m = words_of(a->w, 8);
    if (n == 0) {
        *quotient = *remainder = u256_from(0);
        return;
    }
    if (m < n || u256_less(a, b)) {
        *remainder = *a;
        *quotient = u256_from(0);
        return;
    }
    if (n == 1) {
        divide_by_word(quotient, remainder, a, b->w[0]);
        return;
    }
    unsigned shift = u256_leading_zeros(b->w[n - 1]);
    u256 v, result = {{0}};
    uint32_t u[9];
    u256_shift_left(&v, b, shift);
    u[8] = shift == 0 ? 0 : a->w[7] >> (32 - shift);
    u256_shift_left((u256 *)u, a, shift);
    for (int i = (int)(m - n); i >= 0; i--) {
        result.w[i] = u256_divide_step(u + i, v.w, n);
    }
    for (unsigned i = n; i < 8; i++) {
        u[i] = 0;
    }
    u256_shift_right(remainder, (u256 *)u, shift, 0);
    *quotient = result;
}

static void magnitude(u256 *r, const u256 *a) {
    if (u256_negative(a)) {
        u256_negate(r, a);
    } else {
        *r = *a;
    }
}

void u256_sdiv(u256 *r, const u256 *a, const u256 *b) {
    u256 x, y, rest;
    int negative = u256_negative(a) ^ u256_negative(b);
    magnitude(&x, a);
    magnitude(&y, b);
    u256_divmod(r, &rest, &x, &y);
    if (negative) {
        u256_negate(r, r);
    }
}

void u256_smod(u256 *r, const u256 *a, const u256 *b) {
    u256 x, y, quotient;
    int negative = u256_negative(a);
    magnitude(&x, a);
    magnitude(&y, b);
    u256_divmod(&quotient, r, &x, &y);
    if (negative) {
        u256_negate(r, r);
    }
}

void u256_mulmod(u256 *r, const u256 *a, const u256 *b, const u256 *m) {
    uint32_t operand[16];
    memcpy(operand, b, 32);
    memcpy(operand + 8, m, 32);
    *r = *a;
    thimble_uint256_mul(r->w, operand);
}

void u256_addmod(u256 *r, const u256 *a, const u256 *b, const u256 *m) {
    if (u256_is_zero(m)) {
        *r = u256_from(0);
        return;
    }
    const u256 one = u256_from(1);
    u256 x, y;
    u256_mulmod(&x, a, &one, m);
    u256_mulmod(&y, b, &one, m);
    if (u256_add(&x, &x, &y) || !u256_less(&x, m)) {
        u256_sub(&x, &x, m);
    }
    *r = x;
}

unsigned u256_bits(const u256 *a) {
    unsigned words = words_of(a->w, 8);
    return words == 0 ? 0 : 32 * words - u256_leading_zeros(a->w[words - 1]);
}

void u256_exp(u256 *r, const u256 *base, const u256 *exponent) {
    u256 result = u256_from(1), power = *base, e = *exponent;
    for (unsigned bits = u256_bits(exponent), i = 0; i < bits; i++) {
        if (e.w[i / 32] >> (i % 32) & 1) {
            u256_mul(&result, &result, &power);
        }
        if (i + 1 < bits) {
            u256_mul(&power, &power, &power);
        }
    }
    *r = result;
}

void u256_shift_left(u256 *r, const u256 *a, unsigned by) {
    unsigned words = by / 32, bits = by % 32;
    for (int i = 7; i >= 0; i--) {
        int from = i - (int)words;
        uint32_t high = from >= 0 ? a->w[from] : 0;
        uint32_t low = from >= 1 ? a->w[from - 1] : 0;
        r->w[i] = bits == 0 ? high : high << bits | low >> (32 - bits);
    }
}

void u256_shift_right(u256 *r, const u256 *a, unsigned by, uint32_t fill) {
    unsigned words = by / 32, bits = by % 32;
    for (unsigned i = 0; i < 8; i++) {
        unsigned from = i + words;
        uint32_t low = from < 8 ? a->w[from] : fill;
        uint32_t high = from + 1 < 8 ? a->w[from + 1] : fill;
        r->w[i] = bits == 0 ? low : low >> bits | high << (32 - bits);
    }
}

void u256_load(u256 *r, const uint8_t *bytes, size_t length) {
    if (length == 32 && ((uintptr_t)bytes & 3) == 0) {
        const uint32_t *words = __builtin_assume_aligned(bytes, 4);
        for (unsigned i = 0; i < 8; i++) {
            r->w[7 - i] = swap32(words[i]);
        }
        return;
    }
    unsigned i = 0;
    while (length >= 4) {
        length -= 4;
        const uint8_t *at = bytes + length;
        r->w[i++] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    uint32_t top = 0;
    for (unsigned j = 0; j < length; j++) {
        top = top << 8 | bytes[j];
    }
    while (i < 8) {
        r->w[i++] = top;
        top = 0;
    }
}

void u256_store(uint8_t bytes[32], const u256 *a) {
    if (((uintptr_t)bytes & 3) == 0) {
        uint32_t *words = __builtin_assume_aligned(bytes, 4);
        for (unsigned i = 0; i < 8; i++) {
            words[i] = swap32(a->w[7 - i]);
        }
        return;
    }
    for (unsigned i = 0; i < 8; i++) {
        uint32_t word = a->w[7 - i];
        bytes[0] = (uint8_t)(word >> 24);
        bytes[1] = (uint8_t)(word >> 16);
        bytes[2] = (uint8_t)(word >> 8);
        bytes[3] = (uint8_t)word;
        bytes += 4;
    }
}
