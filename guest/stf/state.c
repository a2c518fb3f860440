#include "state.h"

#include "host.h"
#include "keccak.h"
#include "precompiled.h"
#include "rlp.h"

#define ACCOUNT_BUCKETS 4096
#define SLOT_BUCKETS 65536
#define TRANSIENT_BUCKETS 262144
#define MAXIMUM_ACCOUNT 112 /* bytes of its RLP */

static struct account **accounts;
static struct slot **slots;
static struct transient **transients;
static struct account *changed;
static struct trie trie;
uint32_t state_transaction;
int64_t state_refund;

void state_open(const hash32 *root) {
    accounts = arena_take(ACCOUNT_BUCKETS * sizeof *accounts);
    slots = arena_take(SLOT_BUCKETS * sizeof *slots);
    transients = arena_take(TRANSIENT_BUCKETS * sizeof *transients);
    changed = NULL;
    state_transaction = 0;
    trie_open(&trie, root, 1);
    code_reset();
    state_next_transaction();
}

void state_next_transaction(void) {
    state_transaction++;
    state_refund = 0;
    journal_clear();
}

static void decode_account(struct account *account, struct bytes encoded) {
    struct rlp rlp = rlp_open(encoded, EXIT_WRONG_WITNESS);
    struct rlp fields = rlp_list(&rlp);
    rlp_close(&rlp);
    account->nonce = rlp_u64(&fields);
    account->balance = rlp_u256(&fields);
    hash32 root = hash_from(rlp_exact(&fields, 32));
    trie_open(&account->storage, &root, 1);
    account->code_hash = hash_from(rlp_exact(&fields, 32));
    rlp_close(&fields);
    account->in_trie = 1;
}

static struct account *read_account(const address *address) {
    struct account *account = arena_take(sizeof *account);
    account->address = *address;
    account->precompiled = (uint8_t)precompiled_number(address);
    keccak(&account->key, address->bytes, 20);
    struct bytes encoded = trie_find(&trie, &account->key);
    if (encoded.bytes != NULL) {
        decode_account(account, encoded);
    } else {
        account->code_hash = KECCAK_EMPTY;
        trie_open(&account->storage, &KECCAK_EMPTY_TRIE, 1);
    }
    return account;
}

struct account *state_account(const address *address) {
    uint32_t mixed = (address->w[0] ^ address->w[1] ^ address->w[2] ^ address->w[3] ^ address->w[4]) * 0x9e3779b1u;
    struct account **bucket = accounts + mixed / (UINT32_MAX / ACCOUNT_BUCKETS + 1);
    for (struct account *account = *bucket; account != NULL; account = account->next) {
        if (address_equal(&account->address, address)) {
            return account;
        }
    }
    struct account *account = read_account(address);
    account->next = *bucket;
    *bucket = account;
    return account;
}

int account_is_empty(const struct account *account) {
    return account->nonce == 0 && u256_is_zero(&account->balance) && hash_equal(&account->code_hash, &KECCAK_EMPTY);
}

struct code *account_code(struct account *account) {
    if (account->code == NULL) {
        account->code = code_find(&account->code_hash);
    }
    return account->code;
}

static hash32 slot_key(const struct slot *slot) {
    hash32 key = hash_from_u256(&slot->key), hashed;
    keccak(&hashed, key.bytes, 32);
    return hashed;
}

static void read_slot(struct slot *slot) {
    slot->loaded = 1;
    if (hash_equal(&slot->account->storage.hash, &KECCAK_EMPTY_TRIE)) {
        return;
    }
    hash32 key = slot_key(slot);
    struct bytes encoded = trie_find(&slot->account->storage, &key);
    if (encoded.bytes != NULL) {
        struct rlp rlp = rlp_open(encoded, EXIT_WRONG_WITNESS);
        slot->value = slot->committed = rlp_u256(&rlp);
        rlp_close(&rlp);
    }
}

static uint32_t mix(const struct account *account, const u256 *key) {
    uint32_t mixed = (uint32_t)(uintptr_t)account >> 3;
    for (unsigned i = 0; i < 8; i++) {
        mixed = (mixed ^ key->w[i]) * 0x9e3779b1u;
    }
    return mixed;
}

