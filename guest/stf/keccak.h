/* Keccak-256 with Ethereum's padding over the accelerated permutation. */
#ifndef STF_KECCAK_H
#define STF_KECCAK_H

#include "base.h"

/* Any alignment; an aligned start is faster. The bytes may be the digest's. */
void keccak(hash32 *digest, const uint8_t *bytes, size_t length);

/* Of nothing, of the empty RLP list, of the empty RLP string (the root of an empty trie). */
extern const hash32 KECCAK_EMPTY, KECCAK_EMPTY_LIST, KECCAK_EMPTY_TRIE;

#endif
