#include "process.h"

#include "keccak.h"
#include "precompiled.h"

#define REFUND_QUOTIENT 5
#define SYSTEM_GAS 30000000

static _Noreturn void invalid(const char *reason) {
    fail(EXIT_INVALID_TRANSACTION, reason);
}

static u256 multiply(const u256 *a, uint64_t b) {
    u256 product, factor = u256_from(b);
    u256_mul(&product, a, &factor);
    return product;
}

/* What the sender must be able to pay: all the gas at the maximum fee, and the value. */
static int can_pay(const struct transaction *transaction, const u256 *balance) {
    const u256 gas = u256_from(transaction->gas_limit);
    uint32_t fee[16];
    u256 sum, low;
    u256_mul_wide(fee, &gas, &transaction->maximum_fee);
    memcpy(&low, fee, 32);
    for (unsigned i = 8; i < 16; i++) {
        if (fee[i] != 0) {
            return 0;
        }
    }
    return !u256_add(&sum, &low, &transaction->value) && !u256_less(balance, &sum);
}

static void check(const struct transaction *transaction, const struct account *sender, uint64_t available_gas) {
    const u256 base_fee = u256_from(environment.base_fee);
    if (transaction->gas_limit > available_gas) {
        invalid("gas limit above the gas left in the block");
    }
    if (u256_less(&transaction->maximum_fee, &base_fee)) {
        invalid("maximum fee below the base fee");
    }
    if (!hash_equal(&sender->code_hash, &KECCAK_EMPTY)) {
        invalid("sender is a contract");
    }
    if (transaction->nonce != sender->nonce) {
        invalid("nonce");
    }
    if (!can_pay(transaction, &sender->balance)) {
        invalid("balance too low");
    }
}

/* Gives the part of the gas price that the coinbase gets, and sets the gas price. */
static u256 set_price(const struct transaction *transaction) {
    const u256 base_fee = u256_from(environment.base_fee);
    u256 priority;
    u256_sub(&priority, &transaction->maximum_fee, &base_fee);
    if (u256_less(&transaction->maximum_priority_fee, &priority)) {
        priority = transaction->maximum_priority_fee;
    }
    u256_add(&environment.gas_price, &priority, &base_fee);
    return priority;
}

static void warm_up(const struct transaction *transaction, struct account *sender, struct account *target) {
    account_warm_up(sender);
    account_warm_up(target);
    account_warm_up(state_account(&environment.coinbase));
    for (struct rlp list = transaction->access_list; rlp_more(&list);) {
        struct rlp entry = rlp_list(&list);
        address who;
        memcpy(&who, rlp_exact(&entry, 20), 20);
        struct account *account = state_account(&who);
        account_warm_up(account);
        for (struct rlp keys = rlp_list(&entry); rlp_more(&keys);) {
            u256 key;
            u256_load(&key, rlp_exact(&keys, 32), 32);
            slot_warm_up(state_unread_slot(account, &key));
        }
    }
}

static struct message first_message(const struct transaction *transaction, struct account *target) {
    struct message message = {.caller = transaction->sender,
                              .target = target,
                              .code_address = target->address,
                              .value = transaction->value,
                              .gas = transaction->gas_limit - transaction->intrinsic_gas,
                              .creates = (uint8_t)transaction->creates,
                              .transfers = 1};
    if (transaction->creates) {
        message.init_code = transaction->data;
    } else {
        message.code = account_code(target);
        message.input = transaction->data;
        message.input_size = (uint32_t)transaction->data.length;
    }
    return message;
}

static struct outcome run(const struct transaction *transaction, struct account *target) {
    if (transaction->creates && evm_collides(target)) {
        return (struct outcome){FAILED, 0};
    }
    struct message message = first_message(transaction, target);
    return evm_execute(&message);
}

static uint64_t gas_used(const struct transaction *transaction, struct outcome outcome) {
    uint64_t used = transaction->gas_limit - outcome.gas_left;
    uint64_t refund = outcome.halt == STOPPED ? (uint64_t)state_refund : 0;
    uint64_t maximum = used / REFUND_QUOTIENT;
    return used - (refund < maximum ? refund : maximum);
}

struct receipt process_transaction(const struct transaction *transaction, uint64_t available_gas) {
    struct account *sender = state_account(&transaction->sender);
    check(transaction, sender, available_gas);
    state_next_transaction();
    logs_clear();
    u256 priority = set_price(transaction);
    environment.origin = transaction->sender;
    address to = transaction->creates ? evm_created_address(&transaction->sender, sender->nonce) : transaction->to;
    struct account *target = state_account(&to);
    u256 fee = multiply(&environment.gas_price, transaction->gas_limit);
    account_subtract(sender, &fee);
    account_set_nonce(sender, sender->nonce + 1);
    warm_up(transaction, sender, target);

    struct outcome outcome = run(transaction, target);
    struct receipt receipt = {outcome.halt == STOPPED, gas_used(transaction, outcome)};
    u256 back = multiply(&environment.gas_price, transaction->gas_limit - receipt.gas_used);
    account_add(sender, &back);
    u256 reward = multiply(&priority, receipt.gas_used);
    account_add(state_account(&environment.coinbase), &reward);
    state_end_transaction();
    return receipt;
}

void process_system_call(const address *target, const hash32 *input) {
    static const address SYSTEM = {.bytes = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                             0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe}};
    struct account *account = state_account(target);
    struct code *code = account_code(account);
    if (code->size == 0) {
        return;
    }
    state_next_transaction();
    logs_clear();
    environment.origin = SYSTEM;
    environment.gas_price = u256_from(0);
    struct message message = {.caller = SYSTEM,
                              .target = account,
                              .code_address = *target,
                              .code = code,
                              .input = {input->bytes, 32},
                              .input_size = 32,
                              .gas = SYSTEM_GAS};
    evm_execute(&message);
    state_end_transaction();
}
