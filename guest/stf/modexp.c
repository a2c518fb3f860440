/* b^e mod m on numbers of any length (EIP-198, price of EIP-2565). */
#include "evm.h"
#include "precompiled.h"

#define LENGTHS 96 /* bytes: three lengths of 32 */
#define MINIMUM_GAS 200
#define MAXIMUM_LENGTH (1u << 24)
#define HUGE_GAS (8ull * (0xffffffff - 32) / 3) /* at least what operands of 2^32 bytes or more cost */

struct operands {
    u256 base_length, exponent_length, modulus_length;
};

static struct operands read_lengths(struct bytes input) {
    static const u256 zero;
    struct operands lengths;
    uint32_t words[LENGTHS / 4];
    uint8_t *bytes = (uint8_t *)words;
    evm_copy(bytes, LENGTHS, input, &zero);
    u256_load(&lengths.base_length, bytes, 32);
    u256_load(&lengths.exponent_length, bytes + 32, 32);
    u256_load(&lengths.modulus_length, bytes + 64, 32);
    return lengths;
}

/* Neither base nor modulus: then the length of the exponent does not count. */
static int is_free(const struct operands *lengths) {
    return u256_is_zero(&lengths->base_length) && u256_is_zero(&lengths->modulus_length);
}

static int fits32(const struct operands *lengths) {
    return u256_fits32(&lengths->base_length) && u256_fits32(&lengths->exponent_length) &&
           u256_fits32(&lengths->modulus_length);
}

/* The first 32 bytes of the exponent, or all of them if there are fewer. */
static u256 exponent_head(struct bytes input, const struct operands *lengths) {
    static const u256 offset = {{LENGTHS}};
    uint32_t words[8], size = 32;
    u256 from, head;
    if (u256_fits32(&lengths->exponent_length) && lengths->exponent_length.w[0] < size) {
        size = lengths->exponent_length.w[0];
    }
    if (u256_add(&from, &offset, &lengths->base_length)) {
        return u256_from(0);
    }
    evm_copy((uint8_t *)words, size, input, &from);
    u256_load(&head, (uint8_t *)words, size);
    return head;
}

int modexp_gas(struct bytes input, uint64_t *gas) {
    struct operands lengths = read_lengths(input);
    const u256 *base = &lengths.base_length, *exponent = &lengths.exponent_length, *modulus = &lengths.modulus_length;
    if (is_free(&lengths)) {
        *gas = MINIMUM_GAS;
        return 1;
    }
    if (!fits32(&lengths)) {
        *gas = HUGE_GAS;
        return 1;
    }
    u256 head = exponent_head(input, &lengths);
    unsigned bits = u256_bits(&head);
    uint64_t iterations = bits == 0 ? 0 : bits - 1;
    if (exponent->w[0] > 32) {
        iterations += 8 * ((uint64_t)exponent->w[0] - 32);
    }
    uint64_t words = ((uint64_t)(base->w[0] > modulus->w[0] ? base->w[0] : modulus->w[0]) + 7) / 8;
    u256 cost = u256_from(words * words), factor = u256_from(iterations == 0 ? 1 : iterations), rest;
    const u256 three = u256_from(3);
    u256_mul(&cost, &cost, &factor);
    u256_divmod(&cost, &rest, &cost, &three);
    *gas = u256_low64(&cost) < MINIMUM_GAS ? MINIMUM_GAS : u256_low64(&cost);
    return u256_fits64(&cost);
}

/* Little-endian words. */
struct number {
    uint32_t *words;
    unsigned count;
};

static struct number new_number(unsigned count) {
    return (struct number){arena_take(4 * (size_t)count), count};
}

/* A big-endian operand in the input, which goes on with zeros. */
static struct number read_number(struct bytes input, uint64_t offset, uint32_t length) {
    const u256 from = u256_from(offset);
    uint8_t *bytes = arena_take(length);
    evm_copy(bytes, length, input, &from);
    struct number number = new_number((length + 3) / 4);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t place = length - 1 - i;
        number.words[place / 4] |= (uint32_t)bytes[i] << 8 * (place % 4);
    }
    while (number.count > 0 && number.words[number.count - 1] == 0) {
        number.count--;
    }
    return number;
}

static int bit(const struct number *number, uint32_t index) {
    return number->words[index / 32] >> index % 32 & 1;
}

/* A modulus of at most 256 bits, with the accelerator. The base in pieces of 256 bits, the highest first. */
static u256 small_power(const struct number *base, const struct number *exponent, const struct number *modulus) {
    u256 m = {{0}}, b = {{0}}, shift = {{0}}, result = u256_from(1);
    const u256 one = u256_from(1);
    memcpy(m.w, modulus->words, 4 * modulus->count);
    u256_negate(&shift, &m); /* 2^256 - m */
    u256_mulmod(&shift, &shift, &one, &m);
    for (unsigned piece = (base->count + 7) / 8; piece > 0; piece--) {
        unsigned from = 8 * (piece - 1), count = base->count - from < 8 ? base->count - from : 8;
        u256 low = {{0}};
        memcpy(low.w, base->words + from, 4 * count);
        u256_mulmod(&b, &b, &shift, &m);
        u256_addmod(&b, &b, &low, &m);
    }
    u256_mulmod(&result, &result, &one, &m);
    for (uint32_t i = 32 * exponent->count; i > 0; i--) {
        u256_mulmod(&result, &result, &result, &m);
        if (bit(exponent, i - 1)) {
            u256_mulmod(&result, &result, &b, &m);
        }
    }
    return result;
}

