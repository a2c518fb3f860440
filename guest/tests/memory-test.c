/* Checks the memory functions against byte loops, at every pair of alignments and many lengths. Exit code: what failed. */
#include "thimble.h"

#define EXIT_MEMCPY 1
#define EXIT_MEMMOVE 2
#define EXIT_MEMSET 3
#define EXIT_MEMCMP 4

#define SIZE 160
#define GUARD 16

static uint8_t source[SIZE], target[SIZE], expected[SIZE];

static void fill(uint8_t *bytes, uint32_t seed) {
    for (unsigned i = 0; i < SIZE; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(seed >> 24);
    }
}

static void check(int code) {
    for (unsigned i = 0; i < SIZE; i++) {
        if (target[i] != expected[i]) {
            thimble_exit(code);
        }
    }
}

static void reset(void) {
    fill(source, 1);
    fill(target, 2);
    fill(expected, 2);
}

static void copy(unsigned to, unsigned from, unsigned length) {
    reset();
    memcpy(target + to, source + from, length);
    for (volatile unsigned i = 0; i < length; i++) {
        expected[to + i] = source[from + i];
    }
    check(EXIT_MEMCPY);
}

static void move(unsigned to, unsigned from, unsigned length) {
    reset();
    memmove(target + to, target + from, length);
    fill(source, 2);
    for (volatile unsigned i = 0; i < length; i++) {
        expected[to + i] = source[from + i];
    }
    check(EXIT_MEMMOVE);
}

static void set(unsigned to, unsigned length) {
    reset();
    memset(target + to, 0x1A5, length);
    for (volatile unsigned i = 0; i < length; i++) {
        expected[to + i] = 0xA5;
    }
    check(EXIT_MEMSET);
}

static int sign(int value) {
    return (value > 0) - (value < 0);
}

static void compare(unsigned left, unsigned right, unsigned length) {
    reset();
    memcpy(target + left, source + right, length);
    if (memcmp(target + left, source + right, length) != 0) {
        thimble_exit(EXIT_MEMCMP);
    }
    for (unsigned at = 0; at < length; at += 1 + length / 8) {
        target[left + at] ^= 0x80;
        int wanted = target[left + at] < source[right + at] ? -1 : 1;
        if (sign(memcmp(target + left, source + right, length)) != wanted) {
            thimble_exit(EXIT_MEMCMP);
        }
        target[left + at] ^= 0x80;
    }
}

int main(void) {
    for (unsigned a = 0; a < 4; a++) {
        for (unsigned b = 0; b < 4; b++) {
            for (unsigned length = 0; length < 48; length += length < 20 ? 1 : 9) {
                copy(GUARD + a, GUARD + b, length);
                move(GUARD + a, GUARD + b, length);
                move(GUARD + a, GUARD + 11 + b, length);
                move(GUARD + 11 + a, GUARD + b, length);
                compare(GUARD + a, GUARD + b, length);
            }
        }
        for (unsigned length = 0; length < 48; length++) {
            set(GUARD + a, length);
        }
    }
    return 0;
}
