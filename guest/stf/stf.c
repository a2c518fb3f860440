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

static const address BRIDGE = {.bytes = {'t', 'h', 'i', 'm', 'b', 'l', 'e', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

struct batch {
    uint64_t chain_id, number;
    hash32 previous;
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
    hash32 pair[2] = {batch->previous, commitment(batch)}, hash;
    uint8_t output[32] = {0};
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

static void execute(struct batch *batch, struct bytes parent, const struct bytes *blocks, uint32_t count) {
    header_decode(&batch->last, parent);
    secp256k1_reset();
    evm_reset();
    state_open(&batch->last.state_root);
    ancestors_open(&batch->last);
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
    batch.chain_id = input_long(&input);
    batch.number = input_long(&input);
    batch.previous = input_hash(&input);
    struct bytes parent = input_blob(&input);
    uint32_t count = input_word(&input);
    if (count == 0 || count > (size_t)(input.end - input.at)) {
        fail(EXIT_INPUT, "number of blocks");
    }
    struct bytes *blocks = arena_take(count * sizeof *blocks);
    for (uint32_t i = 0; i < count; i++) {
        blocks[i] = input_blob(&input);
    }
    input_close(&input);
    execute(&batch, parent, blocks, count);
    give_public_input(&batch);
    return 0;
}
