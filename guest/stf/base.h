/* What every part uses: hashes and addresses, how the program fails, memory that is never freed. */
#ifndef STF_BASE_H
#define STF_BASE_H

#include "u256.h"

/* 32 and 20 bytes in the order in which they are written. */
typedef union {
    uint32_t w[8];
    uint8_t bytes[32];
} hash32;

typedef union {
    uint32_t w[5];
    uint8_t bytes[20];
} address;

struct bytes {
    const uint8_t *bytes;
    size_t length;
};

/* None, but not at address 0, so that it may be given to memcpy. */
#define NO_BYTES ((struct bytes){(const uint8_t *)"", 0})

enum exit_code {
    EXIT_INPUT = 10,
    EXIT_INVALID_BLOCK = 11,
    EXIT_INVALID_TRANSACTION = 12,
    EXIT_MISSING_WITNESS = 13,
    EXIT_WRONG_WITNESS = 14,
    EXIT_UNSUPPORTED = 15,
    EXIT_MEMORY = 16,
};

/* Tells the host why and halts. */
_Noreturn void fail(enum exit_code code, const char *reason);

/* Zeroed memory for the rest of the run, aligned to 8 bytes. */
void *arena_take(size_t bytes);
/* Forgets everything, so that a native process can run again. The guest starts with zeroed memory. */
void arena_reset(void);
/* What was taken since the mark is given back, zeroed. */
size_t arena_mark(void);
void arena_release(size_t mark);

static inline int hash_equal(const hash32 *a, const hash32 *b) {
    for (int i = 0; i < 8; i++) {
        if (a->w[i] != b->w[i]) {
            return 0;
        }
    }
    return 1;
}

static inline int address_equal(const address *a, const address *b) {
    return a->w[0] == b->w[0] && a->w[1] == b->w[1] && a->w[2] == b->w[2] && a->w[3] == b->w[3] && a->w[4] == b->w[4];
}

static inline hash32 hash_from(const uint8_t *bytes) {
    hash32 hash;
    memcpy(hash.bytes, bytes, 32);
    return hash;
}

static inline u256 hash_to_u256(const hash32 *hash) {
    u256 value;
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        value.w[i] = swap32(hash->w[7 - i]);
    }
    return value;
}

static inline hash32 hash_from_u256(const u256 *value) {
    hash32 hash;
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        hash.w[i] = swap32(value->w[7 - i]);
    }
    return hash;
}

static inline u256 address_to_u256(const address *who) {
    return (u256){{swap32(who->w[4]), swap32(who->w[3]), swap32(who->w[2]), swap32(who->w[1]), swap32(who->w[0])}};
}

static inline address address_from_u256(const u256 *value) {
    return (address){
        {swap32(value->w[4]), swap32(value->w[3]), swap32(value->w[2]), swap32(value->w[1]), swap32(value->w[0])}};
}

static inline uint32_t load_le32(const uint8_t *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline uint64_t load_le64(const uint8_t *bytes) {
    return load_le32(bytes) | (uint64_t)load_le32(bytes + 4) << 32;
}

static inline void store_le32(uint8_t *bytes, uint32_t value) {
    bytes[0] = (uint8_t)value, bytes[1] = (uint8_t)(value >> 8);
    bytes[2] = (uint8_t)(value >> 16), bytes[3] = (uint8_t)(value >> 24);
}

static inline void store_le64(uint8_t *bytes, uint64_t value) {
    store_le32(bytes, (uint32_t)value);
    store_le32(bytes + 4, (uint32_t)(value >> 32));
}

#endif
