/* The Ethereum virtual machine, rules of Cancun (yellow paper section 9, execution-specs). Calls do not use the C
 * stack: each has a frame, and memory and stack lie behind those of its caller. */
#ifndef STF_EVM_H
#define STF_EVM_H

#include "base.h"
#include "state.h"

#define CALL_DEPTH 1024
#define STACK_LIMIT 1024

/* The block and the transaction that are executed. */
struct environment {
    uint64_t chain_id, number, timestamp, gas_limit, base_fee, excess_blob_gas;
    address coinbase;
    hash32 prevrandao;
    address origin;
    u256 gas_price;
    /* Hash of one of the 256 blocks before. */
    hash32 (*block_hash)(uint64_t number);
};
extern struct environment environment;

/* What the outermost call, or a contract, asks for. */
struct message {
    address caller;
    struct account *target; /* whose storage and balance it is */
    address code_address;
    struct code *code;      /* of the contract that is called */
    struct bytes init_code; /* to create one */
    u256 value;
    struct bytes input;  /* goes on with zeros */
    uint32_t input_size; /* with these zeros */
    uint64_t gas;
    uint8_t creates, transfers, is_static;
};

enum halt { RUNNING, STOPPED, REVERTED, FAILED, CALLED };

struct frame {
    struct message message;
    struct code init_code; /* a copy in front of the memory */
    const uint8_t *pc;
    u256 *stack, *sp; /* sp is behind the top */
    uint8_t *memory;
    uint32_t memory_size; /* what is paid for, a multiple of 32 */
    uint32_t memory_used; /* what is there; the rest is zero */
    uint64_t gas;
    struct bytes output;
    /* To be restored if it fails. */
    size_t checkpoint, logs;
    int64_t refund;
    /* Where the caller wants the output. */
    uint32_t output_offset, output_size;
};

struct outcome {
    enum halt halt; /* STOPPED, REVERTED or FAILED */
    uint64_t gas_left;
};

void evm_reset(void);

/* Runs a message to its end. */
struct outcome evm_execute(const struct message *message);

/* What RETURNDATACOPY reads: the output of the last call. */
extern struct bytes evm_returned;

/* Makes a frame on top of the current one. */
struct frame *evm_push(const struct message *message);
unsigned evm_depth(void);

enum halt evm_interpret(struct frame *frame);

/* Ends an instruction, and with it the frame. */
#define REQUIRE(condition)                                                                                             \
    if (!(condition)) {                                                                                                \
        return FAILED;                                                                                                 \
    }

/* Takes gas; returns 0 if there is not enough. */
static inline int evm_charge(struct frame *frame, uint64_t gas) {
    if (frame->gas < gas) {
        return 0;
    }
    frame->gas -= gas;
    return 1;
}

static inline uint64_t evm_words(uint64_t bytes) {
    return (bytes + 31) / 32;
}

/* Whether memory may be this large: 2^32 bytes or more are not there, and halt if there might be gas for them. */
int evm_may_reach(const struct frame *frame, const u256 *size);
/* Pays for memory up to the end of a range; 0 if there is not enough gas. Nothing if the size is 0. */
int evm_pay_memory(struct frame *frame, const u256 *offset, const u256 *size);
/* Makes memory that is paid for. */
void evm_make_memory(struct frame *frame, uint32_t offset, uint32_t size);
/* Both. */
static inline int evm_expand(struct frame *frame, const u256 *offset, const u256 *size) {
    if (!evm_pay_memory(frame, offset, size)) {
        return 0;
    }
    evm_make_memory(frame, offset->w[0], size->w[0]);
    return 1;
}

/* A range of memory that is there. */
static inline struct bytes evm_range(const struct frame *frame, const u256 *offset, const u256 *size) {
    return size->w[0] == 0 ? NO_BYTES : (struct bytes){frame->memory + offset->w[0], size->w[0]};
}

/* Copies a part of the source, which goes on with zeros, to memory that is there. */
void evm_copy(uint8_t *target, uint32_t size, struct bytes source, const u256 *offset);

/* Instructions that are more than arithmetic. They take operands from the stack and put results on it; the dispatcher
 * has checked its height. The constant part of the gas is theirs, too. */
enum halt op_keccak(struct frame *frame);
enum halt op_mload(struct frame *frame);
enum halt op_mstore(struct frame *frame);
enum halt op_mstore8(struct frame *frame);
enum halt op_mcopy(struct frame *frame);
enum halt op_copy(struct frame *frame, struct bytes source);
enum halt op_returndatacopy(struct frame *frame);
enum halt op_log(struct frame *frame, unsigned topics);
enum halt op_return(struct frame *frame, enum halt halt);
enum halt op_exp(struct frame *frame);
enum halt op_blockhash(struct frame *frame);
enum halt op_blobbasefee(struct frame *frame);
enum halt op_balance(struct frame *frame);
enum halt op_extcodesize(struct frame *frame);
enum halt op_extcodecopy(struct frame *frame);
enum halt op_extcodehash(struct frame *frame);
enum halt op_sload(struct frame *frame);
enum halt op_sstore(struct frame *frame);
enum halt op_tload(struct frame *frame);
enum halt op_tstore(struct frame *frame);
enum halt op_selfdestruct(struct frame *frame);
enum halt op_call(struct frame *frame, uint8_t instruction);
enum halt op_create(struct frame *frame, int salted);

/* Address of the contract that an account creates with its nonce. */
address evm_created_address(const address *creator, uint64_t nonce);
/* Whether a contract may not be created there. */
int evm_collides(const struct account *account);

/* Logs of the transaction: RLP items one after the other. */
struct bytes logs_bytes(void);
void logs_clear(void);
size_t logs_checkpoint(void);
void logs_revert(size_t checkpoint);
void logs_append(const address *who, const u256 *topics_top, unsigned topics, struct bytes data);
/* Adds the addresses and topics to a bloom filter of 256 bytes. */
void logs_bloom(uint8_t bloom[256]);

#endif
