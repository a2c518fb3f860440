/* Instructions on accounts and storage (EIP-2929, 2200, 3529, 1153, 6780). */
#include "evm.h"
#include "gas.h"
#include "keccak.h"

#define GAS_SET 20000
#define GAS_RESET 2900
#define GAS_SELF_DESTRUCT 5000
#define REFUND_CLEAR 4800

static struct account *account_of(const u256 *operand) {
    address address = address_from_u256(operand);
    return state_account(&address);
}

static int charge_account(struct frame *frame, struct account *account) {
    return evm_charge(frame, account_warm_up(account) ? GAS_COLD_ACCOUNT : GAS_WARM);
}

enum halt op_balance(struct frame *frame) {
    u256 *top = frame->sp - 1;
    struct account *account = account_of(top);
    REQUIRE(charge_account(frame, account))
    *top = account->balance;
    return RUNNING;
}

enum halt op_extcodesize(struct frame *frame) {
    u256 *top = frame->sp - 1;
    struct account *account = account_of(top);
    REQUIRE(charge_account(frame, account))
    *top = u256_from(account_code(account)->size);
    return RUNNING;
}

enum halt op_extcodecopy(struct frame *frame) {
    struct account *account = account_of(--frame->sp);
    const u256 *target = frame->sp - 1, *offset = target - 1, *size = offset - 1;
    frame->sp -= 3;
    REQUIRE(evm_may_reach(frame, size) && evm_charge(frame, GAS_COPY_WORD * evm_words(size->w[0])) &&
            evm_expand(frame, target, size) && charge_account(frame, account))
    if (size->w[0] != 0) {
        const struct code *code = account_code(account);
        evm_copy(frame->memory + target->w[0], size->w[0], (struct bytes){code->bytes, code->size}, offset);
    }
    return RUNNING;
}

enum halt op_extcodehash(struct frame *frame) {
    u256 *top = frame->sp - 1;
    struct account *account = account_of(top);
    REQUIRE(charge_account(frame, account))
    *top = account_is_empty(account) ? u256_from(0) : hash_to_u256(&account->code_hash);
    return RUNNING;
}

enum halt op_sload(struct frame *frame) {
    u256 *top = frame->sp - 1;
    struct slot *slot = state_slot(frame->message.target, top);
    REQUIRE(evm_charge(frame, slot_warm_up(slot) ? GAS_COLD_SLOT : GAS_WARM))
    *top = slot->value;
    return RUNNING;
}

static uint64_t store_gas(const struct slot *slot, const u256 *value) {
    if (u256_equal(&slot->value, value) || !u256_equal(&slot->value, &slot->original)) {
        return GAS_WARM;
    }
    return u256_is_zero(&slot->original) ? GAS_SET : GAS_RESET;
}

static int64_t store_refund(const struct slot *slot, const u256 *value) {
    if (u256_equal(&slot->value, value)) {
        return 0;
    }
    int64_t refund = 0;
    int original_is_zero = u256_is_zero(&slot->original);
    if (!original_is_zero) {
        refund += u256_is_zero(value) ? REFUND_CLEAR : 0;
        refund -= u256_is_zero(&slot->value) ? REFUND_CLEAR : 0;
    }
    if (u256_equal(&slot->original, value)) {
        refund += original_is_zero ? GAS_SET - GAS_WARM : GAS_RESET - GAS_WARM;
    }
    return refund;
}

enum halt op_sstore(struct frame *frame) {
    const u256 *key = frame->sp - 1, *value = key - 1;
    frame->sp -= 2;
    REQUIRE(!frame->message.is_static && frame->gas > GAS_STIPEND)
    struct slot *slot = state_slot(frame->message.target, key);
    REQUIRE(evm_charge(frame, (slot_warm_up(slot) ? GAS_COLD_SLOT : 0) + store_gas(slot, value)))
    state_refund += store_refund(slot, value);
    if (!u256_equal(&slot->value, value)) {
        slot_set(slot, value);
    }
    return RUNNING;
}

enum halt op_tload(struct frame *frame) {
    u256 *top = frame->sp - 1;
    REQUIRE(evm_charge(frame, GAS_WARM))
    *top = transient_get(state_transient(frame->message.target, top));
    return RUNNING;
}

enum halt op_tstore(struct frame *frame) {
    const u256 *key = frame->sp - 1;
    frame->sp -= 2;
    REQUIRE(!frame->message.is_static && evm_charge(frame, GAS_WARM))
    transient_set(state_transient(frame->message.target, key), key - 1);
    return RUNNING;
}

/* Only a contract that the same transaction made is deleted, the balance moves in any case (EIP-6780). */
enum halt op_selfdestruct(struct frame *frame) {
    struct account *self = frame->message.target, *heir = account_of(frame->sp - 1);
    uint64_t gas = GAS_SELF_DESTRUCT + (account_warm_up(heir) ? GAS_COLD_ACCOUNT : 0);
    if (!u256_is_zero(&self->balance) && account_is_empty(heir)) {
        gas += GAS_NEW_ACCOUNT;
    }
    REQUIRE(!frame->message.is_static && evm_charge(frame, gas))
    int created = self->created == state_transaction;
    u256 balance = self->balance;
    if (self != heir || created) {
        account_subtract(self, &balance);
    }
    if (self != heir) {
        account_add(heir, &balance);
    }
    if (created) {
        account_mark_destroyed(self);
    }
    frame->output = NO_BYTES;
    return STOPPED;
}
