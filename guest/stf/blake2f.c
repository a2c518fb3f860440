/* The compression function F of BLAKE2b (RFC 7693 section 3.2) with a given number of rounds (EIP-152). */
#include "precompiled.h"

static const uint64_t IV[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                               0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
static const uint8_t SIGMA[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};
static const uint8_t LANES[8][4] = {{0, 4, 8, 12},  {1, 5, 9, 13},  {2, 6, 10, 14}, {3, 7, 11, 15},
                                    {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13},  {3, 4, 9, 14}};

static inline uint64_t rotate(uint64_t x, unsigned by) {
    return x >> by | x << (64 - by);
}

static void mix(uint64_t v[16], const uint8_t lanes[4], uint64_t x, uint64_t y) {
    uint64_t a = v[lanes[0]], b = v[lanes[1]], c = v[lanes[2]], d = v[lanes[3]];
    a += b + x;
    d = rotate(d ^ a, 32);
    c += d;
    b = rotate(b ^ c, 24);
    a += b + y;
    d = rotate(d ^ a, 16);
    c += d;
    b = rotate(b ^ c, 63);
    v[lanes[0]] = a, v[lanes[1]] = b, v[lanes[2]] = c, v[lanes[3]] = d;
}

void blake2f(uint8_t output[64], const uint8_t input[213]) {
    uint32_t rounds = (uint32_t)input[0] << 24 | (uint32_t)input[1] << 16 | (uint32_t)input[2] << 8 | input[3];
    uint64_t h[8], m[16], v[16];
    for (unsigned i = 0; i < 8; i++) {
        h[i] = v[i] = load_le64(input + 4 + 8 * i);
        v[8 + i] = IV[i];
    }
    for (unsigned i = 0; i < 16; i++) {
        m[i] = load_le64(input + 68 + 8 * i);
    }
    v[12] ^= load_le64(input + 196);
    v[13] ^= load_le64(input + 204);
    if (input[212] != 0) {
        v[14] = ~v[14];
    }
    for (uint32_t round = 0; round < rounds; round++) {
        const uint8_t *s = SIGMA[round % 10];
        for (unsigned i = 0; i < 8; i++) {
            mix(v, LANES[i], m[s[2 * i]], m[s[2 * i + 1]]);
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        store_le64(output + 8 * i, h[i] ^ v[i] ^ v[8 + i]);
    }
}
