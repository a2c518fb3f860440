/* The sponge of keccak.h: absorbs in place, a word at a time. */
#include "keccak.h"

#define RATE 136
#define RATE_WORDS (RATE / 4)

typedef uint32_t __attribute__((may_alias)) word;

const hash32 KECCAK_EMPTY = {.bytes = {0xc5, 0xd2, 0x46, 0x01, 0x86, 0xf7, 0x23, 0x3c, 0x92, 0x7e, 0x7d,
                                       0xb2, 0xdc, 0xc7, 0x03, 0xc0, 0xe5, 0x00, 0xb6, 0x53, 0xca, 0x82,
                                       0x27, 0x3b, 0x7b, 0xfa, 0xd8, 0x04, 0x5d, 0x85, 0xa4, 0x70}};
const hash32 KECCAK_EMPTY_LIST = {.bytes = {0x1d, 0xcc, 0x4d, 0xe8, 0xde, 0xc7, 0x5d, 0x7a, 0xab, 0x85, 0xb5,
                                            0x67, 0xb6, 0xcc, 0xd4, 0x1a, 0xd3, 0x12, 0x45, 0x1b, 0x94, 0x8a,
                                            0x74, 0x13, 0xf0, 0xa1, 0x42, 0xfd, 0x40, 0xd4, 0x93, 0x47}};
const hash32 KECCAK_EMPTY_TRIE = {.bytes = {0x56, 0xe8, 0x1f, 0x17, 0x1b, 0xcc, 0x55, 0xa6, 0xff, 0x83, 0x45,
                                            0xe6, 0x92, 0xc0, 0xf8, 0x6e, 0x5b, 0x48, 0xe0, 0x1b, 0x99, 0x6c,
                                            0xad, 0xc0, 0x01, 0x62, 0x2f, 0xb5, 0xe3, 0x63, 0xb4, 0x21}};

#define WORDS(operator)                                                                                                \
    for (; words >= 4; words -= 4, state += 4, from += 4) {                                                            \
        uint32_t a = from[0], b = from[1], c = from[2], d = from[3];                                                   \
        state[0] operator a, state[1] operator b, state[2] operator c, state[3] operator d;                            \
    }                                                                                                                  \
    for (; words > 0; words--) {                                                                                       \
        *state++ operator* from++;                                                                                     \
    }

#define SHIFTED_WORDS(operator)                                                                                        \
    for (uint32_t low = *from; words > 0; words--) {                                                                   \
        uint32_t high = *++from;                                                                                       \
        *state++ operator(low >> shift | high << (32 - shift));                                                        \
        low = high;                                                                                                    \
    }

/* Puts words of bytes of any alignment into the state, the first time instead of its zeros. Reads only words of the
 * machine that hold some of the wanted bytes. */
static void absorb(uint32_t *state, const uint8_t *bytes, size_t words, int first) {
    unsigned shift = 8 * ((uintptr_t)bytes & 3);
    const word *from = (const word *)((uintptr_t)bytes & ~(uintptr_t)3);
    if (words == 0) {
        return;
    }
    if (shift == 0 && first) {
        WORDS(=)
    } else if (shift == 0) {
        WORDS(^=)
    } else if (first) {
        SHIFTED_WORDS(=)
    } else {
        SHIFTED_WORDS(^=)
    }
}

void keccak(hash32 *digest, const uint8_t *bytes, size_t length) {
    union {
        uint64_t align;
        uint32_t words[50];
    } state;
    int first = 1;
    if (length < RATE) {
        memset(&state, 0, sizeof state);
    } else {
        memset(state.words + RATE_WORDS, 0, sizeof state - RATE);
    }
    for (; length >= RATE; length -= RATE, bytes += RATE) {
        absorb(state.words, bytes, RATE_WORDS, first);
        thimble_keccak_permute(state.words);
        first = 0;
    }
    size_t whole = length / 4;
    absorb(state.words, bytes, whole, first);
    uint32_t last = 0x01u << (8 * (length & 3));
    for (size_t i = 4 * whole; i < length; i++) {
        last |= (uint32_t)bytes[i] << (8 * (i & 3));
    }
    state.words[whole] ^= last;
    state.words[RATE_WORDS - 1] ^= 0x80000000u;
    thimble_keccak_permute(state.words);
    for (unsigned i = 0; i < 8; i++) {
        digest->w[i] = state.words[i];
    }
}
