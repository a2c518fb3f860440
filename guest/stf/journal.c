/* Changes of the state that can be taken back. */
#include "state.h"

#define ENTRIES 1500000u

struct entry {
    enum change change;
    void *subject; /* account or slot */
    u256 old;
};

static struct entry entries[ENTRIES];
static size_t count;

void journal_clear(void) {
    count = 0;
}

size_t state_checkpoint(void) {
    return count;
}

static struct entry *record(enum change change, void *subject) {
    if (count == ENTRIES) {
        fail(EXIT_MEMORY, "journal");
    }
    struct entry *entry = entries + count++;
    entry->change = change;
    entry->subject = subject;
    return entry;
}

static void undo_account(enum change change, struct account *account, const struct entry *entry) {
    switch (change) {
    case CHANGE_BALANCE: account->balance = entry->old; break;
    case CHANGE_NONCE: account->nonce = u256_low64(&entry->old); break;
    case CHANGE_CODE:
        memcpy(&account->code_hash, &entry->old, 32);
        account->code = NULL;
        break;
    case CHANGE_TOUCHED: account->touched = entry->old.w[0]; break;
    case CHANGE_WARM_ACCOUNT: account->warm = 0; break;
    case CHANGE_CREATED: account->created = 0; break;
    default: account->destroyed = 0; break;
    }
}

static void undo(const struct entry *entry) {
    if (entry->change == CHANGE_VALUE) {
        ((struct slot *)entry->subject)->value = entry->old;
    } else if (entry->change == CHANGE_WARM_SLOT) {
        ((struct slot *)entry->subject)->warm = 0;
    } else if (entry->change == CHANGE_TRANSIENT) {
        ((struct transient *)entry->subject)->value = entry->old;
    } else {
        undo_account(entry->change, entry->subject, entry);
    }
}

void state_revert(size_t checkpoint) {
    while (count > checkpoint) {
        undo(entries + --count);
    }
}

void journal_accounts(void visit(struct account *account)) {
    for (size_t i = 0; i < count; i++) {
        if (entries[i].change <= CHANGE_TOUCHED || entries[i].change == CHANGE_DESTROYED) {
            visit(entries[i].subject);
        }
    }
}

void account_touch(struct account *account) {
    if (account->touched != state_transaction) {
        record(CHANGE_TOUCHED, account)->old.w[0] = account->touched;
        account->touched = state_transaction;
    }
}

static struct entry *record_account(enum change change, struct account *account) {
    account_touch(account);
    account->dirty = 1;
    return record(change, account);
}

void account_add(struct account *account, const u256 *amount) {
    if (u256_is_zero(amount)) {
        account_touch(account);
        return;
    }
    record_account(CHANGE_BALANCE, account)->old = account->balance;
    if (u256_add(&account->balance, &account->balance, amount)) {
        fail(EXIT_INVALID_BLOCK, "balance above 2^256");
    }
}

void account_subtract(struct account *account, const u256 *amount) {
    if (u256_is_zero(amount)) {
        return;
    }
    record_account(CHANGE_BALANCE, account)->old = account->balance;
    u256_sub(&account->balance, &account->balance, amount);
}

void account_set_nonce(struct account *account, uint64_t nonce) {
    record_account(CHANGE_NONCE, account)->old = u256_from(account->nonce);
    account->nonce = nonce;
}

void account_set_code(struct account *account, struct code *code) {
    memcpy(&record_account(CHANGE_CODE, account)->old, &account->code_hash, 32);
    account->code_hash = code->hash;
    account->code = code;
}

void account_mark_created(struct account *account) {
    record(CHANGE_CREATED, account);
    account->created = state_transaction;
}

void account_mark_destroyed(struct account *account) {
    if (account->destroyed != state_transaction) {
        record(CHANGE_DESTROYED, account);
        account->destroyed = state_transaction;
    }
}

void slot_set(struct slot *slot, const u256 *value) {
    account_touch(slot->account);
    slot->account->dirty = 1;
    record(CHANGE_VALUE, slot)->old = slot->value;
    slot->value = *value;
}

void transient_set(struct transient *transient, const u256 *value) {
    record(CHANGE_TRANSIENT, transient)->old = transient_get(transient);
    transient->value = *value;
    transient->set = state_transaction;
}

u256 transient_get(const struct transient *transient) {
    return transient->set == state_transaction ? transient->value : u256_from(0);
}

int account_warm_up(struct account *account) {
    if (account->warm == state_transaction || account->precompiled != 0) {
        return 0;
    }
    record(CHANGE_WARM_ACCOUNT, account);
    account->warm = state_transaction;
    return 1;
}

int slot_warm_up(struct slot *slot) {
    if (slot->warm == state_transaction) {
        return 0;
    }
    record(CHANGE_WARM_SLOT, slot);
    slot->warm = state_transaction;
    return 1;
}
