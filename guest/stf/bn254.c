/* Addition and multiplication on y^2 = x^3 + 3 (EIP-196), affine: an inverse is a hint and a multiplication. */
#include "bn254_field.h"
#include "evm.h"
#include "precompiled.h"

struct point {
    fp x, y;
    int infinite;
};

static const struct point INFINITY = {.infinite = 1};

/* Both coordinates 0 stand for infinity. Returns 0 if it is not a point. */
static int read_point(struct point *point, const uint8_t bytes[64]) {
    static const fp three = {{3}};
    u256_load(&point->x, bytes, 32);
    u256_load(&point->y, bytes + 32, 32);
    point->infinite = u256_is_zero(&point->x) && u256_is_zero(&point->y);
    if (!u256_less(&point->x, &BN254_MODULUS) || !u256_less(&point->y, &BN254_MODULUS)) {
        return 0;
    }
    fp left = fp_mul(&point->y, &point->y), right = fp_mul(&point->x, &point->x);
    right = fp_mul(&right, &point->x);
    right = fp_add(&right, &three);
    return point->infinite || u256_equal(&left, &right);
}

static void write_point(uint8_t bytes[64], const struct point *point) {
    static const fp zero;
    u256_store(bytes, point->infinite ? &zero : &point->x);
    u256_store(bytes + 32, point->infinite ? &zero : &point->y);
}

static struct point add(const struct point *p, const struct point *q) {
    if (p->infinite || q->infinite) {
        return p->infinite ? *q : *p;
    }
    fp rise, run;
    if (!u256_equal(&p->x, &q->x)) {
        rise = fp_sub(&q->y, &p->y);
        run = fp_sub(&q->x, &p->x);
    } else if (u256_equal(&p->y, &q->y) && !u256_is_zero(&p->y)) {
        fp square = fp_mul(&p->x, &p->x), twice = fp_add(&square, &square);
        rise = fp_add(&twice, &square);
        run = fp_add(&p->y, &p->y);
    } else {
        return INFINITY;
    }
    run = fp_inverse(&run);
    fp slope = fp_mul(&rise, &run);
    struct point sum = {.infinite = 0};
    sum.x = fp_mul(&slope, &slope);
    sum.x = fp_sub(&sum.x, &p->x);
    sum.x = fp_sub(&sum.x, &q->x);
    sum.y = fp_sub(&p->x, &sum.x);
    sum.y = fp_mul(&slope, &sum.y);
    sum.y = fp_sub(&sum.y, &p->y);
    return sum;
}

int bn254_add(uint8_t output[64], struct bytes input) {
    static const u256 zero;
    uint32_t words[32];
    uint8_t *bytes = (uint8_t *)words;
    struct point p, q;
    evm_copy(bytes, 128, input, &zero);
    if (!read_point(&p, bytes) || !read_point(&q, bytes + 64)) {
        return 0;
    }
    p = add(&p, &q);
    write_point(output, &p);
    return 1;
}

int bn254_multiply(uint8_t output[64], struct bytes input) {
    static const u256 zero;
    uint32_t words[24];
    uint8_t *bytes = (uint8_t *)words;
    struct point p, product = INFINITY;
    u256 scalar;
    evm_copy(bytes, 96, input, &zero);
    if (!read_point(&p, bytes)) {
        return 0;
    }
    u256_load(&scalar, bytes + 64, 32);
    for (unsigned i = u256_bits(&scalar); i > 0; i--) {
        product = add(&product, &product);
        if (scalar.w[(i - 1) / 32] >> (i - 1) % 32 & 1) {
            product = add(&product, &p);
        }
    }
    write_point(output, &product);
    return 1;
}
