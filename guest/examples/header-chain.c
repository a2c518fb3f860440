/* Input: the RLP encodings of consecutive Ethereum block headers, one after the other.
 *
 * Checks that each header is strict RLP with the fields of a header (15 of Frontier, 16 of London, 17 of
 * Shanghai, 20 of Cancun, 21 of Prague), that each header's parent hash is the Keccak-256 of the one before, and that block
 * numbers count up. Output: keccak256(first hash, last hash, count), the count as a 32-byte big-endian word. */
#include "thimble.h"

#define EXIT_MALFORMED 1
#define EXIT_NOT_A_CHAIN 2
#define EXIT_EMPTY 3

#define MAXIMUM_FIELDS 21

/* Length of a field in bytes; an integer has at most so many and no leading zero, extra data any number up to it. */
enum kind { EXACT, INTEGER, UP_TO };
struct field {
    uint8_t kind;
    uint16_t length;
};

static const struct field FIELDS[MAXIMUM_FIELDS] = {
    {EXACT, 32},   /* parent hash */
    {EXACT, 32},   /* ommers hash */
    {EXACT, 20},   /* beneficiary */
    {EXACT, 32},   /* state root */
    {EXACT, 32},   /* transactions root */
    {EXACT, 32},   /* receipts root */
    {EXACT, 256},  /* logs bloom */
    {INTEGER, 32}, /* difficulty */
    {INTEGER, 8},  /* number */
    {INTEGER, 8},  /* gas limit */
    {INTEGER, 8},  /* gas used */
    {INTEGER, 8},  /* timestamp */
    {UP_TO, 32},   /* extra data */
    {EXACT, 32},   /* mix hash, prevrandao */
    {EXACT, 8},    /* nonce */
    {INTEGER, 32}, /* base fee (London) */
    {EXACT, 32},   /* withdrawals root (Shanghai) */
    {INTEGER, 8},  /* blob gas used (Cancun) */
    {INTEGER, 8},  /* excess blob gas (Cancun) */
    {EXACT, 32},   /* parent beacon block root (Cancun) */
    {EXACT, 32},   /* requests hash (Prague) */
};

#define FIELD_PARENT_HASH 0
#define FIELD_NUMBER 8

struct cursor {
    const uint8_t *at;
    const uint8_t *end;
};

struct item {
    const uint8_t *bytes;
    size_t length;
};

static _Noreturn void malformed(void) {
    thimble_exit(EXIT_MALFORMED);
}

/* Takes one RLP item of the wanted type, in its only valid encoding. */
static struct item take(struct cursor *cursor, int list) {
    if (cursor->at == cursor->end) {
        malformed();
    }
    const uint8_t first = *cursor->at;
    const uint8_t base = list ? 0xC0 : 0x80;
    struct item item;
    if (!list && first < 0x80) {
        item.bytes = cursor->at++;
        item.length = 1;
        return item;
    }
    if (first < base || (!list && first >= 0xC0)) {
        malformed();
    }
    cursor->at++;
    size_t length = first - base;
    if (length > 55) {
        size_t bytes = length - 55;
        length = 0;
        if (bytes > 3 || bytes > (size_t)(cursor->end - cursor->at) || *cursor->at == 0) {
            malformed();
        }
        for (; bytes > 0; bytes--) {
            length = (length << 8) | *cursor->at++;
        }
        if (length <= 55) {
            malformed();
        }
    }
    if (length > (size_t)(cursor->end - cursor->at)) {
        malformed();
    }
    item.bytes = cursor->at;
    item.length = length;
    cursor->at += length;
    if (!list && length == 1 && *item.bytes < 0x80) {
        malformed();
    }
    return item;
}

static void check_field(struct item item, struct field field) {
    int valid = field.kind == EXACT ? item.length == field.length : item.length <= field.length;
    if (!valid || (field.kind == INTEGER && item.length > 0 && *item.bytes == 0)) {
        malformed();
    }
}

static uint64_t integer(struct item item) {
    uint64_t value = 0;
    for (size_t i = 0; i < item.length; i++) {
        value = (value << 8) | item.bytes[i];
    }
    return value;
}

struct header {
    struct item parent_hash;
    uint64_t number;
};

static struct header parse(struct item list) {
    struct cursor cursor = {list.bytes, list.bytes + list.length};
    struct header header = {{0, 0}, 0};
    unsigned count = 0;
    while (cursor.at < cursor.end) {
        if (count == MAXIMUM_FIELDS) {
            malformed();
        }
        struct item item = take(&cursor, 0);
        check_field(item, FIELDS[count]);
        if (count == FIELD_PARENT_HASH) {
            header.parent_hash = item;
        } else if (count == FIELD_NUMBER) {
            header.number = integer(item);
        }
        count++;
    }
    if (count != 15 && count != 16 && count != 17 && count != 20 && count != 21) {
        malformed();
    }
    return header;
}

int main(void) {
    struct cursor cursor;
    size_t length;
    read_input(&cursor.at, &length);
    cursor.end = cursor.at + length;

    union {
        uint32_t words[24];
        uint8_t bytes[96];
    } result = {{0}};
    uint8_t *first_hash = result.bytes, *last_hash = result.bytes + 32;
    uint32_t count = 0;
    uint64_t number = 0;
    while (cursor.at < cursor.end) {
        const uint8_t *start = cursor.at;
        struct header header = parse(take(&cursor, 1));
        if (count > 0 && (memcmp(header.parent_hash.bytes, last_hash, 32) != 0 || header.number != number + 1)) {
            return EXIT_NOT_A_CHAIN;
        }
        number = header.number;
        keccak256(start, (size_t)(cursor.at - start), last_hash);
        if (count == 0) {
            memcpy(first_hash, last_hash, 32);
        }
        count++;
    }
    if (count == 0) {
        return EXIT_EMPTY;
    }
    for (unsigned i = 0; i < 4; i++) {
        result.bytes[95 - i] = (uint8_t)(count >> (8 * i));
    }
    uint8_t digest[32];
    keccak256(result.bytes, sizeof result.bytes, digest);
    write_output(digest, sizeof digest);
    return 0;
}
