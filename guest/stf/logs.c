/* The logs of a transaction, kept in RLP as the receipt has them. */
#include "evm.h"
#include "keccak.h"
#include "rlp.h"

#define LOG_BYTES (16u << 20)
#define LOG_OVERHEAD 256 /* bytes of a log that are not data */
#define BLOOM_BITS 2048

static uint8_t buffer[LOG_BYTES];
static size_t used;

struct bytes logs_bytes(void) {
    return (struct bytes){buffer, used};
}

void logs_clear(void) {
    used = 0;
}

size_t logs_checkpoint(void) {
    return used;
}

void logs_revert(size_t checkpoint) {
    used = checkpoint;
}

static size_t data_length(struct bytes data) {
    uint8_t prefix[RLP_PREFIX];
    if (data.length == 1 && *data.bytes < 0x80) {
        return 1;
    }
    return (size_t)(rlp_put_prefix(prefix, 0x80, data.length) - prefix) + data.length;
}

void logs_append(const address *who, const u256 *topics_top, unsigned topics, struct bytes data) {
    if (data.length + LOG_OVERHEAD > LOG_BYTES - used) {
        fail(EXIT_MEMORY, "logs");
    }
    uint8_t prefix[RLP_PREFIX];
    size_t topic_bytes = 33 * topics;
    size_t topic_list = (size_t)(rlp_put_prefix(prefix, 0xc0, topic_bytes) - prefix) + topic_bytes;
    uint8_t *out = rlp_put_prefix(buffer + used, 0xc0, 21 + topic_list + data_length(data));
    out = rlp_put_string(out, who->bytes, 20);
    out = rlp_put_prefix(out, 0xc0, topic_bytes);
    for (unsigned i = 0; i < topics; i++) {
        *out++ = 0x80 + 32;
        u256_store(out, topics_top - i);
        out += 32;
    }
    out = rlp_put_string(out, data.bytes, data.length);
    used = (size_t)(out - buffer);
}

/* Three bits of 2048, from the first three pairs of bytes of the hash. */
static void bloom_add(uint8_t bloom[256], const uint8_t *bytes, size_t length) {
    hash32 hash;
    keccak(&hash, bytes, length);
    for (unsigned i = 0; i < 6; i += 2) {
        unsigned bit = ((unsigned)hash.bytes[i] << 8 | hash.bytes[i + 1]) % BLOOM_BITS;
        bloom[255 - bit / 8] |= (uint8_t)(1u << bit % 8);
    }
}

void logs_bloom(uint8_t bloom[256]) {
    struct rlp logs = rlp_open(logs_bytes(), EXIT_INVALID_BLOCK);
    while (rlp_more(&logs)) {
        struct rlp log = rlp_list(&logs);
        bloom_add(bloom, rlp_exact(&log, 20), 20);
        for (struct rlp topics = rlp_list(&log); rlp_more(&topics);) {
            bloom_add(bloom, rlp_exact(&topics, 32), 32);
        }
    }
}
