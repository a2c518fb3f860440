/* Whether a product of pairings is 1 (EIP-197): the optimal ate pairing (Vercauteren 2010) with affine lines on the
 * twist y^2 = x^3 + 3 / (9 + u), all pairs in one Miller loop. */
#include "bn254_field.h"
#include "precompiled.h"

#define PAIR_BYTES 192

/* The curve's parameter x, and 6x + 2 without its top bit, which is bit 64. */
#define PARAMETER 0x44e992b44a6909f1ull
#define LOOP 0x9d797039be763ba8ull

static const u256 ORDER = {
    {0xf0000001, 0x43e1f593, 0x79b97091, 0x2833e848, 0x8181585d, 0xb85045b6, 0xe131a029, 0x30644e72}};
static const fp2 TWIST_B = {
    {{0x24a138e5, 0x3267e6dc, 0x59dbefa3, 0xb5b4c5e5, 0x1be06ac3, 0x81be1899, 0xceb8aaae, 0x2b149d40}},
    {{0x85c315d2, 0xe4a2bd06, 0xe52d1852, 0xa74fa084, 0xeed8fdf4, 0xcd2cafad, 0x3af0fed4, 0x009713b0}}};

struct twist_point {
    fp2 x, y;
    int infinite;
};

struct pair {
    fp x, y;                 /* of the point on the curve */
    struct twist_point q, t; /* the point on the twist, its multiple in the loop */
};

/* The slope of the line through both points, the tangent if they are equal; 0 if it is vertical. */
static int slope(fp2 *lambda, const struct twist_point *p, const struct twist_point *q) {
    fp2 rise, run;
    if (!fp2_equal(&p->x, &q->x)) {
        rise = fp2_sub(&q->y, &p->y);
        run = fp2_sub(&q->x, &p->x);
    } else if (fp2_equal(&p->y, &q->y) && !fp2_is_zero(&p->y)) {
        fp2 square = fp2_mul(&p->x, &p->x), twice = fp2_add(&square, &square);
        rise = fp2_add(&twice, &square);
        run = fp2_add(&p->y, &p->y);
    } else {
        return 0;
    }
    run = fp2_inverse(&run);
    *lambda = fp2_mul(&rise, &run);
    return 1;
}

static struct twist_point chord(const struct twist_point *p, const struct twist_point *q, const fp2 *lambda) {
    struct twist_point sum = {.infinite = 0};
    sum.x = fp2_mul(lambda, lambda);
    sum.x = fp2_sub(&sum.x, &p->x);
    sum.x = fp2_sub(&sum.x, &q->x);
    sum.y = fp2_sub(&p->x, &sum.x);
    sum.y = fp2_mul(lambda, &sum.y);
    sum.y = fp2_sub(&sum.y, &p->y);
    return sum;
}

static struct twist_point add(const struct twist_point *p, const struct twist_point *q) {
    fp2 lambda;
    if (p->infinite || q->infinite) {
        return p->infinite ? *q : *p;
    }
    if (!slope(&lambda, p, q)) {
        return (struct twist_point){.infinite = 1};
    }
    return chord(p, q, &lambda);
}

static int in_subgroup(const struct twist_point *q) {
    struct twist_point product = {.infinite = 1};
    for (unsigned i = u256_bits(&ORDER); i > 0; i--) {
        product = add(&product, &product);
        if (ORDER.w[(i - 1) / 32] >> (i - 1) % 32 & 1) {
            product = add(&product, q);
        }
    }
    return product.infinite;
}

static int read_coordinate(fp *x, const uint8_t *bytes) {
    u256_load(x, bytes, 32);
    return u256_less(x, &BN254_MODULUS);
}

static int on_curve(const fp *x, const fp *y) {
    static const fp three = {{3}};
    fp left = fp_mul(y, y), right = fp_mul(x, x);
    right = fp_mul(&right, x);
    right = fp_add(&right, &three);
    return u256_equal(&left, &right);
}

static int on_twist(const struct twist_point *q) {
    fp2 left = fp2_mul(&q->y, &q->y), right = fp2_mul(&q->x, &q->x);
    right = fp2_mul(&right, &q->x);
    right = fp2_add(&right, &TWIST_B);
    return fp2_equal(&left, &right);
}

/* Gives whether the pair counts (no point is infinite); returns 0 if it is invalid. Imaginary parts come first. */
static int read_pair(struct pair *pair, int *counts, const uint8_t *bytes) {
    struct twist_point *q = &pair->q;
    if (!read_coordinate(&pair->x, bytes) || !read_coordinate(&pair->y, bytes + 32) ||
        !read_coordinate(&q->x.b, bytes + 64) || !read_coordinate(&q->x.a, bytes + 96) ||
        !read_coordinate(&q->y.b, bytes + 128) || !read_coordinate(&q->y.a, bytes + 160)) {
        return 0;
    }
    int infinite = u256_is_zero(&pair->x) && u256_is_zero(&pair->y);
    q->infinite = fp2_is_zero(&q->x) && fp2_is_zero(&q->y);
    pair->t = *q;
    *counts = !infinite && !q->infinite;
    return (infinite || on_curve(&pair->x, &pair->y)) && (q->infinite || (on_twist(q) && in_subgroup(q)));
}

