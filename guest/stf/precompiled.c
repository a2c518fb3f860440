/* Which contract it is, what it costs; the small ones. */
#include "precompiled.h"

#include "evm.h"
#include "secp256k1.h"

enum contract {
    ECRECOVER = 1,
    SHA256,
    RIPEMD160,
    IDENTITY,
    MODEXP,
    BN254_ADD,
    BN254_MULTIPLY,
    BN254_PAIRING,
    BLAKE2F,
    POINT_EVALUATION
};

#define BLAKE2F_INPUT 213
#define PAIR_BYTES 192
#define POINT_EVALUATION_INPUT 192
#define GAS_POINT_EVALUATION 50000

unsigned precompiled_number(const address *address) {
    uint32_t last = swap32(address->w[4]);
    int small = (address->w[0] | address->w[1] | address->w[2] | address->w[3]) == 0 && last <= PRECOMPILED_CONTRACTS;
    return small ? last : 0;
}

static int price(unsigned number, struct bytes input, uint64_t *gas) {
    uint64_t words = evm_words(input.length);
    switch (number) {
    case ECRECOVER: *gas = 3000; return 1;
    case SHA256: *gas = 60 + 12 * words; return 1;
    case RIPEMD160: *gas = 600 + 120 * words; return 1;
    case IDENTITY: *gas = 15 + 3 * words; return 1;
    case MODEXP: return modexp_gas(input, gas);
    case BN254_ADD: *gas = 150; return 1;
    case BN254_MULTIPLY: *gas = 6000; return 1;
    case BN254_PAIRING: *gas = 45000 + 34000 * (uint64_t)(input.length / PAIR_BYTES); return 1;
    case BLAKE2F: {
        if (input.length != BLAKE2F_INPUT) {
            return 0;
        }
        const uint8_t *rounds = input.bytes;
        *gas = (uint32_t)rounds[0] << 24 | (uint32_t)rounds[1] << 16 | (uint32_t)rounds[2] << 8 | rounds[3];
        return 1;
    }
    default: *gas = GAS_POINT_EVALUATION; return 1;
    }
}

/* Empty output if there is no signer. */
static void recover(struct bytes input, uint8_t output[32], struct bytes *result) {
    static const u256 zero;
    uint32_t words[32];
    evm_copy((uint8_t *)words, 128, input, &zero);
    const uint8_t *bytes = (uint8_t *)words;
    hash32 digest = hash_from(bytes);
    u256 v, r, s;
    address signer;
    u256_load(&v, bytes + 32, 32);
    u256_load(&r, bytes + 64, 32);
    u256_load(&s, bytes + 96, 32);
    if (!u256_fits32(&v) || (v.w[0] != 27 && v.w[0] != 28) ||
        !secp256k1_recover(&signer, &digest, &r, &s, v.w[0] == 28)) {
        return;
    }
    memcpy(output + 12, &signer, 20);
    *result = (struct bytes){output, 32};
}

/* What can be refused without the pairing of BLS12-381: length, the hash of the commitment, numbers of r or more. */
static int may_be_valid_evaluation(struct bytes input) {
    static const u256 r = {
        {0x00000001, 0xffffffff, 0xfffe5bfe, 0x53bda402, 0x09a1d805, 0x3339d808, 0x299d7d48, 0x73eda753}};
    if (input.length != POINT_EVALUATION_INPUT) {
        return 0;
    }
    uint8_t hash[32];
    u256 z, y;
    sha256(hash, input.bytes + 96, 48);
    hash[0] = 1;
    u256_load(&z, input.bytes + 32, 32);
    u256_load(&y, input.bytes + 64, 32);
    return memcmp(hash, input.bytes, 32) == 0 && u256_less(&z, &r) && u256_less(&y, &r);
}

static int compute(unsigned number, struct bytes input, struct bytes *output) {
    static uint32_t buffer[16];
    uint8_t *bytes = (uint8_t *)buffer;
    memset(buffer, 0, sizeof buffer);
    *output = (struct bytes){bytes, 32};
    switch (number) {
    case ECRECOVER:
        output->length = 0;
        recover(input, bytes, output);
        return 1;
    case SHA256: sha256(bytes, input.bytes, input.length); return 1;
    case RIPEMD160: ripemd160(bytes + 12, input.bytes, input.length); return 1;
    case IDENTITY: *output = input; return 1;
    case MODEXP: modexp(input, output); return 1;
    case BN254_ADD: output->length = 64; return bn254_add(bytes, input);
    case BN254_MULTIPLY: output->length = 64; return bn254_multiply(bytes, input);
    case BN254_PAIRING: return bn254_pairing(bytes, input);
    case BLAKE2F:
        output->length = 64;
        if (input.bytes[BLAKE2F_INPUT - 1] > 1) {
            return 0;
        }
        blake2f(bytes, input.bytes);
        return 1;
    default:
        if (may_be_valid_evaluation(input)) {
            fail(EXIT_UNSUPPORTED, "UNSUPPORTED POINT_EVALUATION");
        }
        return 0;
    }
}

int precompiled_run(unsigned number, struct bytes input, uint64_t *gas, struct bytes *output) {
    uint64_t cost;
    if (!price(number, input, &cost) || *gas < cost) {
        return 0;
    }
    *gas -= cost;
    return compute(number, input, output);
}
