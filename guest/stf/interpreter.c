/* The loop that runs the code of a frame. */
#include "evm.h"
#include "opcodes.h"

#define NEED(n)                                                                                                        \
    if (sp < base + (n)) {                                                                                             \
        goto failed;                                                                                                   \
    }
#define ROOM()                                                                                                         \
    if (sp == base + STACK_LIMIT) {                                                                                    \
        goto failed;                                                                                                   \
    }
#define GAS(n)                                                                                                         \
    if (gas < (n)) {                                                                                                   \
        goto failed;                                                                                                   \
    }                                                                                                                  \
    gas -= (n)

/* An instruction of two operands: x from the top, y below, where the result goes. */
#define BINARY(cost, statement)                                                                                        \
    {                                                                                                                  \
        NEED(2)                                                                                                        \
        GAS(cost);                                                                                                     \
        u256 *x = --sp, *y = sp - 1;                                                                                   \
        statement;                                                                                                     \
        break;                                                                                                         \
    }
#define PUSH(cost, value)                                                                                              \
    {                                                                                                                  \
        ROOM()                                                                                                         \
        GAS(cost);                                                                                                     \
        *sp = (value);                                                                                                 \
        sp++;                                                                                                          \
        break;                                                                                                         \
    }
/* An instruction that is a function of the frame. */
#define FUNCTION(operands, call)                                                                                       \
    {                                                                                                                  \
        NEED(operands)                                                                                                 \
        frame->sp = sp, frame->gas = gas, frame->pc = pc;                                                              \
        halt = call;                                                                                                   \
        sp = frame->sp, gas = frame->gas;                                                                              \
        if (halt != RUNNING) {                                                                                         \
            goto end;                                                                                                  \
        }                                                                                                              \
        break;                                                                                                         \
    }

static inline void set_flag(u256 *r, int flag) {
    *r = (u256){{(uint32_t)flag}};
}

static int signed_less(const u256 *a, const u256 *b) {
    int a_negative = u256_negative(a), b_negative = u256_negative(b);
    return a_negative != b_negative ? a_negative : u256_less(a, b);
}

static void sign_extend(u256 *y, const u256 *index) {
    if (!u256_fits32(index) || index->w[0] > 30) {
        return;
    }
    unsigned bits = 8 * (31 - index->w[0]);
    u256_shift_left(y, y, bits);
    u256_shift_right(y, y, bits, u256_negative(y) ? UINT32_MAX : 0);
}

static void byte_of(u256 *y, const u256 *index) {
    uint32_t byte = 0;
    if (u256_fits32(index) && index->w[0] < 32) {
        unsigned from = 31 - index->w[0];
        byte = y->w[from / 4] >> 8 * (from % 4) & 0xff;
    }
    *y = (u256){{byte}};
}

static void shift(u256 *y, const u256 *by, int left, uint32_t fill) {
    if (!u256_fits32(by) || by->w[0] > 255) {
        memset(y, (int)fill, sizeof *y);
    } else if (left) {
        u256_shift_left(y, y, by->w[0]);
    } else {
        u256_shift_right(y, y, by->w[0], fill);
    }
}

static void call_data_load(u256 *offset, struct bytes input) {
    if (u256_fits32(offset) && offset->w[0] + (uint64_t)32 <= input.length) {
        u256_load(offset, input.bytes + offset->w[0], 32);
        return;
    }
    uint32_t word[8];
    evm_copy((uint8_t *)word, 32, input, offset);
    u256_load(offset, (uint8_t *)word, 32);
}

static inline void push_bytes(u256 *target, const uint8_t *bytes, unsigned count) {
    if (count > 4) {
        u256_load(target, bytes, count);
        return;
    }
    uint32_t value = 0;
    for (unsigned i = 0; i < count; i++) {
        value = value << 8 | bytes[i];
    }
    *target = (u256){{value}};
}

static inline int jump(struct code *code, const u256 *target, const uint8_t **pc) {
    if (!u256_fits32(target)) {
        return 0;
    }
    uint32_t at = target->w[0];
    if (at >= code->analysed || !(code->jump_targets[at / 32] >> at % 32 & 1)) {
        if (!code_is_jump_target(code, at)) {
            return 0;
        }
    }
    *pc = code->bytes + at;
    return 1;
}

static inline void swap(u256 *a, u256 *b) {
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        uint32_t t = a->w[i];
        a->w[i] = b->w[i];
        b->w[i] = t;
    }
}