/* Multiplies f with the line through t and q at the point, and moves t on:
 * y - lambda x w + (lambda x_t - y_t) w^3. */
static void step(fp12 *f, struct pair *pair, const struct twist_point *q) {
    static const fp zero;
    fp2 lambda;
    fp12 line = {.a.a.a = pair->y};
    if (!slope(&lambda, &pair->t, q)) {
        fail(EXIT_INVALID_BLOCK, "vertical line of a point in the subgroup");
    }
    fp minus_x = fp_sub(&zero, &pair->x);
    line.b.a = fp2_scale(&lambda, &minus_x);
    line.b.b = fp2_mul(&lambda, &pair->t.x);
    line.b.b = fp2_sub(&line.b.b, &pair->t.y);
    *f = fp12_mul(f, &line);
    pair->t = chord(&pair->t, q, &lambda);
}

static struct twist_point frobenius(const struct twist_point *q) {
    fp2 x = fp2_conjugate(&q->x), y = fp2_conjugate(&q->y);
    return (struct twist_point){fp2_mul(&x, &BN254_FROBENIUS[1]), fp2_mul(&y, &BN254_FROBENIUS[2]), 0};
}

static fp12 miller_loop(struct pair *pairs, size_t count) {
    fp12 f = fp12_one();
    for (int bit = 63; bit >= 0; bit--) {
        f = fp12_square(&f);
        for (size_t i = 0; i < count; i++) {
            step(&f, pairs + i, &pairs[i].t);
            if (LOOP >> bit & 1) {
                step(&f, pairs + i, &pairs[i].q);
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct twist_point q = frobenius(&pairs[i].q);
        step(&f, pairs + i, &q);
        q = frobenius(&q);
        q.y = fp2_negate(&q.y);
        step(&f, pairs + i, &q);
    }
    return f;
}

static fp12 power(const fp12 *x) {
    fp12 result = *x;
    for (int bit = 61; bit >= 0; bit--) {
        result = fp12_square(&result);
        if (PARAMETER >> bit & 1) {
            result = fp12_mul(&result, x);
        }
    }
    return result;
}

/* f^((p^6 - 1)(p^2 + 1)) */
static fp12 easy_part(const fp12 *f) {
    fp12 conjugate = fp12_conjugate(f), inverse = fp12_inverse(f), g = fp12_mul(&conjugate, &inverse);
    fp12 twice = fp12_frobenius(&g);
    twice = fp12_frobenius(&twice);
    return fp12_mul(&twice, &g);
}

/* f^((p^4 - p^2 + 1) / r) by the addition chain of Scott et al., "On the final exponentiation", 2009: the exponent is
 * y0 y1^2 y2^6 y3^12 y4^18 y5^30 y6^36. */
static fp12 hard_part(const fp12 *f) {
    fp12 fp1 = fp12_frobenius(f), fp_2 = fp12_frobenius(&fp1), fp_3 = fp12_frobenius(&fp_2);
    fp12 fx = power(f), fx2 = power(&fx), fx3 = power(&fx2);
    fp12 fx_p = fp12_frobenius(&fx), fx2_p = fp12_frobenius(&fx2), fx3_p = fp12_frobenius(&fx3);
    fp12 y0 = fp12_mul(&fp1, &fp_2);
    y0 = fp12_mul(&y0, &fp_3);
    fp12 y1 = fp12_conjugate(f), y2 = fp12_frobenius(&fx2_p), y3 = fp12_conjugate(&fx_p);
    fp12 y4 = fp12_mul(&fx, &fx2_p), y5 = fp12_conjugate(&fx2), y6 = fp12_mul(&fx3, &fx3_p);
    y4 = fp12_conjugate(&y4);
    y6 = fp12_conjugate(&y6);

    fp12 t0 = fp12_square(&y6);
    t0 = fp12_mul(&t0, &y4);
    t0 = fp12_mul(&t0, &y5);
    fp12 t1 = fp12_mul(&y3, &y5);
    t1 = fp12_mul(&t1, &t0);
    t0 = fp12_mul(&t0, &y2);
    t1 = fp12_square(&t1);
    t1 = fp12_mul(&t1, &t0);
    t1 = fp12_square(&t1);
    t0 = fp12_mul(&t1, &y1);
    t1 = fp12_mul(&t1, &y0);
    t0 = fp12_square(&t0);
    return fp12_mul(&t0, &t1);
}

int bn254_pairing(uint8_t output[32], struct bytes input) {
    if (input.length % PAIR_BYTES != 0) {
        return 0;
    }
    size_t count = 0, given = input.length / PAIR_BYTES, mark = arena_mark();
    struct pair *pairs = arena_take(given * sizeof *pairs);
    for (size_t i = 0; i < given; i++) {
        int counts;
        if (!read_pair(pairs + count, &counts, input.bytes + i * PAIR_BYTES)) {
            return 0;
        }
        count += (size_t)counts;
    }
    fp12 f = miller_loop(pairs, count);
    arena_release(mark);
    f = easy_part(&f);
    f = hard_part(&f);
    output[31] = (uint8_t)fp12_is_one(&f);
    return 1;
}
