/* Fp6 and Fp12 of bn254_field.h. */
#include "bn254_field.h"

/* x (9 + u) */
static fp2 times_xi(const fp2 *x) {
    static const fp2 xi = {{{9}}, {{1}}};
    return fp2_mul(x, &xi);
}

static fp6 fp6_add(const fp6 *x, const fp6 *y) {
    return (fp6){fp2_add(&x->a, &y->a), fp2_add(&x->b, &y->b), fp2_add(&x->c, &y->c)};
}

static fp6 fp6_sub(const fp6 *x, const fp6 *y) {
    return (fp6){fp2_sub(&x->a, &y->a), fp2_sub(&x->b, &y->b), fp2_sub(&x->c, &y->c)};
}

static fp6 times_v(const fp6 *x) {
    return (fp6){times_xi(&x->c), x->a, x->b};
}

/* x_i y_j + x_j y_i from x_i y_i and x_j y_j. */
static fp2 cross(const fp2 *xi, const fp2 *xj, const fp2 *yi, const fp2 *yj, const fp2 *ii, const fp2 *jj) {
    fp2 x = fp2_add(xi, xj), y = fp2_add(yi, yj), product = fp2_mul(&x, &y);
    product = fp2_sub(&product, ii);
    return fp2_sub(&product, jj);
}

static fp6 fp6_mul(const fp6 *x, const fp6 *y) {
    fp2 aa = fp2_mul(&x->a, &y->a), bb = fp2_mul(&x->b, &y->b), cc = fp2_mul(&x->c, &y->c);
    fp2 bc = cross(&x->b, &x->c, &y->b, &y->c, &bb, &cc), ab = cross(&x->a, &x->b, &y->a, &y->b, &aa, &bb);
    fp2 ac = cross(&x->a, &x->c, &y->a, &y->c, &aa, &cc);
    bc = times_xi(&bc);
    cc = times_xi(&cc);
    return (fp6){fp2_add(&aa, &bc), fp2_add(&ab, &cc), fp2_add(&ac, &bb)};
}

static fp6 fp6_scale(const fp6 *x, const fp2 *y) {
    return (fp6){fp2_mul(&x->a, y), fp2_mul(&x->b, y), fp2_mul(&x->c, y)};
}

/* From the adjoint: (a^2 - xi b c, xi c^2 - a b, b^2 - a c) over the norm. */
static fp6 fp6_inverse(const fp6 *x) {
    fp2 aa = fp2_mul(&x->a, &x->a), bb = fp2_mul(&x->b, &x->b), cc = fp2_mul(&x->c, &x->c);
    fp2 ab = fp2_mul(&x->a, &x->b), ac = fp2_mul(&x->a, &x->c), bc = fp2_mul(&x->b, &x->c);
    bc = times_xi(&bc);
    cc = times_xi(&cc);
    fp6 adjoint = {fp2_sub(&aa, &bc), fp2_sub(&cc, &ab), fp2_sub(&bb, &ac)};
    fp2 norm = fp2_mul(&x->a, &adjoint.a), second = fp2_mul(&x->c, &adjoint.b), third = fp2_mul(&x->b, &adjoint.c);
    second = fp2_add(&second, &third);
    second = times_xi(&second);
    norm = fp2_add(&norm, &second);
    norm = fp2_inverse(&norm);
    return fp6_scale(&adjoint, &norm);
}

fp12 fp12_one(void) {
    return (fp12){.a.a.a = {{1}}};
}

fp12 fp12_mul(const fp12 *x, const fp12 *y) {
    fp6 low = fp6_mul(&x->a, &y->a), high = fp6_mul(&x->b, &y->b);
    fp6 x_sum = fp6_add(&x->a, &x->b), y_sum = fp6_add(&y->a, &y->b);
    fp6 middle = fp6_mul(&x_sum, &y_sum);
    middle = fp6_sub(&middle, &low);
    middle = fp6_sub(&middle, &high);
    high = times_v(&high);
    return (fp12){fp6_add(&low, &high), middle};
}

/* (a + b w)^2 = (a + b)(a + v b) - ab - v ab + 2 ab w */
fp12 fp12_square(const fp12 *x) {
    fp6 product = fp6_mul(&x->a, &x->b), shifted = times_v(&x->b);
    fp6 left = fp6_add(&x->a, &x->b), right = fp6_add(&x->a, &shifted);
    fp6 low = fp6_mul(&left, &right);
    low = fp6_sub(&low, &product);
    shifted = times_v(&product);
    return (fp12){fp6_sub(&low, &shifted), fp6_add(&product, &product)};
}

fp12 fp12_conjugate(const fp12 *x) {
    static const fp6 zero;
    return (fp12){x->a, fp6_sub(&zero, &x->b)};
}

fp12 fp12_inverse(const fp12 *x) {
    fp6 a = fp6_mul(&x->a, &x->a), b = fp6_mul(&x->b, &x->b);
    b = times_v(&b);
    fp6 norm = fp6_sub(&a, &b), inverse = fp6_inverse(&norm);
    fp12 conjugate = fp12_conjugate(x);
    return (fp12){fp6_mul(&conjugate.a, &inverse), fp6_mul(&conjugate.b, &inverse)};
}

/* Each coefficient of w^k is conjugated and multiplied with (9 + u)^(k (p - 1) / 6). */
static fp2 frobenius(const fp2 *x, unsigned k) {
    fp2 conjugate = fp2_conjugate(x);
    return k == 0 ? conjugate : fp2_mul(&conjugate, &BN254_FROBENIUS[k - 1]);
}

fp12 fp12_frobenius(const fp12 *x) {
    return (fp12){{frobenius(&x->a.a, 0), frobenius(&x->a.b, 2), frobenius(&x->a.c, 4)},
                  {frobenius(&x->b.a, 1), frobenius(&x->b.b, 3), frobenius(&x->b.c, 5)}};
}

int fp12_is_one(const fp12 *x) {
    fp12 one = fp12_one();
    return memcmp(x, &one, sizeof one) == 0;
}
