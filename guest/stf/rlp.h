/* Strict, canonical RLP (yellow paper, appendix B): each value has one encoding, every other one halts. */
#ifndef STF_RLP_H
#define STF_RLP_H

#include "base.h"

/* What is left to decode, and the exit code if it is malformed. */
struct rlp {
    const uint8_t *at, *end;
    enum exit_code malformed;
};

static inline struct rlp rlp_open(struct bytes bytes, enum exit_code malformed) {
    return (struct rlp){bytes.bytes, bytes.bytes + bytes.length, malformed};
}

static inline int rlp_more(const struct rlp *rlp) {
    return rlp->at < rlp->end;
}

/* Whether the next item is a list; there has to be one. */
int rlp_next_is_list(const struct rlp *rlp);

/* The contents of the next item. */
struct bytes rlp_string(struct rlp *rlp);
struct rlp rlp_list(struct rlp *rlp);

/* A string of a known length. */
const uint8_t *rlp_exact(struct rlp *rlp, size_t length);
/* An integer without leading zeros. */
uint64_t rlp_u64(struct rlp *rlp);
u256 rlp_u256(struct rlp *rlp);

/* The item with its prefix; it may be a string or a list. */
struct bytes rlp_raw(struct rlp *rlp);

/* Halts unless everything is taken. */
void rlp_close(const struct rlp *rlp);

/* Encoding: each writes at out and returns what comes behind. */
#define RLP_PREFIX 9
uint8_t *rlp_put_string(uint8_t *out, const uint8_t *bytes, size_t length);
uint8_t *rlp_put_u64(uint8_t *out, uint64_t value);
uint8_t *rlp_put_u256(uint8_t *out, const u256 *value);
/* The prefix of a string that is longer than one byte, and of a list. */
uint8_t *rlp_put_prefix(uint8_t *out, uint8_t base, size_t length);

/* Puts the prefix of a list in front of its payload; returns the start. */
uint8_t *rlp_wrap(uint8_t *payload, size_t length);

#endif
