/* Accounts and storage: read from the tries on first use, changed in memory with a journal, written back at the end of
 * a block. */
#ifndef STF_STATE_H
#define STF_STATE_H

#include "base.h"
#include "code.h"
#include "trie.h"

struct account {
    struct account *next;         /* of the same bucket */
    struct account *next_changed; /* of the accounts to write back */
    struct slot *slots;
    address address;
    hash32 key;
    u256 balance;
    uint64_t nonce;
    hash32 code_hash;
    struct code *code; /* NULL until it is used */
    struct trie storage;
    uint8_t precompiled; /* number of the precompiled contract, which is always warm; 0 if it is none */
    uint8_t in_trie;
    uint8_t dirty;   /* may differ from what is in the tries */
    uint8_t changed; /* in the list of changed accounts */
    uint32_t warm;   /* transaction in which it is warm, created, destroyed, touched */
    uint32_t created;
    uint32_t destroyed;
    uint32_t touched;
};

struct slot {
    struct slot *next; /* of the same bucket */
    struct slot *next_of_account;
    struct account *account;
    u256 key;
    u256 value;
    u256 original;  /* at the beginning of transaction number used */
    u256 committed; /* in the trie */
    uint8_t loaded;
    uint32_t used;
    uint32_t warm;
};

/* Transient storage (EIP-1153): the value is that of transaction number set, it is zero in every other one. */
struct transient {
    struct transient *next;
    const struct account *account;
    u256 key;
    u256 value;
    uint32_t set;
};

void state_open(const hash32 *root);

/* Starts the next transaction: nothing is warm, transient storage is empty. */
void state_next_transaction(void);

/* Ends it: deletes what self-destructed and touched accounts that are empty. */
void state_end_transaction(void);

/* Writes the changes to the tries; gives the root. */
hash32 state_commit(void);

struct account *state_account(const address *address);
int account_is_empty(const struct account *account);
/* Its code, which may be empty. */
struct code *account_code(struct account *account);

/* A storage slot with its value; the slot without reading it from the trie. */
struct slot *state_slot(struct account *account, const u256 *key);
struct slot *state_unread_slot(struct account *account, const u256 *key);
struct transient *state_transient(const struct account *account, const u256 *key);

/* Changes, all in the journal. */
void account_touch(struct account *account);
void account_add(struct account *account, const u256 *amount);
void account_subtract(struct account *account, const u256 *amount);
void account_set_nonce(struct account *account, uint64_t nonce);
void account_set_code(struct account *account, struct code *code);
void account_mark_created(struct account *account);
void account_mark_destroyed(struct account *account);
void slot_set(struct slot *slot, const u256 *value);
void transient_set(struct transient *transient, const u256 *value);
u256 transient_get(const struct transient *transient);
/* Makes it warm; returns whether it was cold. */
int account_warm_up(struct account *account);
int slot_warm_up(struct slot *slot);

/* Not in the journal; the caller restores it. */
extern int64_t state_refund;

size_t state_checkpoint(void);
void state_revert(size_t checkpoint);

/* Inside: number of the transaction, from 1; journal.c */
extern uint32_t state_transaction;
enum change {
    CHANGE_BALANCE,
    CHANGE_NONCE,
    CHANGE_CODE,
    CHANGE_TOUCHED,
    CHANGE_WARM_ACCOUNT,
    CHANGE_CREATED,
    CHANGE_DESTROYED,
    CHANGE_VALUE,
    CHANGE_WARM_SLOT,
    CHANGE_TRANSIENT
};
void journal_clear(void);
/* Calls visit for each account that was touched, created or destroyed since the beginning of the transaction. */
void journal_accounts(void visit(struct account *account));

#endif