enum halt evm_interpret(struct frame *frame) {
    const uint8_t *pc = frame->pc;
    u256 *sp = frame->sp, *const base = frame->stack;
    uint64_t gas = frame->gas;
    const struct message *message = &frame->message;
    enum halt halt;
    for (;;) {
        uint8_t instruction = *pc++;
        switch (instruction) {
        case OP_STOP:
            frame->output = NO_BYTES;
            frame->gas = gas;
            halt = STOPPED;
            goto end;
        case OP_ADD: BINARY(3, u256_add(y, x, y))
        case OP_MUL: BINARY(5, u256_mul(y, x, y))
        case OP_SUB: BINARY(3, u256_sub(y, x, y))
        case OP_DIV: BINARY(5, u256_divmod(y, x, x, y))
        case OP_SDIV: BINARY(5, u256_sdiv(y, x, y))
        case OP_MOD: BINARY(5, u256_divmod(x, y, x, y))
        case OP_SMOD: BINARY(5, u256_smod(y, x, y))
        case OP_ADDMOD:
        case OP_MULMOD: {
            NEED(3)
            GAS(8);
            sp -= 2;
            if (instruction == OP_ADDMOD) {
                u256_addmod(sp - 1, sp + 1, sp, sp - 1);
            } else if (!u256_is_zero(sp - 1)) {
                u256_mulmod(sp - 1, sp + 1, sp, sp - 1);
            }
            break;
        }
        case OP_EXP: FUNCTION(2, op_exp(frame))
        case OP_SIGNEXTEND: BINARY(5, sign_extend(y, x))
        case OP_LT: BINARY(3, set_flag(y, u256_less(x, y)))
        case OP_GT: BINARY(3, set_flag(y, u256_less(y, x)))
        case OP_SLT: BINARY(3, set_flag(y, signed_less(x, y)))
        case OP_SGT: BINARY(3, set_flag(y, signed_less(y, x)))
        case OP_EQ: BINARY(3, set_flag(y, u256_equal(x, y)))
        case OP_ISZERO: {
            NEED(1)
            GAS(3);
            set_flag(sp - 1, u256_is_zero(sp - 1));
            break;
        }
        case OP_AND: BINARY(3, for (int i = 0; i < 8; i++) y->w[i] &= x->w[i])
        case OP_OR: BINARY(3, for (int i = 0; i < 8; i++) y->w[i] |= x->w[i])
        case OP_XOR: BINARY(3, for (int i = 0; i < 8; i++) y->w[i] ^= x->w[i])
        case OP_NOT: {
            NEED(1)
            GAS(3);
            for (int i = 0; i < 8; i++) {
                sp[-1].w[i] = ~sp[-1].w[i];
            }
            break;
        }
        case OP_BYTE: BINARY(3, byte_of(y, x))
        case OP_SHL: BINARY(3, shift(y, x, 1, 0))
        case OP_SHR: BINARY(3, shift(y, x, 0, 0))
        case OP_SAR: BINARY(3, shift(y, x, 0, u256_negative(y) ? UINT32_MAX : 0))
        case OP_KECCAK256: FUNCTION(2, op_keccak(frame))
        case OP_ADDRESS: PUSH(2, address_to_u256(&message->target->address))
        case OP_BALANCE: FUNCTION(1, op_balance(frame))
        case OP_ORIGIN: PUSH(2, address_to_u256(&environment.origin))
        case OP_CALLER: PUSH(2, address_to_u256(&message->caller))
        case OP_CALLVALUE: PUSH(2, message->value)
        case OP_CALLDATALOAD: {
            NEED(1)
            GAS(3);
            call_data_load(sp - 1, message->input);
            break;
        }
        case OP_CALLDATASIZE: PUSH(2, u256_from(message->input_size))
        case OP_CALLDATACOPY: FUNCTION(3, op_copy(frame, message->input))
        case OP_CODESIZE: PUSH(2, u256_from(message->code->size))
        case OP_CODECOPY: FUNCTION(3, op_copy(frame, (struct bytes){message->code->bytes, message->code->size}))
        case OP_GASPRICE: PUSH(2, environment.gas_price)
        case OP_EXTCODESIZE: FUNCTION(1, op_extcodesize(frame))
        case OP_EXTCODECOPY: FUNCTION(4, op_extcodecopy(frame))
        case OP_RETURNDATASIZE: PUSH(2, u256_from(evm_returned.length))
        case OP_RETURNDATACOPY: FUNCTION(3, op_returndatacopy(frame))
        case OP_EXTCODEHASH: FUNCTION(1, op_extcodehash(frame))
        case OP_BLOCKHASH: FUNCTION(1, op_blockhash(frame))
        case OP_COINBASE: PUSH(2, address_to_u256(&environment.coinbase))
        case OP_TIMESTAMP: PUSH(2, u256_from(environment.timestamp))
        case OP_NUMBER: PUSH(2, u256_from(environment.number))
        case OP_PREVRANDAO: PUSH(2, hash_to_u256(&environment.prevrandao))
        case OP_GASLIMIT: PUSH(2, u256_from(environment.gas_limit))
        case OP_CHAINID: PUSH(2, u256_from(environment.chain_id))
        case OP_SELFBALANCE: PUSH(5, message->target->balance)
        case OP_BASEFEE: PUSH(2, u256_from(environment.base_fee))
        case OP_BLOBHASH: {
            /* Only blob transactions have any. */
            NEED(1)
            GAS(3);
            sp[-1] = u256_from(0);
            break;
        }
        case OP_BLOBBASEFEE: {
            ROOM()
            FUNCTION(0, op_blobbasefee(frame))
        }
        case OP_POP: {
            NEED(1)
            GAS(2);
            sp--;
            break;
        }
        case OP_MLOAD: FUNCTION(1, op_mload(frame))
        case OP_MSTORE: FUNCTION(2, op_mstore(frame))
        case OP_MSTORE8: FUNCTION(2, op_mstore8(frame))
        case OP_SLOAD: FUNCTION(1, op_sload(frame))
        case OP_SSTORE: FUNCTION(2, op_sstore(frame))
        case OP_JUMP: {
            NEED(1)
            GAS(8);
            sp--;
            if (!jump(message->code, sp, &pc)) {
                goto failed;
            }
            break;
        }
        case OP_JUMPI: {
            NEED(2)
            GAS(10);
            sp -= 2;
            if (!u256_is_zero(sp) && !jump(message->code, sp + 1, &pc)) {
                goto failed;
            }
            break;
        }
        case OP_PC: PUSH(2, u256_from((uint64_t)(pc - 1 - message->code->bytes)))
        case OP_MSIZE: PUSH(2, u256_from(frame->memory_size))
        case OP_GAS: PUSH(2, u256_from(gas))
        case OP_JUMPDEST: {
            GAS(1);
            break;
        }
        case OP_TLOAD: FUNCTION(1, op_tload(frame))
        case OP_TSTORE: FUNCTION(2, op_tstore(frame))
        case OP_MCOPY: FUNCTION(3, op_mcopy(frame))
        case OP_PUSH0: PUSH(2, u256_from(0))
        case OP_PUSH1: PUSH(3, ((u256){{*pc++}}))
        case OP_PUSH1 + 1 ... OP_PUSH32: {
            ROOM()
            GAS(3);
            unsigned count = instruction - OP_PUSH1 + 1u;
            push_bytes(sp++, pc, count);
            pc += count;
            break;
        }
        case OP_DUP1 ... OP_DUP16: {
            int below = instruction - OP_DUP1 + 1;
            NEED(below)
            ROOM()
            GAS(3);
            *sp = sp[-below];
            sp++;
            break;
        }
        case OP_SWAP1 ... OP_SWAP16: {
            int below = instruction - OP_SWAP1 + 2;
            NEED(below)
            GAS(3);
            swap(sp - 1, sp - below);
            break;
        }
        case OP_LOG0 ... OP_LOG4: FUNCTION(2 + (instruction - OP_LOG0), op_log(frame, instruction - OP_LOG0))
        case OP_CREATE: FUNCTION(3, op_create(frame, 0))
        case OP_CREATE2: FUNCTION(4, op_create(frame, 1))
        case OP_CALL:
        case OP_CALLCODE: FUNCTION(7, op_call(frame, instruction))
        case OP_DELEGATECALL:
        case OP_STATICCALL: FUNCTION(6, op_call(frame, instruction))
        case OP_RETURN: FUNCTION(2, op_return(frame, STOPPED))
        case OP_REVERT: FUNCTION(2, op_return(frame, REVERTED))
        case OP_SELFDESTRUCT: FUNCTION(1, op_selfdestruct(frame))
        default: goto failed;
        }
    }
failed:
    halt = FAILED;
end:
    return halt;
}
