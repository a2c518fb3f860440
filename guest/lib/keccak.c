/* Keccak-f[1600] and Keccak-256 (FIPS 202 section 3, with Ethereum's padding 0x01). */
#include "thimble.h"

#define RATE 136

static const uint64_t ROUND_CONSTANTS[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

static inline uint64_t rotate(uint64_t lane, unsigned by) {
    return by == 0 ? lane : (lane << by) | (lane >> (64 - by));
}

/* Rotation of lane (x, y), at index x + 5y. */
static const uint8_t ROTATIONS[25] = {
    0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14};

/* One round from a to a. All loops are unrolled, so that indices and rotations are constants. */
static inline void round_of(uint64_t a[25], uint64_t constant) {
    uint64_t c[5], d[5], b[25];
#pragma GCC unroll 5
    for (unsigned x = 0; x < 5; x++) {
        c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    }
#pragma GCC unroll 5
    for (unsigned x = 0; x < 5; x++) {
        d[x] = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
    }
#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        unsigned x = i % 5, y = i / 5;
        b[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(a[i] ^ d[x], ROTATIONS[i]);
    }
#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        unsigned row = i - i % 5;
        a[i] = b[i] ^ (~b[row + (i % 5 + 1) % 5] & b[row + (i % 5 + 2) % 5]);
    }
    a[0] ^= constant;
}

static void permute(uint64_t state[25]) {
    for (unsigned round = 0; round < 24; round++) {
        round_of(state, ROUND_CONSTANTS[round]);
    }
}

void keccak256(const uint8_t *bytes, size_t length, uint8_t digest[32]) {
    union {
        uint64_t lanes[25];
        uint32_t words[50];
        uint8_t bytes[200];
    } state;
    union {
        uint32_t words[RATE / 4];
        uint8_t bytes[RATE];
    } block;
    memset(&state, 0, sizeof state);
    for (;;) {
        size_t taken = length < RATE ? length : RATE;
        memcpy(block.bytes, bytes, taken);
        if (taken < RATE) {
            memset(block.bytes + taken, 0, RATE - taken);
            block.bytes[taken] ^= 0x01;
            block.bytes[RATE - 1] ^= 0x80;
        }
        for (unsigned i = 0; i < RATE / 4; i++) {
            state.words[i] ^= block.words[i];
        }
        permute(state.lanes);
        if (taken < RATE) {
            break;
        }
        bytes += taken;
        length -= taken;
    }
    memcpy(digest, state.bytes, 32);
}
