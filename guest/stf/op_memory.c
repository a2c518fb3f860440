/* Instructions on memory, call data, returned data; logs; keccak; the rest with a price of its own. */
#include "evm.h"
#include "gas.h"
#include "keccak.h"

#define GAS_LOW 3
#define GAS_KECCAK 30
#define GAS_LOG 375
#define GAS_LOG_BYTE 8
#define GAS_EXP 10
#define GAS_EXP_BYTE 50
#define GAS_BLOCK_HASH 20
#define GAS_BASE 2

static const u256 ONE_WORD = {{32}};

void evm_copy(uint8_t *target, uint32_t size, struct bytes source, const u256 *offset) {
    size_t there = 0;
    if (u256_fits32(offset) && offset->w[0] < source.length) {
        there = source.length - offset->w[0];
        there = there < size ? there : size;
        memcpy(target, source.bytes + offset->w[0], there);
    }
    memset(target + there, 0, size - there);
}

enum halt op_keccak(struct frame *frame) {
    u256 *offset = --frame->sp, *size = offset - 1;
    REQUIRE(evm_expand(frame, offset, size) && evm_charge(frame, GAS_KECCAK + GAS_KECCAK_WORD * evm_words(size->w[0])))
    hash32 digest;
    struct bytes range = evm_range(frame, offset, size);
    keccak(&digest, range.bytes, range.length);
    *size = hash_to_u256(&digest);
    return RUNNING;
}

enum halt op_mload(struct frame *frame) {
    u256 *top = frame->sp - 1;
    REQUIRE(evm_charge(frame, GAS_LOW) && evm_expand(frame, top, &ONE_WORD))
    u256_load(top, frame->memory + top->w[0], 32);
    return RUNNING;
}

enum halt op_mstore(struct frame *frame) {
    const u256 *offset = frame->sp - 1;
    frame->sp -= 2;
    REQUIRE(evm_charge(frame, GAS_LOW) && evm_expand(frame, offset, &ONE_WORD))
    u256_store(frame->memory + offset->w[0], offset - 1);
    return RUNNING;
}

enum halt op_mstore8(struct frame *frame) {
    const u256 one = u256_from(1), *offset = frame->sp - 1;
    frame->sp -= 2;
    REQUIRE(evm_charge(frame, GAS_LOW) && evm_expand(frame, offset, &one))
    frame->memory[offset->w[0]] = (uint8_t)offset[-1].w[0];
    return RUNNING;
}

static int charge_copy(struct frame *frame, const u256 *size) {
    return evm_charge(frame, GAS_LOW) && evm_may_reach(frame, size) &&
           evm_charge(frame, GAS_COPY_WORD * evm_words(size->w[0]));
}

enum halt op_mcopy(struct frame *frame) {
    const u256 *target = frame->sp - 1, *source = target - 1, *size = source - 1;
    frame->sp -= 3;
    const u256 *further = u256_less(target, source) ? source : target;
    REQUIRE(charge_copy(frame, size) && evm_expand(frame, further, size))
    if (size->w[0] != 0) {
        memmove(frame->memory + target->w[0], frame->memory + source->w[0], size->w[0]);
    }
    return RUNNING;
}

enum halt op_copy(struct frame *frame, struct bytes source) {
    const u256 *target = frame->sp - 1, *offset = target - 1, *size = offset - 1;
    frame->sp -= 3;
    REQUIRE(charge_copy(frame, size) && evm_expand(frame, target, size))
    if (size->w[0] != 0) {
        evm_copy(frame->memory + target->w[0], size->w[0], source, offset);
    }
    return RUNNING;
}

enum halt op_returndatacopy(struct frame *frame) {
    const u256 *offset = frame->sp - 2, *size = frame->sp - 3;
    REQUIRE(u256_fits32(offset) && u256_fits32(size) && (uint64_t)offset->w[0] + size->w[0] <= evm_returned.length)
    return op_copy(frame, evm_returned);
}

enum halt op_log(struct frame *frame, unsigned topics) {
    const u256 *offset = frame->sp - 1, *size = offset - 1;
    frame->sp -= 2 + topics;
    REQUIRE(!frame->message.is_static && evm_expand(frame, offset, size) &&
            evm_charge(frame, GAS_LOG + GAS_LOG * topics + GAS_LOG_BYTE * (uint64_t)size->w[0]))
    logs_append(&frame->message.target->address, size - 1, topics, evm_range(frame, offset, size));
    return RUNNING;
}

enum halt op_return(struct frame *frame, enum halt halt) {
    const u256 *offset = frame->sp - 1, *size = offset - 1;
    REQUIRE(evm_expand(frame, offset, size))
    frame->output = evm_range(frame, offset, size);
    return halt;
}

enum halt op_exp(struct frame *frame) {
    u256 *base = --frame->sp, *exponent = base - 1;
    REQUIRE(evm_charge(frame, GAS_EXP + GAS_EXP_BYTE * ((u256_bits(exponent) + 7) / 8)))
    u256_exp(exponent, base, exponent);
    return RUNNING;
}

enum halt op_blockhash(struct frame *frame) {
    u256 *top = frame->sp - 1;
    REQUIRE(evm_charge(frame, GAS_BLOCK_HASH))
    uint64_t number = u256_low64(top);
    if (u256_fits64(top) && number < environment.number && environment.number - number <= 256) {
        hash32 hash = environment.block_hash(number);
        *top = hash_to_u256(&hash);
    } else {
        *top = u256_from(0);
    }
    return RUNNING;
}

#define BLOB_FEE_UPDATE_FRACTION 3338477
#define MAXIMUM_EXCESS_BLOB_GAS (145ull * BLOB_FEE_UPDATE_FRACTION) /* all products of the series have 256 bits */

/* e^(excess / fraction) by its series, as EIP-4844 rounds it. */
static u256 blob_base_fee(uint64_t excess) {
    if (excess > MAXIMUM_EXCESS_BLOB_GAS) {
        fail(EXIT_MEMORY, "excess blob gas");
    }
    const u256 numerator = u256_from(excess), fraction = u256_from(BLOB_FEE_UPDATE_FRACTION);
    u256 sum = {{0}}, term = fraction, rest;
    for (uint64_t i = 1; !u256_is_zero(&term); i++) {
        u256 divisor = u256_from(BLOB_FEE_UPDATE_FRACTION * i);
        u256_add(&sum, &sum, &term);
        u256_mul(&term, &term, &numerator);
        u256_divmod(&term, &rest, &term, &divisor);
    }
    u256_divmod(&sum, &rest, &sum, &fraction);
    return sum;
}

enum halt op_blobbasefee(struct frame *frame) {
    REQUIRE(evm_charge(frame, GAS_BASE))
    *frame->sp++ = blob_base_fee(environment.excess_blob_gas);
    return RUNNING;
}
