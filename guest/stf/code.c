#include "code.h"

#include "host.h"
#include "keccak.h"

#define BUCKETS 256

#define JUMPDEST 0x5b
#define PUSH1 0x60
#define PUSH32 0x7f

static struct code **buckets;
static struct code empty;

void code_reset(void) {
    static const uint8_t zeros[CODE_PADDING];
    buckets = arena_take(BUCKETS * sizeof *buckets);
    empty = (struct code){.hash = KECCAK_EMPTY, .bytes = zeros};
}

static struct code *new_code(const uint8_t *bytes, uint32_t size) {
    struct code *code = arena_take(sizeof *code);
    code->bytes = bytes;
    code->size = size;
    return code;
}

static struct code *search(const hash32 *hash) {
    if (hash_equal(hash, &KECCAK_EMPTY)) {
        return &empty;
    }
    struct code *code = buckets[hash->bytes[0]];
    while (code != NULL && !hash_equal(&code->hash, hash)) {
        code = code->next;
    }
    return code;
}

static void keep(struct code *code, const hash32 *hash) {
    code->hash = *hash;
    code->next = buckets[hash->bytes[0]];
    buckets[hash->bytes[0]] = code;
}

struct code *code_find(const hash32 *hash) {
    struct code *code = search(hash);
    if (code == NULL) {
        struct blob blob = host_code(hash);
        code = new_code(blob.bytes, blob.length);
        keep(code, hash);
    }
    return code;
}

static uint8_t *copy(const uint8_t *bytes, uint32_t size) {
    uint8_t *target = (uint8_t *)arena_take(8 + size + CODE_PADDING) + 8;
    memcpy(target, bytes, size);
    return target;
}

struct code *code_create(const uint8_t *bytes, uint32_t size) {
    hash32 hash;
    keccak(&hash, bytes, size);
    struct code *code = search(&hash);
    if (code == NULL) {
        uint8_t *target = copy(bytes, size);
        code = new_code(target, size);
        keep(code, &hash);
        note_in_place(NOTE_CODE, target, size);
    }
    return code;
}

void code_place(struct code *code, const uint8_t *bytes, uint32_t size, uint8_t *place) {
    memcpy(place, bytes, size);
    memset(place + size, 0, CODE_ROOM(size) - size);
    *code = (struct code){.bytes = place, .size = size};
    code->jump_targets = (uint32_t *)(void *)(place + ((size + CODE_PADDING + 31) & ~31u));
}

/* Goes on with the analysis as far as the target: instructions behind it do not matter. */
int code_is_jump_target(struct code *code, uint32_t target) {
    if (target >= code->size || code->bytes[target] != JUMPDEST) {
        return 0;
    }
    if (code->jump_targets == NULL) {
        code->jump_targets = arena_take((code->size + 31) / 32 * 4);
    }
    uint32_t at = code->analysed;
    while (at <= target) {
        uint8_t instruction = code->bytes[at];
        if (instruction == JUMPDEST) {
            code->jump_targets[at / 32] |= 1u << at % 32;
        } else if (instruction >= PUSH1 && instruction <= PUSH32) {
            at += instruction - PUSH1 + 1u;
        }
        at++;
    }
    /* Behind a PUSH that is cut off, at is behind the end: no bits are kept there. */
    code->analysed = at < code->size ? at : code->size;
    return code->jump_targets[target / 32] >> target % 32 & 1;
}