/* x mod m in place, m of two words or more with the top bit set; x has a word more than it needs. */
static void reduce(uint32_t *x, unsigned count, const struct number *m) {
    for (unsigned i = count - m->count; i > 0; i--) {
        u256_divide_step(x + i - 1, m->words, m->count);
    }
}

/* result = a * b mod m; product has room for both and a word more. */
static void multiply(uint32_t *result, const uint32_t *a, const uint32_t *b, const struct number *m,
                     uint32_t *product) {
    unsigned n = m->count;
    memset(product, 0, 4 * (2 * (size_t)n + 1));
    for (unsigned i = 0; i < n; i++) {
        uint32_t carry = 0;
        for (unsigned j = 0; j < n; j++) {
            uint64_t t = (uint64_t)a[i] * b[j] + product[i + j] + carry;
            product[i + j] = (uint32_t)t;
            carry = (uint32_t)(t >> 32);
        }
        product[i + n] = carry;
    }
    reduce(product, 2 * n + 1, m);
    memcpy(result, product, 4 * (size_t)n);
}

static void shift_left(uint32_t *words, unsigned count, unsigned by) {
    for (unsigned i = count; by > 0 && i > 0; i--) {
        words[i - 1] = words[i - 1] << by | (i > 1 ? words[i - 2] >> (32 - by) : 0);
    }
}

static void shift_right(uint32_t *words, unsigned count, unsigned by) {
    for (unsigned i = 0; by > 0 && i < count; i++) {
        words[i] = words[i] >> by | (i + 1 < count ? words[i + 1] << (32 - by) : 0);
    }
}

/* All is done mod m * 2^shift, so that the top bit of the modulus is set; residues are multiples of 2^shift only in the
 * end. */
static struct number large_power(const struct number *base, const struct number *exponent, struct number modulus) {
    unsigned n = modulus.count, shift = u256_leading_zeros(modulus.words[n - 1]);
    unsigned room = (base->count > 2 * n ? base->count : 2 * n) + 2;
    struct number result = new_number(n), b = new_number(n), work = new_number(room);
    shift_left(modulus.words, n, shift);
    memcpy(work.words, base->words, 4 * (size_t)base->count);
    reduce(work.words, room, &modulus);
    memcpy(b.words, work.words, 4 * (size_t)n);
    result.words[0] = 1;
    for (uint32_t i = 32 * exponent->count; i > 0; i--) {
        multiply(result.words, result.words, result.words, &modulus, work.words);
        if (bit(exponent, i - 1)) {
            multiply(result.words, result.words, b.words, &modulus, work.words);
        }
    }
    /* The residue mod m: shifted up, reduced once more, shifted down. */
    memset(work.words, 0, 4 * (size_t)room);
    memcpy(work.words, result.words, 4 * (size_t)n);
    shift_left(work.words, n + 1, shift);
    reduce(work.words, n + 2, &modulus);
    shift_right(work.words, n, shift);
    memcpy(result.words, work.words, 4 * (size_t)n);
    return result;
}

static void write_number(uint8_t *bytes, uint32_t length, const uint32_t *words, unsigned count) {
    for (uint32_t i = 0; i < length && i / 4 < count; i++) {
        bytes[length - 1 - i] = (uint8_t)(words[i / 4] >> 8 * (i % 4));
    }
}

void modexp(struct bytes input, struct bytes *output) {
    struct operands lengths = read_lengths(input);
    uint32_t modulus_length = lengths.modulus_length.w[0];
    *output = NO_BYTES;
    if (!is_free(&lengths) && !fits32(&lengths)) {
        fail(EXIT_MEMORY, "operand of modexp");
    }
    if (u256_is_zero(&lengths.modulus_length)) {
        return;
    }
    uint32_t base_length = lengths.base_length.w[0], exponent_length = lengths.exponent_length.w[0];
    if (modulus_length > MAXIMUM_LENGTH || base_length > MAXIMUM_LENGTH || exponent_length > MAXIMUM_LENGTH) {
        fail(EXIT_MEMORY, "operand of modexp");
    }
    uint8_t *bytes = arena_take(modulus_length);
    *output = (struct bytes){bytes, modulus_length};
    size_t mark = arena_mark();
    uint64_t offset = LENGTHS;
    struct number base = read_number(input, offset, base_length);
    struct number exponent = read_number(input, offset += base_length, exponent_length);
    struct number modulus = read_number(input, offset += exponent_length, modulus_length);
    if (modulus.count > 8) {
        struct number result = large_power(&base, &exponent, modulus);
        write_number(bytes, modulus_length, result.words, result.count);
    } else if (modulus.count > 0) {
        u256 result = small_power(&base, &exponent, &modulus);
        write_number(bytes, modulus_length, result.w, 8);
    }
    arena_release(mark);
}
