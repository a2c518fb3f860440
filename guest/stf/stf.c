/* The program stf: a batch of blocks, its commitment and its public input (docs/formats-l1.md). */
#include "block.h"
#include "evm.h"
#include "host.h"
#include "input.h"
#include "keccak.h"
#include "programs.h"
#include "secp256k1.h"
#include "state.h"

#define VERSION 1
#define COMMITMENT_WORDS 12

/* Words of a commitment's preimage that the next batch opens. */
enum { CHAIN_ID = 0, BATCH_NUMBER = 1, LAST_BLOCK = 3, BLOCK_HASH = 6, STATE_ROOT = 7 };

struct batch {
    hash32 previous[COMMITMENT_WORDS];
    uint64_t chain_id, number;
    struct header first, last;
    hash32 data_hash;
};

static hash32 word(uint64_t value) {
    u256 wide = u256_from(value);
    return hash_from_u256(&wide);
}

static hash32 bridge_slot(uint32_t slot) {
    const u256 key = u256_from(slot);
    return hash_from_u256(&state_slot(state_account(&BRIDGE), &key)->value);
}

static hash32 commitment(const struct batch *batch) {
    hash32 words[COMMITMENT_WORDS] = {word(batch->chain_id),
                                      word(batch->number),
                                      word(batch->first.number),
                                      word(batch->last.number),
                                      word(batch->first.timestamp),
                                      word(batch->last.timestamp),
                                      batch->last.hash,
                                      batch->last.state_root,
                                      batch->data_hash,
                                      bridge_slot(0),
                                      bridge_slot(1),
                                      bridge_slot(2)};
    note(NOTE_COMMITMENT, words, sizeof words);
    hash32 hash;
    keccak(&hash, words[0].bytes, sizeof words);
    return hash;
}

/* keccak256(previous commitment ‖ commitment) >> 32 */
static void give_public_input(const struct batch *batch) {
    hash32 pair[2], hash;
    uint8_t output[32] = {0};
    keccak(&pair[0], batch->previous[0].bytes, sizeof batch->previous);
    pair[1] = commitment(batch);
    keccak(&hash, pair[0].bytes, sizeof pair);
    memcpy(output + 4, &hash, 28);
    write_output(output, sizeof output);
}

/* The hash of all blocks' bytes, one after the other. */
static hash32 hash_data(const struct bytes *blocks, uint32_t count) {
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        length += blocks[i].length;
    }
    const uint8_t *data = blocks[0].bytes;
    if (count > 1) {
        uint8_t *out = arena_take(length);
        data = out;
        for (uint32_t i = 0; i < count; i++) {
            memcpy(out, blocks[i].bytes, blocks[i].length);
            out += blocks[i].length;
        }
    }
    hash32 hash;
    keccak(&hash, data, length);
    return hash;
}

static uint64_t number(const hash32 *word) {
    u256 value = hash_to_u256(word);
    if (!u256_fits64(&value)) {
        fail(EXIT_INPUT, "number in the previous commitment");
    }
    return u256_low64(&value);
}

/* Opens the previous commitment: this batch begins where that one ended. The state root is not the parent header's,
 * because that of a genesis block may be another one than the chain's. */
static void continue_from(struct batch *batch, struct bytes preimage, struct bytes parent) {
    if (preimage.length != sizeof batch->previous) {
        fail(EXIT_INPUT, "length of the previous commitment");
    }
    memcpy(batch->previous, preimage.bytes, preimage.length);
    batch->chain_id = number(&batch->previous[CHAIN_ID]);
    batch->number = number(&batch->previous[BATCH_NUMBER]) + 1;
    header_decode(&batch->last, parent);
    if (!hash_equal(&batch->last.hash, &batch->previous[BLOCK_HASH]) ||
        batch->last.number != number(&batch->previous[LAST_BLOCK])) {
        fail(EXIT_INPUT, "the parent is not the last block of the previous batch");
    }
    state_open(&batch->previous[STATE_ROOT]);
    ancestors_open(&batch->last);
}

static void execute(struct batch *batch, const struct bytes *blocks, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        struct header header;
        block_execute(&header, blocks[i], &batch->last, batch->chain_id, i);
        ancestors_add(&header);
        batch->last = header;
        if (i == 0) {
            batch->first = header;
        }
    }
    batch->data_hash = hash_data(blocks, count);
}

int stf_program(void) {
    static struct batch batch;
    struct input input;
    input_open(&input);
    if (input_word(&input) != VERSION) {
        fail(EXIT_INPUT, "version");
    }
    struct bytes previous = input_blob(&input), parent = input_blob(&input);
    uint32_t count = input_word(&input);
    if (count == 0 || count > (size_t)(input.end - input.at)) {
        fail(EXIT_INPUT, "number of blocks");
    }
    struct bytes *blocks = arena_take(count * sizeof *blocks);
    for (uint32_t i = 0; i < count; i++) {
        blocks[i] = input_blob(&input);
    }
    input_close(&input);
    secp256k1_reset();
    evm_reset();
    continue_from(&batch, previous, parent);
    execute(&batch, blocks, count);
    give_public_input(&batch);
    return 0;
}
