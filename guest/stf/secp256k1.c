/* Recovery: Q = (s R - z G) / r. Both multiples at once: one doubling a bit (Shamir), digits in non-adjacent form.
 *
 * The accelerators are incomplete: equal x and infinity are told apart before every addition. Every point here is on
 * the curve (G by definition, R by its square root), whose order is an odd prime: no point but infinity has y = 0, and
 * the small odd multiples of a point have different x. */
#include "secp256k1.h"

#include "host.h"
#include "keccak.h"

#define DIGITS 257
#define GENERATOR_WIDTH 7
#define POINT_WIDTH 5
#define TABLE(width) (1u << ((width) - 2))

union point {
    struct {
        u256 x, y;
    };
    uint32_t words[16];
};

/* Odd multiples 1P, 3P, 5P ... and their negatives. */
struct multiples {
    union point positive[TABLE(GENERATOR_WIDTH)];
    union point negative[TABLE(GENERATOR_WIDTH)];
};

static const u256 P = {
    {0xfffffc2f, 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}};
static const u256 N = {
    {0xd0364141, 0xbfd25e8c, 0xaf48a03b, 0xbaaedce6, 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff}};
static const union point G = {.words = {0x16f81798, 0x59f2815b, 0x2dce28d9, 0x029bfcdb, 0xce870b07, 0x55a06295,
                                        0xf9dcbbac, 0x79be667e, 0xfb10d4b8, 0x9c47d08f, 0xa6855419, 0xfd17b448,
                                        0x0e1108a8, 0x5da4fbfc, 0x26a3c465, 0x483ada77}};
const u256 SECP256K1_HALF_ORDER = {
    {0x681b20a0, 0xdfe92f46, 0x57a4501d, 0x5d576e73, 0xffffffff, 0xffffffff, 0xffffffff, 0x7fffffff}};

static struct multiples generator_multiples;
static int generator_ready;

void secp256k1_reset(void) {
    generator_ready = 0;
}

static void fill(struct multiples *multiples, const union point *point, unsigned count) {
    union point twice = *point, *positive = multiples->positive;
    thimble_secp256k1_double(twice.words);
    positive[0] = *point;
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) {
            positive[i] = positive[i - 1];
            thimble_secp256k1_add(positive[i].words, twice.words);
        }
        multiples->negative[i].x = positive[i].x;
        u256_sub(&multiples->negative[i].y, &P, &positive[i].y);
    }
}

/* Odd digits below 2^(width - 1) in magnitude, at least width - 1 zeros between two of them. */
static void recode(int8_t digits[DIGITS], const u256 *scalar, unsigned width) {
    uint32_t words[9];
    memcpy(words, scalar, 32);
    words[8] = 0;
    memset(digits, 0, DIGITS);
    uint32_t carry = 0;
    for (unsigned i = 0; i < DIGITS;) {
        if ((words[i / 32] >> (i % 32) & 1) == carry) {
            i++;
            continue;
        }
        uint32_t window = words[i / 32] >> (i % 32);
        if (i % 32 + width > 32 && i / 32 < 8) {
            window |= words[i / 32 + 1] << (32 - i % 32);
        }
        window = (window & ((1u << width) - 1)) + carry;
        carry = window >> (width - 1);
        digits[i] = (int8_t)((int32_t)window - (int32_t)(carry << width));
        i += width;
    }
}

struct sum {
    union point point;
    int infinite;
};

static void add(struct sum *sum, const union point *point) {
    if (sum->infinite) {
        sum->point = *point;
        sum->infinite = 0;
    } else if (!u256_equal(&sum->point.x, &point->x)) {
        thimble_secp256k1_add(sum->point.words, point->words);
    } else if (u256_equal(&sum->point.y, &point->y)) {
        thimble_secp256k1_double(sum->point.words);
    } else {
        sum->infinite = 1;
    }
}

static void add_digit(struct sum *sum, const struct multiples *multiples, int digit) {
    if (digit > 0) {
        add(sum, multiples->positive + (digit >> 1));
    } else if (digit < 0) {
        add(sum, multiples->negative + (-digit >> 1));
    }
}

/* sum = u G + v R. */
static void combine(struct sum *sum, const u256 *u, const u256 *v, const union point *r) {
    static struct multiples multiples;
    int8_t u_digits[DIGITS], v_digits[DIGITS];
    if (!generator_ready) {
        fill(&generator_multiples, &G, TABLE(GENERATOR_WIDTH));
        generator_ready = 1;
    }
    fill(&multiples, r, TABLE(POINT_WIDTH));
    recode(u_digits, u, GENERATOR_WIDTH);
    recode(v_digits, v, POINT_WIDTH);
    sum->infinite = 1;
    for (int i = DIGITS - 1; i >= 0; i--) {
        if (!sum->infinite) {
            thimble_secp256k1_double(sum->point.words);
        }
        add_digit(sum, &generator_multiples, u_digits[i]);
        add_digit(sum, &multiples, v_digits[i]);
    }
}

/* The point with this x, if there is one. */
static int lift(union point *point, const u256 *x, int y_is_odd) {
    const u256 seven = u256_from(7);
    u256 cube;
    u256_mulmod(&cube, x, x, &P);
    u256_mulmod(&cube, &cube, x, &P);
    if (u256_add(&cube, &cube, &seven) || !u256_less(&cube, &P)) {
        u256_sub(&cube, &cube, &P);
    }
    if (!host_square_root(&point->y, SECP256K1_P, &P, &cube)) {
        return 0;
    }
    point->x = *x;
    if ((point->y.w[0] & 1) != (uint32_t)y_is_odd) {
        u256_sub(&point->y, &P, &point->y);
    }
    return 1;
}

int secp256k1_recover(address *signer, const hash32 *digest, const u256 *r, const u256 *s, int y_is_odd) {
    union point point;
    struct sum sum;
    u256 inverse, u, v, z = hash_to_u256(digest);
    if (u256_is_zero(r) || u256_is_zero(s) || !u256_less(r, &N) || !u256_less(s, &N) || !lift(&point, r, y_is_odd)) {
        return 0;
    }
    host_inverse(&inverse, SECP256K1_N, &N, r);
    u256_mulmod(&u, &z, &inverse, &N);
    if (!u256_is_zero(&u)) {
        u256_sub(&u, &N, &u);
    }
    u256_mulmod(&v, s, &inverse, &N);
    combine(&sum, &u, &v, &point);
    if (sum.infinite) {
        return 0;
    }
    hash32 key[2] = {hash_from_u256(&sum.point.x), hash_from_u256(&sum.point.y)}, hash;
    keccak(&hash, key[0].bytes, 64);
    memcpy(signer, hash.bytes + 12, 20);
    return 1;
}
