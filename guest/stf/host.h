/* The channel to the host: requests that it answers with hints, and notes. Nothing that it says is trusted: what is
 * read here is checked here, by its hash or by an equation. */
#ifndef STF_HOST_H
#define STF_HOST_H

#include "base.h"

struct blob {
    uint8_t *bytes; /* aligned, followed by at least 40 zeros */
    uint32_t length;
};

/* The bytes with this Keccak-256. */
struct blob host_node(const hash32 *hash);
struct blob host_code(const hash32 *hash);
struct blob host_header(uint64_t number, const hash32 *hash);

enum modulus { SECP256K1_P = 1, SECP256K1_N = 2, BN254_P = 3 };

/* The inverse of a value that is not 0 mod the prime m, which the id names. */
void host_inverse(u256 *inverse, enum modulus id, const u256 *m, const u256 *value);

/* Gives a root of the value mod a prime m = 3 mod 4 and returns 1, or returns 0 if there is none. */
int host_square_root(u256 *root, enum modulus id, const u256 *m, const u256 *value);

enum note_kind {
    NOTE_NODE = 1,
    NOTE_CODE = 2,
    NOTE_TRANSACTION = 3,
    NOTE_BLOCK = 4,
    NOTE_REASON = 5,
    NOTE_LOGS = 6,
    NOTE_COMMITMENT = 7,
    NOTE_STATE_ROOT = 8,
};

/* Tells the host; copies the bytes, at most NOTE_BYTES. */
#define NOTE_BYTES 512
void note(enum note_kind kind, const void *bytes, size_t length);

/* The note TRANSACTION. */
void note_transaction(uint32_t block, uint32_t index, uint8_t type, int success, uint64_t gas_used);

/* The same as note without a copy: overwrites the byte before the bytes. */
void note_in_place(enum note_kind kind, uint8_t *bytes, size_t length);

#endif
