/* The program state-test: one transaction on a pre-state. */
#include "host.h"
#include "input.h"
#include "keccak.h"
#include "process.h"
#include "programs.h"
#include "rlp.h"
#include "secp256k1.h"

#define VERSION 1
#define ENVIRONMENT_BYTES 92
#define PREFIX "thimble state test"
#define PREFIX_BYTES 18

/* The rule of the published state tests: the hash of the number in decimal digits. */
static hash32 hash_of_digits(uint64_t number) {
    uint8_t digits[20];
    unsigned start = sizeof digits;
    do {
        digits[--start] = (uint8_t)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    hash32 hash;
    keccak(&hash, digits + start, sizeof digits - start);
    return hash;
}

static void read_environment(struct bytes bytes, uint64_t chain_id) {
    if (bytes.length != ENVIRONMENT_BYTES) {
        fail(EXIT_INPUT, "length of the environment");
    }
    const uint8_t *at = bytes.bytes;
    environment = (struct environment){.chain_id = chain_id,
                                       .number = load_le64(at),
                                       .timestamp = load_le64(at + 8),
                                       .gas_limit = load_le64(at + 16),
                                       .base_fee = load_le64(at + 24),
                                       .excess_blob_gas = load_le64(at + 32),
                                       .block_hash = hash_of_digits};
    memcpy(&environment.coinbase, at + 40, 20);
    environment.prevrandao = hash_from(at + 60);
}

static hash32 logs_hash(void) {
    struct bytes logs = logs_bytes();
    uint8_t *payload = (uint8_t *)arena_take(16 + logs.length) + 12;
    memcpy(payload, logs.bytes, logs.length);
    const uint8_t *list = rlp_wrap(payload, logs.length);
    hash32 hash;
    keccak(&hash, list, (size_t)(payload + logs.length - list));
    return hash;
}

static void give_output(const hash32 *before, const hash32 *after, const hash32 *logs, int success) {
    uint8_t preimage[PREFIX_BYTES + 4 * 32 + 1];
    const uint8_t *input;
    size_t length;
    hash32 digest;
    read_input(&input, &length);
    keccak(&digest, input, length);
    memcpy(preimage, PREFIX, PREFIX_BYTES);
    memcpy(preimage + PREFIX_BYTES, before, 32);
    memcpy(preimage + PREFIX_BYTES + 32, &digest, 32);
    memcpy(preimage + PREFIX_BYTES + 64, after, 32);
    memcpy(preimage + PREFIX_BYTES + 96, logs, 32);
    preimage[PREFIX_BYTES + 128] = (uint8_t)success;
    keccak(&digest, preimage, sizeof preimage);
    write_output(digest.bytes, 32);
}

int state_test_program(void) {
    struct input input;
    input_open(&input);
    if (input_word(&input) != VERSION) {
        fail(EXIT_INPUT, "version");
    }
    uint64_t chain_id = input_long(&input);
    struct bytes root = input_blob(&input);
    read_environment(input_blob(&input), chain_id);
    struct bytes encoded = input_blob(&input);
    input_close(&input);
    if (root.length != 32) {
        fail(EXIT_INPUT, "length of the root");
    }
    hash32 before = hash_from(root.bytes);
    secp256k1_reset();
    evm_reset();
    state_open(&before);

    struct transaction transaction;
    transaction_decode(&transaction, encoded, chain_id);
    struct receipt receipt = process_transaction(&transaction, environment.gas_limit);
    hash32 after = state_commit(), logs = logs_hash();
    note_transaction(0, 0, transaction.type, receipt.success, receipt.gas_used);
    note(NOTE_LOGS, &logs, 32);
    note(NOTE_STATE_ROOT, &after, 32);
    give_output(&before, &after, &logs, receipt.success);
    return 0;
}
