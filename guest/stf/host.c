/* Requests and notes of host.h. */
#include "host.h"

#include "keccak.h"

#define STREAM_REQUEST 3
#define STREAM_NOTE 4

#define REQUEST_NODE 1
#define REQUEST_CODE 2
#define REQUEST_HEADER 3
#define REQUEST_INVERSE 4
#define REQUEST_SQUARE_ROOT 5

#define MAXIMUM_NOTE 65535
#define MAXIMUM_BLOB (16u << 20)
#define NOT_THERE 0xffffffffu

/* The kind is the last byte of the first word, so that what follows is aligned. */
static union {
    uint32_t words[1 + 16];
    uint8_t bytes[4 + 64];
} request;

static void ask(uint8_t kind, size_t length) {
    request.bytes[3] = kind;
    thimble_write(STREAM_REQUEST, request.bytes + 3, 1 + length);
}

static struct blob read_blob(void) {
    uint32_t words[8];
    thimble_hint(words);
    uint32_t length = words[0];
    if (length == NOT_THERE) {
        fail(EXIT_MISSING_WITNESS, "missing witness");
    }
    if (length > MAXIMUM_BLOB) {
        fail(EXIT_WRONG_WITNESS, "blob too long");
    }
    /* A word in front for the kind of a note, 32 bytes for what is left of the last chunk, 40 of zeros. */
    uint32_t *target = arena_take(8 + (size_t)length + 72);
    target += 2;
    for (uint32_t i = 0; i < length; i += 32) {
        thimble_hint(target + i / 4);
    }
    uint8_t *bytes = (uint8_t *)target;
    for (uint32_t i = length; i % 32 != 0; i++) {
        bytes[i] = 0;
    }
    return (struct blob){bytes, length};
}

static struct blob read_checked(const hash32 *hash) {
    struct blob blob = read_blob();
    hash32 found;
    keccak(&found, blob.bytes, blob.length);
    if (!hash_equal(&found, hash)) {
        fail(EXIT_WRONG_WITNESS, "a witness has another hash");
    }
    return blob;
}

struct blob host_node(const hash32 *hash) {
    memcpy(request.words + 1, hash, 32);
    ask(REQUEST_NODE, 32);
    return read_checked(hash);
}

struct blob host_code(const hash32 *hash) {
    memcpy(request.words + 1, hash, 32);
    ask(REQUEST_CODE, 32);
    return read_checked(hash);
}

struct blob host_header(uint64_t number, const hash32 *hash) {
    store_le64(request.bytes + 4, number);
    ask(REQUEST_HEADER, 8);
    return read_checked(hash);
}

static void ask_number(u256 *answer, uint8_t kind, enum modulus id, const u256 *value) {
    /* One more byte in front of the value than in the other requests. */
    request.bytes[2] = kind;
    request.bytes[3] = (uint8_t)id;
    memcpy(request.words + 1, value, 32);
    thimble_write(STREAM_REQUEST, request.bytes + 2, 34);
    thimble_hint(answer->w);
}

void host_inverse(u256 *inverse, enum modulus id, const u256 *m, const u256 *value) {
    u256 product;
    const u256 one = u256_from(1);
    ask_number(inverse, REQUEST_INVERSE, id, value);
    u256_mulmod(&product, inverse, value, m);
    if (!u256_less(inverse, m) || !u256_equal(&product, &one)) {
        fail(EXIT_WRONG_WITNESS, "inverse");
    }
}

static int is_root(const u256 *root, const u256 *m, const u256 *value) {
    u256 square;
    u256_mulmod(&square, root, root, m);
    return u256_less(root, m) && u256_equal(&square, value);
}

int host_square_root(u256 *root, enum modulus id, const u256 *m, const u256 *value) {
    ask_number(root, REQUEST_SQUARE_ROOT, id, value);
    if (is_root(root, m, value)) {
        return 1;
    }
    /* As -1 has no root, a value that is not 0 has one if and only if its negative has none. */
    u256 negative, witness;
    u256_sub(&negative, m, value);
    ask_number(&witness, REQUEST_SQUARE_ROOT, id, &negative);
    if (u256_is_zero(value) || !is_root(&witness, m, &negative)) {
        fail(EXIT_WRONG_WITNESS, "square root");
    }
    return 0;
}

void note(enum note_kind kind, const void *bytes, size_t length) {
    uint8_t message[1 + NOTE_BYTES];
    size_t taken = length < NOTE_BYTES ? length : NOTE_BYTES;
    message[0] = (uint8_t)kind;
    memcpy(message + 1, bytes, taken);
    thimble_write(STREAM_NOTE, message, 1 + taken);
}

void note_transaction(uint32_t block, uint32_t index, uint8_t type, int success, uint64_t gas_used) {
    uint8_t message[4 + 4 + 1 + 1 + 8];
    store_le32(message, block);
    store_le32(message + 4, index);
    message[8] = type;
    message[9] = (uint8_t)success;
    store_le64(message + 10, gas_used);
    note(NOTE_TRANSACTION, message, sizeof message);
}

void note_in_place(enum note_kind kind, uint8_t *bytes, size_t length) {
    if (length > MAXIMUM_NOTE) {
        fail(EXIT_MEMORY, "note too long");
    }
    bytes[-1] = (uint8_t)kind;
    thimble_write(STREAM_NOTE, bytes - 1, 1 + length);
}
