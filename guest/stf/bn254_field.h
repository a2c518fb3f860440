/* The field of the curve bn254 (EIP-196) and its extensions:
 * Fp2 = Fp[u] / (u^2 + 1), Fp6 = Fp2[v] / (v^3 - (9 + u)), Fp12 = Fp6[w] / (w^2 - v). */
#ifndef STF_BN254_FIELD_H
#define STF_BN254_FIELD_H

#include "base.h"

typedef u256 fp;
typedef struct {
    fp a, b; /* a + b u */
} fp2;
typedef struct {
    fp2 a, b, c; /* a + b v + c v^2 */
} fp6;
typedef struct {
    fp6 a, b; /* a + b w */
} fp12;

extern const fp BN254_MODULUS;

fp fp_add(const fp *x, const fp *y);
fp fp_sub(const fp *x, const fp *y);
fp fp_mul(const fp *x, const fp *y);
/* Of a value that is not 0. */
fp fp_inverse(const fp *x);

fp2 fp2_add(const fp2 *x, const fp2 *y);
fp2 fp2_sub(const fp2 *x, const fp2 *y);
fp2 fp2_mul(const fp2 *x, const fp2 *y);
fp2 fp2_scale(const fp2 *x, const fp *y);
fp2 fp2_negate(const fp2 *x);
fp2 fp2_conjugate(const fp2 *x);
fp2 fp2_inverse(const fp2 *x);
int fp2_is_zero(const fp2 *x);
int fp2_equal(const fp2 *x, const fp2 *y);

/* (9 + u)^(k (p - 1) / 6) for k = 1 to 5, at k - 1. */
extern const fp2 BN254_FROBENIUS[5];

fp12 fp12_one(void);
fp12 fp12_mul(const fp12 *x, const fp12 *y);
fp12 fp12_square(const fp12 *x);
fp12 fp12_conjugate(const fp12 *x);
fp12 fp12_inverse(const fp12 *x);
/* x^p */
fp12 fp12_frobenius(const fp12 *x);
int fp12_is_one(const fp12 *x);

#endif
