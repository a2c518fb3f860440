/* Calls and creations: what they cost and the message that they send. */
#include "evm.h"
#include "gas.h"
#include "keccak.h"
#include "opcodes.h"
#include "rlp.h"

#define GAS_VALUE 9000

static uint64_t all_but_64th(uint64_t gas) {
    return gas - gas / 64;
}

/* Pushes 0: the call did not take place. */
static enum halt decline(struct frame *frame, uint64_t gas) {
    frame->gas += gas;
    evm_returned = NO_BYTES;
    *frame->sp++ = u256_from(0);
    return RUNNING;
}

struct operands {
    const u256 *gas, *value, *input_offset, *input_size, *output_offset, *output_size;
    struct account *callee;
};

static struct operands take_operands(struct frame *frame, int has_value) {
    static const u256 zero;
    struct operands operands;
    u256 *at = frame->sp;
    operands.gas = --at;
    address callee = address_from_u256(--at);
    operands.callee = state_account(&callee);
    operands.value = has_value ? --at : &zero;
    operands.input_offset = --at;
    operands.input_size = --at;
    operands.output_offset = --at;
    operands.output_size = --at;
    frame->sp = at;
    return operands;
}

/* Pays for the call itself; gives the gas that goes with it, without the stipend. */
static int charge_call(struct frame *frame, const struct operands *operands, int instruction, uint64_t *passed) {
    if (!evm_pay_memory(frame, operands->input_offset, operands->input_size) ||
        !evm_pay_memory(frame, operands->output_offset, operands->output_size)) {
        return 0;
    }
    uint64_t gas = account_warm_up(operands->callee) ? GAS_COLD_ACCOUNT : GAS_WARM;
    if (!u256_is_zero(operands->value)) {
        gas += GAS_VALUE;
        gas += instruction == OP_CALL && account_is_empty(operands->callee) ? GAS_NEW_ACCOUNT : 0;
    }
    if (!evm_charge(frame, gas)) {
        return 0;
    }
    *passed = all_but_64th(frame->gas);
    if (u256_fits64(operands->gas) && u256_low64(operands->gas) < *passed) {
        *passed = u256_low64(operands->gas);
    }
    return evm_charge(frame, *passed);
}

/* The input as far as there is memory; all of it for a precompiled contract. */
static void set_input(struct message *message, struct frame *frame, const struct operands *operands) {
    uint32_t offset = operands->input_offset->w[0], size = operands->input_size->w[0];
    message->input_size = size;
    if (operands->callee->precompiled) {
        evm_make_memory(frame, offset, size);
    }
    uint32_t there = size == 0 || offset > frame->memory_used ? 0 : frame->memory_used - offset;
    message->input = there == 0 ? NO_BYTES : (struct bytes){frame->memory + offset, there < size ? there : size};
}

/* A delegated call is the caller's own message with other code. */
static void address_message(struct message *message, const struct operands *operands, int instruction) {
    if (instruction != OP_DELEGATECALL) {
        message->caller = message->target->address;
        message->value = *operands->value;
    }
    if (instruction == OP_CALL || instruction == OP_STATICCALL) {
        message->target = operands->callee;
    }
    message->is_static |= instruction == OP_STATICCALL;
    message->creates = 0;
    message->transfers = instruction == OP_CALL;
    message->code_address = operands->callee->address;
    message->code = account_code(operands->callee);
}

enum halt op_call(struct frame *frame, uint8_t instruction) {
    int has_value = instruction == OP_CALL || instruction == OP_CALLCODE;
    struct operands operands = take_operands(frame, has_value);
    int moves_value = !u256_is_zero(operands.value);
    uint64_t passed;
    REQUIRE(charge_call(frame, &operands, instruction, &passed))
    REQUIRE(!(instruction == OP_CALL && moves_value && frame->message.is_static))
    passed += moves_value ? GAS_STIPEND : 0;
    if (evm_depth() == CALL_DEPTH || u256_less(&frame->message.target->balance, operands.value)) {
        return decline(frame, passed);
    }
    struct message message = frame->message;
    address_message(&message, &operands, instruction);
    message.gas = passed;
    set_input(&message, frame, &operands);
    /* The operands lie where the callee's stack begins. */
    uint32_t output_offset = operands.output_offset->w[0], output_size = operands.output_size->w[0];
    struct frame *callee = evm_push(&message);
    callee->output_offset = output_offset;
    callee->output_size = output_size;
    return CALLED;
}

address evm_created_address(const address *creator, uint64_t nonce) {
    uint8_t buffer[RLP_PREFIX + 21 + 9], *payload = buffer + RLP_PREFIX;
    uint8_t *end = rlp_put_u64(rlp_put_string(payload, creator->bytes, 20), nonce);
    const uint8_t *start = rlp_wrap(payload, (size_t)(end - payload));
    hash32 hash;
    keccak(&hash, start, (size_t)(end - start));
    address created;
    memcpy(&created, hash.bytes + 12, 20);
    return created;
}

/* EIP-1014. */
static address salted_address(const address *creator, const u256 *salt, struct bytes init_code) {
    struct {
        uint8_t bytes[3 + 1 + 20];
        hash32 salt, hash;
    } preimage;
    preimage.bytes[3] = 0xff;
    memcpy(preimage.bytes + 4, creator, 20);
    preimage.salt = hash_from_u256(salt);
    keccak(&preimage.hash, init_code.bytes, init_code.length);
    hash32 hash;
    keccak(&hash, preimage.bytes + 3, 85);
    address created;
    memcpy(&created, hash.bytes + 12, 20);
    return created;
}

int evm_collides(const struct account *account) {
    return account->nonce != 0 || !hash_equal(&account->code_hash, &KECCAK_EMPTY) ||
           !hash_equal(&account->storage.hash, &KECCAK_EMPTY_TRIE);
}

static int charge_create(struct frame *frame, const u256 *offset, const u256 *size, int salted) {
    if (!evm_expand(frame, offset, size) || frame->message.is_static || size->w[0] > MAXIMUM_INIT_CODE) {
        return 0;
    }
    return evm_charge(frame,
                      GAS_CREATE + (GAS_INIT_CODE_WORD + (salted ? GAS_KECCAK_WORD : 0)) * evm_words(size->w[0]));
}

enum halt op_create(struct frame *frame, int salted) {
    const u256 value = frame->sp[-1], *offset = frame->sp - 2, *size = frame->sp - 3, *salt = frame->sp - 4;
    frame->sp -= salted ? 4 : 3;
    REQUIRE(charge_create(frame, offset, size, salted))
    struct account *creator = frame->message.target;
    uint64_t passed = all_but_64th(frame->gas);
    frame->gas -= passed;
    if (u256_less(&creator->balance, &value) || creator->nonce == UINT64_MAX || evm_depth() == CALL_DEPTH) {
        return decline(frame, passed);
    }
    struct bytes init_code = evm_range(frame, offset, size);
    address created = salted ? salted_address(&creator->address, salt, init_code)
                             : evm_created_address(&creator->address, creator->nonce);
    struct account *target = state_account(&created);
    account_warm_up(target);
    account_set_nonce(creator, creator->nonce + 1);
    if (evm_collides(target)) {
        return decline(frame, 0);
    }
    struct message message = {.caller = creator->address,
                              .target = target,
                              .code_address = created,
                              .init_code = init_code,
                              .value = value,
                              .gas = passed,
                              .creates = 1,
                              .transfers = 1};
    evm_push(&message);
    return CALLED;
}
