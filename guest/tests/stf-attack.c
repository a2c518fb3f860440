/* Attacks on the program stf with the native library: inputs/stf-batches.bin has recorded runs (input, hint words,
 * output). Each must be repeated exactly; then a word of the hints, or a byte of the input, is changed. A changed hint
 * must make the program halt or change nothing; a changed input must make it halt, or, where any value would be right,
 * change the output.
 *
 *     stf-attack inputs/stf-batches.bin */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "thimble.h"

int thimble_native_run(const char *program, const uint8_t *input, size_t length,
                       void (*write)(uint32_t stream, const uint8_t *bytes, size_t length),
                       void (*hint)(uint32_t words[8]), uint8_t output[32]);

#define MAXIMUM 100000
#define INPUT_STEP 7 /* every so many bytes are changed */

struct record {
    uint32_t input[MAXIMUM / 4], hints[MAXIMUM / 4], output[8];
    size_t input_bytes, hint_words;
};

static struct record record;
static size_t next_hint;
static unsigned runs;

static void ignore(uint32_t stream, const uint8_t *bytes, size_t length) {
    (void)stream, (void)bytes, (void)length;
}

static void replay(uint32_t words[8]) {
    memset(words, 0, 32);
    if (next_hint < record.hint_words) {
        memcpy(words, record.hints + next_hint, 32);
        next_hint += 8;
    }
}

static int run(uint32_t output[8]) {
    next_hint = 0;
    runs++;
    return thimble_native_run("stf", (const uint8_t *)record.input, record.input_bytes, ignore, replay,
                              (uint8_t *)output);
}

static void require(int condition, const char *what, unsigned number, size_t position) {
    if (!condition) {
        fprintf(stderr, "stf-attack: record %u, position %zu: %s\n", number, position, what);
        exit(1);
    }
}

static void read_exactly(FILE *file, void *target, size_t length) {
    if (length > MAXIMUM || fread(target, 1, length, file) != length) {
        fprintf(stderr, "stf-attack: the records end too early\n");
        exit(1);
    }
}

static size_t read_blob(FILE *file, void *target) {
    uint32_t length;
    read_exactly(file, &length, 4);
    read_exactly(file, target, (length + 3) & ~3u);
    return length;
}

/* Every hint word, with a bit flipped or as zero. Returns how many changes made it halt. */
static unsigned attack_hints(unsigned number) {
    unsigned halted = 0;
    for (size_t i = 0; i < record.hint_words; i++) {
        uint32_t word = record.hints[i], output[8];
        record.hints[i] = i % 2 == 0 ? word ^ 1u << i % 32 : 0;
        int code = run(output);
        require(code != 0 || memcmp(output, record.output, 32) == 0, "a hint changed the output", number, i);
        halted += code != 0;
        record.hints[i] = word;
    }
    return halted;
}

#define PREIMAGE (4 + 4)     /* where the previous commitment's words begin */
#define PARENT (4 + 4 + 384) /* the blob of the parent header */
#define LAST_BLOCK 3         /* words of the commitment that are opened */
#define BLOCK_HASH 6
#define STATE_ROOT 7
#define HASH 33 /* bytes of fields with their prefix */
#define COINBASE 21
#define BLOOM 259

static uint8_t sealed[MAXIMUM];

static void seal(size_t from, size_t length) {
    memset(sealed + from, 1, length);
}

static uint32_t word_at(size_t position) {
    return record.input[position / 4];
}

static size_t padded(uint32_t length) {
    return (length + 3) & ~3u;
}

/* In a block: parent hash, ommers hash, the three roots and the bloom filter, and all behind the header. */
static void seal_block(size_t block, uint32_t length) {
    const uint8_t *bytes = (const uint8_t *)record.input + block;
    size_t header = 3 + 3 + ((size_t)bytes[4] << 8 | bytes[5]); /* both lists have a prefix of 3 bytes */
    seal(block + 6, 2 * HASH);
    seal(block + 6 + 2 * HASH + COINBASE, 3 * HASH + BLOOM);
    seal(block + header, length - header);
}

/* Marks the bytes that have only one right value; the others are free, like the extra data of a header. */
static void seal_input(void) {
    memset(sealed, 0, sizeof sealed);
    seal(0, 4);
    seal(PREIMAGE + 32 * LAST_BLOCK, 32);
    seal(PREIMAGE + 32 * BLOCK_HASH, 32);
    seal(PREIMAGE + 32 * STATE_ROOT, 32);
    size_t at = PARENT + 4 + padded(word_at(PARENT));
    seal(PARENT, at + 4 - PARENT);
    for (at += 4; at < record.input_bytes; at += 4 + padded(word_at(at))) {
        seal(at, 4);
        seal_block(at + 4, word_at(at));
    }
}

/* Bytes of the input: sealed ones must make it halt, and all are in the public input. */
static unsigned attack_input(unsigned number) {
    unsigned halted = 0;
    seal_input();
    uint8_t *input = (uint8_t *)record.input;
    for (size_t i = number % INPUT_STEP; i < record.input_bytes; i += INPUT_STEP) {
        uint32_t output[8];
        input[i] ^= 1u << i % 8;
        int code = run(output);
        require(code != 0 || memcmp(output, record.output, 32) != 0, "an input byte does not count", number, i);
        require(code != 0 || !sealed[i], "a wrong input is accepted", number, i);
        halted += code != 0;
        input[i] ^= 1u << i % 8;
    }
    return halted;
}

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: stf-attack inputs/stf-batches.bin\n");
        return 2;
    }
    uint32_t records, output[8];
    unsigned halted = 0;
    read_exactly(file, &records, 4);
    for (unsigned number = 0; number < records; number++) {
        record.input_bytes = read_blob(file, record.input);
        record.hint_words = read_blob(file, record.hints) / 4;
        read_exactly(file, record.output, 32);
        require(run(output) == 0 && memcmp(output, record.output, 32) == 0, "differs from the record", number, 0);
        require(next_hint == record.hint_words, "hints are left", number, next_hint);
        halted += attack_hints(number) + attack_input(number);
    }
    printf("stf-attack: %u records; %u of %u changes halt, none forges\n", records, halted, runs - records);
    return 0;
}
