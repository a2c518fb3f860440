#include "header.h"

#include "host.h"
#include "keccak.h"
#include "rlp.h"

#define MINIMUM_GAS_LIMIT 5000
#define MAXIMUM_GAS_LIMIT INT64_MAX /* EIP-1985, as the clients have it */
#define GAS_LIMIT_DIVISOR 1024
#define ELASTICITY 2
#define BASE_FEE_DIVISOR 8
#define MAXIMUM_EXTRA_DATA 32
#define TARGET_BLOB_GAS 393216
#define BLOOM_BYTES 256
#define NONCE_BYTES 8

void block_require(int condition, const char *rule) {
    if (!condition) {
        fail(EXIT_INVALID_BLOCK, rule);
    }
}

static hash32 take_hash(struct rlp *fields) {
    return hash_from(rlp_exact(fields, 32));
}

void header_decode(struct header *header, struct bytes encoded) {
    struct rlp rlp = rlp_open(encoded, EXIT_INVALID_BLOCK);
    struct rlp fields = rlp_list(&rlp);
    rlp_close(&rlp);
    keccak(&header->hash, encoded.bytes, encoded.length);
    header->parent_hash = take_hash(&fields);
    header->ommers_hash = take_hash(&fields);
    memcpy(&header->coinbase, rlp_exact(&fields, 20), 20);
    header->state_root = take_hash(&fields);
    header->transactions_root = take_hash(&fields);
    header->receipts_root = take_hash(&fields);
    header->bloom = rlp_exact(&fields, BLOOM_BYTES);
    header->difficulty = rlp_u256(&fields);
    header->number = rlp_u64(&fields);
    header->gas_limit = rlp_u64(&fields);
    header->gas_used = rlp_u64(&fields);
    header->timestamp = rlp_u64(&fields);
    header->extra_data = rlp_string(&fields);
    header->prevrandao = take_hash(&fields);
    header->nonce = rlp_exact(&fields, NONCE_BYTES);
    header->base_fee = rlp_u64(&fields);
    header->withdrawals_root = take_hash(&fields);
    header->blob_gas_used = rlp_u64(&fields);
    header->excess_blob_gas = rlp_u64(&fields);
    header->beacon_root = take_hash(&fields);
    rlp_close(&fields);
}

/* base fee * distance / target / 8 */
static uint64_t base_fee_change(const struct header *parent, uint64_t distance, uint64_t target) {
    u256 change = u256_from(parent->base_fee), factor = u256_from(distance), divisor = u256_from(target), rest;
    const u256 denominator = u256_from(BASE_FEE_DIVISOR);
    u256_mul(&change, &change, &factor);
    u256_divmod(&change, &rest, &change, &divisor);
    u256_divmod(&change, &rest, &change, &denominator);
    return u256_low64(&change);
}

static uint64_t next_base_fee(const struct header *parent) {
    uint64_t target = parent->gas_limit / ELASTICITY;
    if (parent->gas_used <= target) {
        return parent->base_fee - base_fee_change(parent, target - parent->gas_used, target);
    }
    uint64_t change = base_fee_change(parent, parent->gas_used - target, target);
    uint64_t next = parent->base_fee + (change == 0 ? 1 : change);
    block_require(next > parent->base_fee, "base fee above 2^64");
    return next;
}

static uint64_t next_excess_blob_gas(const struct header *parent) {
    uint64_t sum = parent->excess_blob_gas + parent->blob_gas_used;
    return sum < TARGET_BLOB_GAS ? 0 : sum - TARGET_BLOB_GAS;
}

static int gas_limit_follows(uint64_t limit, uint64_t parent) {
    uint64_t distance = limit > parent ? limit - parent : parent - limit;
    return distance < parent / GAS_LIMIT_DIVISOR && limit >= MINIMUM_GAS_LIMIT && limit <= MAXIMUM_GAS_LIMIT;
}

void header_check(const struct header *header, const struct header *parent) {
    static const uint8_t zeros[NONCE_BYTES];
    block_require(hash_equal(&header->parent_hash, &parent->hash), "parent hash");
    block_require(header->number == parent->number + 1, "number");
    block_require(header->timestamp > parent->timestamp, "timestamp");
    block_require(gas_limit_follows(header->gas_limit, parent->gas_limit), "gas limit");
    block_require(header->gas_used <= header->gas_limit, "gas used above the gas limit");
    block_require(header->base_fee == next_base_fee(parent), "base fee");
    block_require(header->extra_data.length <= MAXIMUM_EXTRA_DATA, "length of the extra data");
    block_require(u256_is_zero(&header->difficulty), "difficulty");
    block_require(memcmp(header->nonce, zeros, NONCE_BYTES) == 0, "nonce of the block");
    block_require(hash_equal(&header->ommers_hash, &KECCAK_EMPTY_LIST), "ommers hash");
    block_require(header->excess_blob_gas == next_excess_blob_gas(parent), "excess blob gas");
}

#define KNOWN 512 /* more than BLOCKHASH reaches back */

static hash32 known[KNOWN];
static uint64_t oldest;

void ancestors_open(const struct header *parent) {
    oldest = parent->number;
    ancestors_add(parent);
    if (oldest > 0) {
        oldest--;
        known[oldest % KNOWN] = parent->parent_hash;
    }
}

void ancestors_add(const struct header *header) {
    known[header->number % KNOWN] = header->hash;
}

hash32 ancestors_hash(uint64_t number) {
    while (oldest > number) {
        struct blob blob = host_header(oldest, &known[oldest % KNOWN]);
        struct rlp rlp = rlp_open((struct bytes){blob.bytes, blob.length}, EXIT_WRONG_WITNESS);
        struct rlp fields = rlp_list(&rlp);
        oldest--;
        known[oldest % KNOWN] = take_hash(&fields);
    }
    return known[number % KNOWN];
}