struct slot *state_unread_slot(struct account *account, const u256 *key) {
    struct slot **bucket = slots + mix(account, key) / (UINT32_MAX / SLOT_BUCKETS + 1);
    for (struct slot *slot = *bucket; slot != NULL; slot = slot->next) {
        if (slot->account == account && u256_equal(&slot->key, key)) {
            return slot;
        }
    }
    struct slot *slot = arena_take(sizeof *slot);
    slot->account = account;
    slot->key = *key;
    slot->next = *bucket;
    *bucket = slot;
    slot->next_of_account = account->slots;
    account->slots = slot;
    return slot;
}

struct slot *state_slot(struct account *account, const u256 *key) {
    struct slot *slot = state_unread_slot(account, key);
    if (!slot->loaded) {
        read_slot(slot);
    }
    if (slot->used != state_transaction) {
        slot->used = state_transaction;
        slot->original = slot->value;
    }
    return slot;
}

struct transient *state_transient(const struct account *account, const u256 *key) {
    struct transient **bucket = transients + mix(account, key) / (UINT32_MAX / TRANSIENT_BUCKETS + 1);
    for (struct transient *transient = *bucket; transient != NULL; transient = transient->next) {
        if (transient->account == account && u256_equal(&transient->key, key)) {
            return transient;
        }
    }
    struct transient *transient = arena_take(sizeof *transient);
    transient->account = account;
    transient->key = *key;
    transient->next = *bucket;
    *bucket = transient;
    return transient;
}

static void wipe(struct account *account) {
    account->dirty = 1;
    account->balance = u256_from(0);
    account->nonce = 0;
    account->code_hash = KECCAK_EMPTY;
    account->code = NULL;
    trie_open(&account->storage, &KECCAK_EMPTY_TRIE, 1);
    for (struct slot *slot = account->slots; slot != NULL; slot = slot->next_of_account) {
        slot->value = slot->committed = u256_from(0);
        slot->loaded = 1;
    }
}

static void settle(struct account *account) {
    if (account->destroyed == state_transaction || account_is_empty(account)) {
        wipe(account);
    }
    if (account->dirty && !account->changed) {
        account->changed = 1;
        account->next_changed = changed;
        changed = account;
    }
}

void state_end_transaction(void) {
    journal_accounts(settle);
}

static void commit_storage(struct account *account) {
    for (struct slot *slot = account->slots; slot != NULL; slot = slot->next_of_account) {
        if (u256_equal(&slot->value, &slot->committed)) {
            continue;
        }
        hash32 key = slot_key(slot);
        if (u256_is_zero(&slot->value)) {
            trie_delete(&account->storage, &key);
        } else {
            uint8_t *value = arena_take(33);
            size_t length = (size_t)(rlp_put_u256(value, &slot->value) - value);
            trie_put(&account->storage, &key, 64, (struct bytes){value, length});
        }
        slot->committed = slot->value;
    }
    trie_commit(&account->storage);
}

static struct bytes encode_account(const struct account *account) {
    uint8_t *payload = (uint8_t *)arena_take(4 + MAXIMUM_ACCOUNT) + 4;
    uint8_t *out = rlp_put_u64(payload, account->nonce);
    out = rlp_put_u256(out, &account->balance);
    out = rlp_put_string(out, account->storage.hash.bytes, 32);
    out = rlp_put_string(out, account->code_hash.bytes, 32);
    const uint8_t *start = rlp_wrap(payload, (size_t)(out - payload));
    return (struct bytes){start, (size_t)(out - start)};
}

static void commit_account(struct account *account) {
    if (!account_is_empty(account)) {
        commit_storage(account);
        trie_put(&trie, &account->key, 64, encode_account(account));
        account->in_trie = 1;
    } else if (account->in_trie) {
        trie_delete(&trie, &account->key);
        account->in_trie = 0;
    }
}

hash32 state_commit(void) {
    for (struct account *account = changed; account != NULL; account = account->next_changed) {
        commit_account(account);
        account->changed = account->dirty = 0;
    }
    changed = NULL;
    trie_commit(&trie);
    return trie.hash;
}
