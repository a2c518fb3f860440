/* Frames: pushing one, running the topmost until none is left. */
#include "evm.h"
#include "gas.h"
#include "precompiled.h"

#define MEMORY_BYTES (128u << 20)
#define STACK_WORDS ((CALL_DEPTH + 1) * STACK_LIMIT)
#define RETURNED_BYTES (16u << 20)
#define GAS_CODE_BYTE 200
#define GAS_MEMORY_WORD 3
#define MEMORY_QUADRATIC 512
#define MAXIMUM_MEMORY_WORDS (1u << 26)
#define MAXIMUM_MEMORY_GAS (1ull << 44) /* less than from that many words to 2^32 bytes */

struct environment environment;
struct bytes evm_returned;

static struct frame frames[CALL_DEPTH + 1];
static unsigned count;

/* All frames' memory and stacks. From the first byte that was never used on, the memory is zero. */
static uint8_t memory[MEMORY_BYTES] __attribute__((aligned(8)));
static uint8_t *memory_clean = memory;
static u256 stacks[STACK_WORDS];
static uint8_t returned[RETURNED_BYTES] __attribute__((aligned(8)));

void evm_reset(void) {
    count = 0;
    evm_returned = NO_BYTES;
}

unsigned evm_depth(void) {
    return count - 1;
}

static uint64_t memory_gas(uint64_t words) {
    return GAS_MEMORY_WORD * words + words * words / MEMORY_QUADRATIC;
}

static void require_memory(const uint8_t *from, size_t size) {
    if (size > (size_t)(memory + MEMORY_BYTES - from)) {
        fail(EXIT_MEMORY, "memory of the EVM");
    }
}

void evm_make_memory(struct frame *frame, uint32_t offset, uint32_t size) {
    if (size == 0 || offset + size <= frame->memory_used) {
        return;
    }
    uint32_t used = (offset + size + 31) & ~31u;
    require_memory(frame->memory, used);
    uint8_t *old_end = frame->memory + frame->memory_used, *end = frame->memory + used;
    if (old_end < memory_clean) {
        memset(old_end, 0, (size_t)((end < memory_clean ? end : memory_clean) - old_end));
    }
    memory_clean = end > memory_clean ? end : memory_clean;
    frame->memory_used = used;
}

int evm_may_reach(const struct frame *frame, const u256 *size) {
    if (!u256_fits32(size) && frame->gas >= MAXIMUM_MEMORY_GAS) {
        fail(EXIT_MEMORY, "memory of the EVM");
    }
    return u256_fits32(size);
}

int evm_pay_memory(struct frame *frame, const u256 *offset, const u256 *size) {
    if (u256_is_zero(size)) {
        return 1;
    }
    if (!evm_may_reach(frame, offset) || !evm_may_reach(frame, size)) {
        return 0;
    }
    uint64_t end = (uint64_t)offset->w[0] + size->w[0];
    if (end <= frame->memory_size) {
        return 1;
    }
    uint64_t words = evm_words(end);
    if (!evm_charge(frame, memory_gas(words) - memory_gas(frame->memory_size / 32))) {
        return 0;
    }
    if (words > MAXIMUM_MEMORY_WORDS) {
        fail(EXIT_MEMORY, "memory of the EVM");
    }
    frame->memory_size = (uint32_t)words * 32;
    return 1;
}

static void place_init_code(struct frame *frame) {
    struct bytes bytes = frame->message.init_code;
    size_t room = CODE_ROOM(bytes.length);
    require_memory(frame->memory, room);
    code_place(&frame->init_code, bytes.bytes, (uint32_t)bytes.length, frame->memory);
    frame->message.code = &frame->init_code;
    frame->memory += room;
    memory_clean = frame->memory > memory_clean ? frame->memory : memory_clean;
}

