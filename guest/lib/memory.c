/* Memory functions that work on words: a byte loop costs six instructions a byte, these two a word and more only at the
 * ends. Built without loop-to-memcpy conversion, or they would call themselves. */
#include "thimble.h"

typedef uint32_t __attribute__((may_alias)) word;

#define MISALIGNMENT(pointer) ((uintptr_t)(pointer) & 3)

static void copy_words(word *target, const word *source, size_t words) {
    while (words >= 8) {
        word a = source[0], b = source[1], c = source[2], d = source[3];
        word e = source[4], f = source[5], g = source[6], h = source[7];
        target[0] = a, target[1] = b, target[2] = c, target[3] = d;
        target[4] = e, target[5] = f, target[6] = g, target[7] = h;
        target += 8, source += 8, words -= 8;
    }
    while (words > 0) {
        *target++ = *source++;
        words--;
    }
}

/* Copies to an aligned target from a source that is not: each word is put together from two. */
static void copy_shifted(word *target, const uint8_t *source, size_t words) {
    unsigned shift = 8 * MISALIGNMENT(source);
    const word *from = (const word *)((uintptr_t)source & ~(uintptr_t)3);
    word low = *from++;
    while (words > 0) {
        word high = *from++;
        *target++ = (low >> shift) | (high << (32 - shift));
        low = high;
        words--;
    }
}

void *memcpy(void *restrict target, const void *restrict source, size_t length) {
    uint8_t *to = target;
    const uint8_t *from = source;
    if (length >= 8) {
        while (MISALIGNMENT(to) != 0) {
            *to++ = *from++;
            length--;
        }
        size_t words = length / 4;
        if (MISALIGNMENT(from) == 0) {
            copy_words((word *)to, (const word *)from, words);
        } else {
            copy_shifted((word *)to, from, words);
        }
        to += 4 * words, from += 4 * words, length &= 3;
    }
    while (length > 0) {
        *to++ = *from++;
        length--;
    }
    return target;
}

void *memmove(void *target, const void *source, size_t length) {
    uint8_t *to = target;
    const uint8_t *from = source;
    if ((uintptr_t)to - (uintptr_t)from >= length) {
        /* Ascending order never overwrites what is still to be read, even where the ranges overlap. */
        if (MISALIGNMENT(to) == MISALIGNMENT(from)) {
            while (length > 0 && MISALIGNMENT(to) != 0) {
                *to++ = *from++;
                length--;
            }
            while (length >= 4) {
                *(word *)to = *(const word *)from;
                to += 4, from += 4, length -= 4;
            }
        }
        while (length > 0) {
            *to++ = *from++;
            length--;
        }
        return target;
    }
    to += length, from += length;
    if (MISALIGNMENT(to) == MISALIGNMENT(from)) {
        while (length > 0 && MISALIGNMENT(to) != 0) {
            *--to = *--from;
            length--;
        }
        while (length >= 4) {
            to -= 4, from -= 4, length -= 4;
            *(word *)to = *(const word *)from;
        }
    }
    while (length > 0) {
        *--to = *--from;
        length--;
    }
    return target;
}

void *memset(void *target, int value, size_t length) {
    uint8_t *to = target;
    word pattern = (uint8_t)value * 0x01010101u;
    while (length > 0 && MISALIGNMENT(to) != 0) {
        *to++ = (uint8_t)value;
        length--;
    }
    while (length >= 16) {
        word *words = (word *)to;
        words[0] = pattern, words[1] = pattern, words[2] = pattern, words[3] = pattern;
        to += 16, length -= 16;
    }
    while (length >= 4) {
        *(word *)to = pattern;
        to += 4, length -= 4;
    }
    while (length > 0) {
        *to++ = (uint8_t)value;
        length--;
    }
    return target;
}

int memcmp(const void *left, const void *right, size_t length) {
    const uint8_t *a = left;
    const uint8_t *b = right;
    if (MISALIGNMENT(a) == MISALIGNMENT(b)) {
        while (length > 0 && MISALIGNMENT(a) != 0 && *a == *b) {
            a++, b++, length--;
        }
        if (MISALIGNMENT(a) == 0) {
            while (length >= 4 && *(const word *)a == *(const word *)b) {
                a += 4, b += 4, length -= 4;
            }
        }
    }
    while (length > 0 && *a == *b) {
        a++, b++, length--;
    }
    return length == 0 ? 0 : *a - *b;
}
