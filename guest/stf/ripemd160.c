/* RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996). */
#include "precompiled.h"

static const uint8_t LEFT_WORD[80] = {0,  1, 2,  3, 4,  5,  6, 7,  8, 9,  10, 11, 12, 13, 14, 15, 7,  4,  13, 1,
                                      10, 6, 15, 3, 12, 0,  9, 5,  2, 14, 11, 8,  3,  10, 14, 4,  9,  15, 8,  1,
                                      2,  7, 0,  6, 13, 11, 5, 12, 1, 9,  11, 10, 0,  8,  12, 4,  13, 3,  7,  15,
                                      14, 5, 6,  2, 4,  0,  5, 9,  7, 12, 2,  10, 14, 1,  3,  8,  11, 6,  15, 13};
static const uint8_t RIGHT_WORD[80] = {5,  14, 7,  0,  9,  2,  11, 4,  13, 6, 15, 8, 1,  10, 3,  12, 6, 11, 3, 7,
                                       0,  13, 5,  10, 14, 15, 8,  12, 4,  9, 1,  2, 15, 5,  1,  3,  7, 14, 6, 9,
                                       11, 8,  12, 2,  10, 0,  4,  13, 8,  6, 4,  1, 3,  11, 15, 0,  5, 12, 2, 13,
                                       9,  7,  10, 14, 12, 15, 10, 4,  1,  5, 8,  7, 6,  2,  13, 14, 0, 3,  9, 11};
static const uint8_t LEFT_SHIFT[80] = {11, 14, 15, 12, 5, 8,  7,  9,  11, 13, 14, 15, 6,  7,  9,  8,  7,  6,  8,  13,
                                       11, 9,  7,  15, 7, 12, 15, 9,  11, 7,  13, 12, 11, 13, 6,  7,  14, 9,  13, 15,
                                       14, 8,  13, 6,  5, 12, 7,  5,  11, 12, 14, 15, 14, 15, 9,  8,  9,  14, 5,  6,
                                       8,  6,  5,  12, 9, 15, 5,  11, 6,  8,  13, 12, 5,  12, 13, 14, 11, 8,  5,  6};
static const uint8_t RIGHT_SHIFT[80] = {8,  9,  9,  11, 13, 15, 15, 5, 7,  7,  8,  11, 14, 14, 12, 6,  9,  13, 15, 7,
                                        12, 8,  9,  11, 7,  7,  12, 7, 6,  15, 13, 11, 9,  7,  15, 11, 8,  6,  6,  14,
                                        12, 13, 5,  14, 13, 13, 7,  5, 15, 5,  8,  11, 14, 14, 6,  14, 6,  9,  12, 9,
                                        12, 5,  15, 8,  8,  5,  12, 9, 12, 5,  14, 6,  8,  13, 6,  5,  15, 13, 11, 11};
static const uint32_t LEFT_CONSTANT[5] = {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e};
static const uint32_t RIGHT_CONSTANT[5] = {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0};

static inline uint32_t rotate(uint32_t x, unsigned by) {
    return x << by | x >> (32 - by);
}

static uint32_t mix(unsigned round, uint32_t x, uint32_t y, uint32_t z) {
    switch (round) {
    case 0: return x ^ y ^ z;
    case 1: return (x & y) | (~x & z);
    case 2: return (x | ~y) ^ z;
    case 3: return (x & z) | (y & ~z);
    default: return x ^ (y | ~z);
    }
}

static void line(uint32_t s[5], const uint8_t *block, const uint8_t *words, const uint8_t *shifts,
                 const uint32_t *constants, int right) {
    for (unsigned i = 0; i < 80; i++) {
        unsigned round = i / 16;
        uint32_t sum = s[0] + mix(right ? 4 - round : round, s[1], s[2], s[3]) + load_le32(block + 4 * words[i]) +
                       constants[round];
        sum = rotate(sum, shifts[i]) + s[4];
        s[0] = s[4], s[4] = s[3], s[3] = rotate(s[2], 10), s[2] = s[1], s[1] = sum;
    }
}

static void compress(uint32_t state[5], const uint8_t block[64]) {
    uint32_t left[5], right[5];
    memcpy(left, state, 20);
    memcpy(right, state, 20);
    line(left, block, LEFT_WORD, LEFT_SHIFT, LEFT_CONSTANT, 0);
    line(right, block, RIGHT_WORD, RIGHT_SHIFT, RIGHT_CONSTANT, 1);
    uint32_t sum = state[1] + left[2] + right[3];
    state[1] = state[2] + left[3] + right[4];
    state[2] = state[3] + left[4] + right[0];
    state[3] = state[4] + left[0] + right[1];
    state[4] = state[0] + left[1] + right[2];
    state[0] = sum;
}

void ripemd160(uint8_t digest[20], const uint8_t *bytes, size_t length) {
    uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint64_t bits = (uint64_t)length * 8;
    uint8_t block[64];
    for (; length >= 64; length -= 64, bytes += 64) {
        compress(state, bytes);
    }
    memset(block, 0, 64);
    memcpy(block, bytes, length);
    block[length] = 0x80;
    if (length >= 56) {
        compress(state, block);
        memset(block, 0, 64);
    }
    store_le64(block + 56, bits);
    compress(state, block);
    for (unsigned i = 0; i < 5; i++) {
        store_le32(digest + 4 * i, state[i]);
    }
}
