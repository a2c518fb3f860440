#include "block.h"

#include "host.h"
#include "keccak.h"
#include "process.h"
#include "rlp.h"
#include "trie.h"

#define BLOOM_BYTES 256
#define WEI_PER_GWEI 1000000000u
#define RECEIPT_OVERHEAD 320 /* bytes that are not logs, and the prefixes */

/* EIP-4788. */
static const address BEACON_ROOTS = {.bytes = {0x00, 0x0f, 0x3d, 0xf6, 0xd7, 0x32, 0x80, 0x7e, 0xf1, 0x31,
                                               0x9f, 0xb7, 0xb8, 0xbb, 0x85, 0x22, 0xd0, 0xbe, 0xac, 0x02}};

const address BRIDGE = {.bytes = {'t', 'h', 'i', 'm', 'b', 'l', 'e', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

struct body {
    struct rlp transactions, ommers, withdrawals;
};

/* What the execution gives, to be compared with the header. */
struct result {
    uint64_t gas_used;
    union {
        uint32_t words[BLOOM_BYTES / 4];
        uint8_t bytes[BLOOM_BYTES];
    } bloom;
    struct list_trie transactions, receipts, withdrawals;
};

static struct body decode(struct header *header, struct bytes encoded) {
    struct rlp rlp = rlp_open(encoded, EXIT_INVALID_BLOCK);
    struct rlp fields = rlp_list(&rlp);
    rlp_close(&rlp);
    header_decode(header, rlp_raw(&fields));
    struct body body;
    body.transactions = rlp_list(&fields);
    body.ommers = rlp_list(&fields);
    body.withdrawals = rlp_list(&fields);
    rlp_close(&fields);
    return body;
}

/* Withdrawals of a consensus layer are new ether: beside a bridge they would be paid with what others deposited. */
static int may_mint(void) {
    return hash_equal(&state_account(&BRIDGE)->code_hash, &KECCAK_EMPTY);
}

static void set_environment(const struct header *header, uint64_t chain_id) {
    environment = (struct environment){.chain_id = chain_id,
                                       .number = header->number,
                                       .timestamp = header->timestamp,
                                       .gas_limit = header->gas_limit,
                                       .base_fee = header->base_fee,
                                       .excess_blob_gas = header->excess_blob_gas,
                                       .coinbase = header->coinbase,
                                       .prevrandao = header->prevrandao,
                                       .block_hash = ancestors_hash};
}

/* A list is a legacy transaction, a string holds one with a type. */
static struct bytes next_transaction(struct rlp *transactions) {
    if (rlp_next_is_list(transactions)) {
        return rlp_raw(transactions);
    }
    struct bytes encoded = rlp_string(transactions);
    block_require(encoded.length > 0 && *encoded.bytes < 0x80, "encoding of a transaction");
    return encoded;
}

/* type ‖ [success, cumulative gas, bloom, logs] */
static void add_receipt(struct result *result, uint8_t type, int success) {
    struct bytes logs = logs_bytes();
    uint8_t *payload = (uint8_t *)arena_take(RECEIPT_OVERHEAD + logs.length) + 1 + RLP_PREFIX;
    uint8_t *out = rlp_put_u64(payload, (uint64_t)success);
    out = rlp_put_prefix(rlp_put_u64(out, result->gas_used), 0x80, BLOOM_BYTES);
    if (logs.length > 0) {
        uint32_t bloom[BLOOM_BYTES / 4] = {0};
        logs_bloom((uint8_t *)bloom);
        memcpy(out, bloom, BLOOM_BYTES);
        for (unsigned i = 0; i < BLOOM_BYTES / 4; i++) {
            result->bloom.words[i] |= bloom[i];
        }
    }
    out = rlp_put_prefix(out + BLOOM_BYTES, 0xc0, logs.length);
    memcpy(out, logs.bytes, logs.length);
    out += logs.length;
    uint8_t *start = rlp_wrap(payload, (size_t)(out - payload));
    if (type != 0) {
        *--start = type;
    }
    list_trie_add(&result->receipts, (struct bytes){start, (size_t)(out - start)});
}

static void execute_transactions(struct result *result, struct rlp transactions, uint32_t block) {
    for (uint32_t i = 0; rlp_more(&transactions); i++) {
        struct bytes encoded = next_transaction(&transactions);
        struct transaction transaction;
        transaction_decode(&transaction, encoded, environment.chain_id);
        struct receipt receipt = process_transaction(&transaction, environment.gas_limit - result->gas_used);
        result->gas_used += receipt.gas_used;
        list_trie_add(&result->transactions, encoded);
        add_receipt(result, transaction.type, receipt.success);
        note_transaction(block, i, transaction.type, receipt.success, receipt.gas_used);
    }
}

/* [index, validator, address, amount in gwei] (EIP-4895). */
static void execute_withdrawals(struct result *result, struct rlp withdrawals) {
    const u256 unit = u256_from(WEI_PER_GWEI);
    if (!rlp_more(&withdrawals)) {
        return;
    }
    state_next_transaction();
    while (rlp_more(&withdrawals)) {
        struct bytes encoded = rlp_raw(&withdrawals);
        struct rlp rlp = rlp_open(encoded, EXIT_INVALID_BLOCK);
        struct rlp fields = rlp_list(&rlp);
        rlp_u64(&fields);
        rlp_u64(&fields);
        address who;
        memcpy(&who, rlp_exact(&fields, 20), 20);
        u256 amount = u256_from(rlp_u64(&fields));
        rlp_close(&fields);
        u256_mul(&amount, &amount, &unit);
        account_add(state_account(&who), &amount);
        list_trie_add(&result->withdrawals, encoded);
    }
    state_end_transaction();
}

static void compare(const struct header *header, struct result *result) {
    hash32 root = list_trie_root(&result->transactions);
    block_require(hash_equal(&root, &header->transactions_root), "transactions root");
    root = list_trie_root(&result->withdrawals);
    block_require(hash_equal(&root, &header->withdrawals_root), "withdrawals root");
    block_require(result->gas_used == header->gas_used, "gas used");
    block_require(header->blob_gas_used == 0, "blob gas used without blob transactions");
    block_require(memcmp(result->bloom.bytes, header->bloom, BLOOM_BYTES) == 0, "logs bloom");
    root = list_trie_root(&result->receipts);
    block_require(hash_equal(&root, &header->receipts_root), "receipts root");
    root = state_commit();
    block_require(hash_equal(&root, &header->state_root), "state root");
}

static void tell_block(const struct header *header, uint32_t index) {
    uint8_t message[4 + 32 + 32 + 8];
    store_le32(message, index);
    memcpy(message + 4, &header->hash, 32);
    memcpy(message + 36, &header->state_root, 32);
    store_le64(message + 68, header->gas_used);
    note(NOTE_BLOCK, message, sizeof message);
}

void block_execute(struct header *header, struct bytes encoded, const struct header *parent, uint64_t chain_id,
                   uint32_t index) {
    struct body body = decode(header, encoded);
    header_check(header, parent);
    block_require(!rlp_more(&body.ommers), "ommers");
    block_require(!rlp_more(&body.withdrawals) || may_mint(), "withdrawals on a chain with a bridge");
    set_environment(header, chain_id);
    process_system_call(&BEACON_ROOTS, &header->beacon_root);
    struct result result;
    memset(&result, 0, sizeof result);
    execute_transactions(&result, body.transactions, index);
    execute_withdrawals(&result, body.withdrawals);
    compare(header, &result);
    tell_block(header, index);
}