struct frame *evm_push(const struct message *message) {
    struct frame *frame = frames + count;
    const struct frame *caller = frame - 1;
    frame->message = *message;
    frame->stack = frame->sp = count == 0 ? stacks : caller->sp;
    frame->memory = count == 0 ? memory : caller->memory + caller->memory_used;
    frame->memory_size = frame->memory_used = 0;
    if (message->creates) {
        place_init_code(frame);
    }
    frame->pc = frame->message.code->bytes;
    frame->gas = message->gas;
    frame->output = NO_BYTES;
    frame->checkpoint = state_checkpoint();
    frame->logs = logs_checkpoint();
    frame->refund = state_refund;
    frame->output_size = 0;
    count++;
    evm_returned = NO_BYTES;
    return frame;
}

/* What happens before the first instruction. */
static void begin(struct frame *frame) {
    const struct message *message = &frame->message;
    account_touch(message->target);
    if (message->creates) {
        account_mark_created(message->target);
        account_set_nonce(message->target, 1);
    }
    if (message->transfers) {
        account_subtract(state_account(&message->caller), &message->value);
        account_add(message->target, &message->value);
    }
}

static enum halt start(struct frame *frame) {
    begin(frame);
    unsigned precompiled = frame->message.creates ? 0 : precompiled_number(&frame->message.code_address);
    if (precompiled != 0) {
        return precompiled_run(precompiled, frame->message.input, &frame->gas, &frame->output) ? STOPPED : FAILED;
    }
    return frame->message.code->size == 0 ? STOPPED : evm_interpret(frame);
}

/* The output of the init code becomes the code (EIP-170, 3541). */
static enum halt deposit(struct frame *frame) {
    struct bytes code = frame->output;
    if ((code.length > 0 && *code.bytes == 0xef) || !evm_charge(frame, GAS_CODE_BYTE * (uint64_t)code.length) ||
        code.length > MAXIMUM_CODE) {
        return FAILED;
    }
    account_set_code(frame->message.target, code_create(code.bytes, (uint32_t)code.length));
    frame->output = NO_BYTES;
    return STOPPED;
}

static enum halt finish(struct frame *frame, enum halt halt) {
    if (halt == STOPPED && frame->message.creates) {
        halt = deposit(frame);
    }
    if (halt != STOPPED) {
        state_revert(frame->checkpoint);
        logs_revert(frame->logs);
        state_refund = frame->refund;
    }
    if (halt == FAILED) {
        frame->gas = 0;
        frame->output = NO_BYTES;
    }
    if (frame->output.length > RETURNED_BYTES) {
        fail(EXIT_MEMORY, "returned data");
    }
    memmove(returned, frame->output.bytes, frame->output.length);
    evm_returned = (struct bytes){returned, frame->output.length};
    return halt;
}

/* Gives the caller its result and the gas that is left. */
static void resume(struct frame *caller, const struct frame *callee, enum halt halt) {
    caller->gas += callee->gas;
    if (!callee->message.creates) {
        uint32_t size = callee->output_size < evm_returned.length ? callee->output_size : (uint32_t)evm_returned.length;
        if (size > 0) {
            evm_make_memory(caller, callee->output_offset, size);
            memcpy(caller->memory + callee->output_offset, evm_returned.bytes, size);
        }
    }
    u256 *result = caller->sp++;
    if (halt == STOPPED && callee->message.creates) {
        *result = address_to_u256(&callee->message.target->address);
    } else {
        *result = u256_from(halt == STOPPED);
    }
}

struct outcome evm_execute(const struct message *message) {
    struct frame *frame = evm_push(message);
    enum halt halt = start(frame);
    for (;;) {
        if (halt == CALLED) {
            frame++;
            halt = start(frame);
            continue;
        }
        halt = finish(frame, halt);
        count--;
        if (count == 0) {
            return (struct outcome){halt, frame->gas};
        }
        resume(frame - 1, frame, halt);
        frame--;
        halt = evm_interpret(frame);
    }
}
