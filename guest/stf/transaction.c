#include "transaction.h"

#include "gas.h"
#include "keccak.h"
#include "secp256k1.h"

#define GAS_TRANSACTION 21000
#define GAS_ZERO_BYTE 4
#define GAS_DATA_BYTE 16
#define GAS_ACCESS_ADDRESS 2400
#define GAS_ACCESS_KEY 1900

static _Noreturn void invalid(const char *reason) {
    fail(EXIT_INVALID_TRANSACTION, reason);
}

/* What is signed: the items from start to end, then a tail, as a list, after the type if it has one. */
static hash32 signing_hash(uint8_t type, const uint8_t *start, const uint8_t *end, struct bytes tail) {
    size_t length = (size_t)(end - start);
    uint8_t *payload = (uint8_t *)arena_take(12 + length + tail.length) + 12;
    memcpy(payload, start, length);
    memcpy(payload + length, tail.bytes, tail.length);
    uint8_t *from = rlp_wrap(payload, length + tail.length);
    if (type > 0) {
        *--from = type;
    }
    hash32 hash;
    keccak(&hash, from, (size_t)(payload + length + tail.length - from));
    return hash;
}

static void recover(struct transaction *transaction, const hash32 *digest, struct rlp *fields, int y_is_odd) {
    u256 r = rlp_u256(fields), s = rlp_u256(fields);
    rlp_close(fields);
    if (u256_less(&SECP256K1_HALF_ORDER, &s) || !secp256k1_recover(&transaction->sender, digest, &r, &s, y_is_odd)) {
        invalid("signature");
    }
}

static void decode_to(struct transaction *transaction, struct rlp *fields) {
    struct bytes to = rlp_string(fields);
    if (to.length != 0 && to.length != 20) {
        invalid("length of the recipient");
    }
    transaction->creates = to.length == 0;
    memcpy(&transaction->to, to.bytes, to.length);
}

/* Recipient, value, data. */
static void decode_call(struct transaction *transaction, struct rlp *fields) {
    decode_to(transaction, fields);
    transaction->value = rlp_u256(fields);
    transaction->data = rlp_string(fields);
}

static void decode_legacy(struct transaction *transaction, struct rlp fields, uint64_t chain_id) {
    const uint8_t *start = fields.at;
    transaction->nonce = rlp_u64(&fields);
    transaction->maximum_fee = transaction->maximum_priority_fee = rlp_u256(&fields);
    transaction->gas_limit = rlp_u64(&fields);
    decode_call(transaction, &fields);
    const uint8_t *end = fields.at;
    u256 v = rlp_u256(&fields);
    uint8_t tail[RLP_PREFIX + 2];
    size_t tail_length = 0;
    int y_is_odd;
    if (u256_fits32(&v) && (v.w[0] == 27 || v.w[0] == 28)) {
        y_is_odd = v.w[0] == 28;
    } else {
        u256 base = u256_from(chain_id);
        const u256 offset = u256_from(35);
        u256_add(&base, &base, &base);
        u256_add(&base, &base, &offset);
        u256_sub(&v, &v, &base);
        if (!u256_fits32(&v) || v.w[0] > 1) {
            invalid("chain id");
        }
        y_is_odd = (int)v.w[0];
        uint8_t *behind = rlp_put_u64(tail, chain_id);
        *behind++ = 0x80, *behind++ = 0x80;
        tail_length = (size_t)(behind - tail);
    }
    hash32 digest = signing_hash(0, start, end, (struct bytes){tail, tail_length});
    recover(transaction, &digest, &fields, y_is_odd);
}

static void decode_typed(struct transaction *transaction, struct rlp fields, uint64_t chain_id) {
    const uint8_t *start = fields.at;
    if (rlp_u64(&fields) != chain_id) {
        invalid("chain id");
    }
    transaction->nonce = rlp_u64(&fields);
    transaction->maximum_priority_fee = rlp_u256(&fields);
    transaction->maximum_fee = transaction->type == 1 ? transaction->maximum_priority_fee : rlp_u256(&fields);
    transaction->gas_limit = rlp_u64(&fields);
    decode_call(transaction, &fields);
    transaction->access_list = rlp_list(&fields);
    hash32 digest = signing_hash(transaction->type, start, fields.at, NO_BYTES);
    uint64_t y_is_odd = rlp_u64(&fields);
    if (y_is_odd > 1) {
        invalid("parity of the signature");
    }
    recover(transaction, &digest, &fields, (int)y_is_odd);
}

static uint64_t data_gas(struct bytes data) {
    uint64_t gas = 0;
    for (size_t i = 0; i < data.length; i++) {
        gas += data.bytes[i] == 0 ? GAS_ZERO_BYTE : GAS_DATA_BYTE;
    }
    return gas;
}

static uint64_t access_list_gas(struct rlp list) {
    uint64_t gas = 0;
    while (rlp_more(&list)) {
        struct rlp entry = rlp_list(&list);
        rlp_exact(&entry, 20);
        gas += GAS_ACCESS_ADDRESS;
        for (struct rlp keys = rlp_list(&entry); rlp_more(&keys); gas += GAS_ACCESS_KEY) {
            rlp_exact(&keys, 32);
        }
        rlp_close(&entry);
    }
    return gas;
}

static void check(struct transaction *transaction) {
    uint64_t gas = GAS_TRANSACTION + data_gas(transaction->data) + access_list_gas(transaction->access_list);
    if (transaction->creates) {
        if (transaction->data.length > MAXIMUM_INIT_CODE) {
            invalid("init code too long");
        }
        gas += GAS_CREATE + GAS_INIT_CODE_WORD * ((transaction->data.length + 31) / 32);
    }
    if (gas > transaction->gas_limit) {
        invalid("gas limit below the intrinsic gas");
    }
    if (transaction->nonce == UINT64_MAX) {
        invalid("nonce is the maximum");
    }
    if (u256_less(&transaction->maximum_fee, &transaction->maximum_priority_fee)) {
        invalid("priority fee above the maximum fee");
    }
    transaction->intrinsic_gas = gas;
}

void transaction_decode(struct transaction *transaction, struct bytes encoded, uint64_t chain_id) {
    struct rlp rlp = rlp_open(encoded, EXIT_INVALID_TRANSACTION);
    memset(transaction, 0, sizeof *transaction);
    transaction->access_list = rlp_open((struct bytes){encoded.bytes, 0}, EXIT_INVALID_TRANSACTION);
    if (rlp_next_is_list(&rlp)) {
        decode_legacy(transaction, rlp_list(&rlp), chain_id);
    } else {
        transaction->type = *rlp.at++;
        if (transaction->type == 3) {
            fail(EXIT_UNSUPPORTED, "UNSUPPORTED BLOB_TX");
        }
        if (transaction->type != 1 && transaction->type != 2) {
            invalid("type");
        }
        decode_typed(transaction, rlp_list(&rlp), chain_id);
    }
    rlp_close(&rlp);
    check(transaction);
}
