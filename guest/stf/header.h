/* Block headers of Cancun: decoding and the rules that need only the parent (yellow paper section 4.4.4, EIP-1559,
 * 3675, 4844). */
#ifndef STF_HEADER_H
#define STF_HEADER_H

#include "base.h"

struct header {
    hash32 hash;
    hash32 parent_hash, ommers_hash, state_root, transactions_root, receipts_root, prevrandao, withdrawals_root,
        beacon_root;
    address coinbase;
    const uint8_t *bloom, *nonce;
    u256 difficulty;
    uint64_t number, gas_limit, gas_used, timestamp, base_fee, blob_gas_used, excess_blob_gas;
    struct bytes extra_data;
};

/* Halts with EXIT_INVALID_BLOCK unless the rule is kept. */
void block_require(int condition, const char *rule);

/* Decodes a header, given with its list prefix, and hashes it. */
void header_decode(struct header *header, struct bytes encoded);

/* Halts unless the header can follow the parent. */
void header_check(const struct header *header, const struct header *parent);

/* Hashes of the blocks before the current one. */
void ancestors_open(const struct header *parent);
void ancestors_add(const struct header *header);
/* One of the last 256: older ones than the batch's parent are asked from the host. */
hash32 ancestors_hash(uint64_t number);

#endif
