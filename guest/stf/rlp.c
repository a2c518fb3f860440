#include "rlp.h"

static _Noreturn void malformed(const struct rlp *rlp) {
    fail(rlp->malformed, "malformed RLP");
}

int rlp_next_is_list(const struct rlp *rlp) {
    if (rlp->at >= rlp->end) {
        malformed(rlp);
    }
    return *rlp->at >= 0xc0;
}

/* The length of a long item; at is behind the prefix byte. */
static size_t long_length(struct rlp *rlp, size_t bytes) {
    size_t length = 0;
    if (bytes > 3 || bytes > (size_t)(rlp->end - rlp->at) || *rlp->at == 0) {
        malformed(rlp);
    }
    for (; bytes > 0; bytes--) {
        length = length << 8 | *rlp->at++;
    }
    if (length <= 55) {
        malformed(rlp);
    }
    return length;
}

static struct bytes take(struct rlp *rlp, uint8_t base) {
    size_t length = (size_t)(*rlp->at++ - base);
    if (length > 55) {
        length = long_length(rlp, length - 55);
    }
    if (length > (size_t)(rlp->end - rlp->at)) {
        malformed(rlp);
    }
    struct bytes item = {rlp->at, length};
    rlp->at += length;
    return item;
}

struct bytes rlp_string(struct rlp *rlp) {
    if (rlp_next_is_list(rlp)) {
        malformed(rlp);
    }
    if (*rlp->at < 0x80) {
        return (struct bytes){rlp->at++, 1};
    }
    struct bytes item = take(rlp, 0x80);
    if (item.length == 1 && *item.bytes < 0x80) {
        malformed(rlp);
    }
    return item;
}

struct rlp rlp_list(struct rlp *rlp) {
    if (!rlp_next_is_list(rlp)) {
        malformed(rlp);
    }
    return rlp_open(take(rlp, 0xc0), rlp->malformed);
}

const uint8_t *rlp_exact(struct rlp *rlp, size_t length) {
    struct bytes item = rlp_string(rlp);
    if (item.length != length) {
        malformed(rlp);
    }
    return item.bytes;
}

static struct bytes integer(struct rlp *rlp, size_t maximum) {
    struct bytes item = rlp_string(rlp);
    if (item.length > maximum || (item.length > 0 && *item.bytes == 0)) {
        malformed(rlp);
    }
    return item;
}

uint64_t rlp_u64(struct rlp *rlp) {
    struct bytes item = integer(rlp, 8);
    uint64_t value = 0;
    for (size_t i = 0; i < item.length; i++) {
        value = value << 8 | item.bytes[i];
    }
    return value;
}

u256 rlp_u256(struct rlp *rlp) {
    struct bytes item = integer(rlp, 32);
    u256 value;
    u256_load(&value, item.bytes, item.length);
    return value;
}

struct bytes rlp_raw(struct rlp *rlp) {
    const uint8_t *start = rlp->at;
    if (rlp_next_is_list(rlp)) {
        rlp_list(rlp);
    } else {
        rlp_string(rlp);
    }
    return (struct bytes){start, (size_t)(rlp->at - start)};
}

void rlp_close(const struct rlp *rlp) {
    if (rlp->at != rlp->end) {
        malformed(rlp);
    }
}

uint8_t *rlp_put_prefix(uint8_t *out, uint8_t base, size_t length) {
    if (length <= 55) {
        *out++ = (uint8_t)(base + length);
        return out;
    }
    unsigned bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
    *out++ = (uint8_t)(base + 55 + bytes);
    while (bytes > 0) {
        *out++ = (uint8_t)(length >> 8 * --bytes);
    }
    return out;
}

uint8_t *rlp_put_string(uint8_t *out, const uint8_t *bytes, size_t length) {
    if (length != 1 || *bytes >= 0x80) {
        out = rlp_put_prefix(out, 0x80, length);
    }
    memcpy(out, bytes, length);
    return out + length;
}

uint8_t *rlp_put_u64(uint8_t *out, uint64_t value) {
    u256 wide = u256_from(value);
    return rlp_put_u256(out, &wide);
}

uint8_t *rlp_put_u256(uint8_t *out, const u256 *value) {
    if (u256_fits32(value) && value->w[0] < 0x80) {
        *out = value->w[0] == 0 ? 0x80 : (uint8_t)value->w[0];
        return out + 1;
    }
    unsigned bytes = (u256_bits(value) + 7) / 8;
    *out++ = (uint8_t)(0x80 + bytes);
    while (bytes > 0) {
        bytes--;
        *out++ = (uint8_t)(value->w[bytes / 4] >> 8 * (bytes % 4));
    }
    return out;
}

uint8_t *rlp_wrap(uint8_t *payload, size_t length) {
    uint8_t prefix[RLP_PREFIX];
    size_t size = (size_t)(rlp_put_prefix(prefix, 0xc0, length) - prefix);
    memcpy(payload - size, prefix, size);
    return payload - size;
}
