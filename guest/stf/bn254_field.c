#include "bn254_field.h"

#include "host.h"

const fp BN254_MODULUS = {
    {0xd87cfd47, 0x3c208c16, 0x6871ca8d, 0x97816a91, 0x8181585d, 0xb85045b6, 0xe131a029, 0x30644e72}};

const fp2 BN254_FROBENIUS[5] = {
    {{{0xdcc9e470, 0xd60b35da, 0x292f2176, 0x5c521e08, 0x76e68b60, 0xe8b99fdd, 0x2865a7df, 0x1284b71c}},
     {{0x80f362ac, 0xca5cf05f, 0x8eeec7e5, 0x74799277, 0x12150b8e, 0xa6327cfe, 0xb4fae7e6, 0x246996f3}}},
    {{{0x176f553d, 0x99e39557, 0xc2c3330c, 0xb78cc310, 0xf559b143, 0x4c0bec3c, 0x4f7911f7, 0x2fb34798}},
     {{0x640fcba2, 0x1665d51c, 0x0b7c9dce, 0x32ae2a1d, 0xd75a0794, 0x4ba4cc8b, 0x61ebae20, 0x16c9e550}}},
    {{{0x71a0135a, 0xdc540146, 0xa9c95998, 0xdbaae0ed, 0xb6e2f9b9, 0xdc5ec698, 0x489af5dc, 0x063cf305}},
     {{0x2623b0e3, 0x82d37f63, 0x8fa25bd2, 0x21807dc9, 0xec796f2b, 0x0704b5a7, 0xac41049a, 0x07c03cbc}}},
    {{{0x921ea762, 0x848a1f55, 0xbe94ec72, 0xd33365f7, 0x5a181e84, 0x80f3c0b7, 0x64eea801, 0x05b54f5e}},
     {{0xcd2b8126, 0xc13b4711, 0x1bdec763, 0x3685d2ea, 0x3b0b1c92, 0x9f3a80b0, 0xe7fd8aee, 0x2c145edb}}},
    {{{0xeab7692f, 0x2ea2c810, 0x55aa1bd3, 0x425c459b, 0xa4353ff4, 0xe93a3661, 0x4f798649, 0x0183c1e7}},
     {{0x6e0c2c4b, 0x24c6b8ee, 0x678e2ac0, 0xb080cb99, 0xc7729f7d, 0xa27fb246, 0x76fd0675, 0x12acf2ca}}}};

fp fp_add(const fp *x, const fp *y) {
    fp sum;
    u256_add(&sum, x, y);
    if (!u256_less(&sum, &BN254_MODULUS)) {
        u256_sub(&sum, &sum, &BN254_MODULUS);
    }
    return sum;
}

fp fp_sub(const fp *x, const fp *y) {
    fp difference;
    if (u256_sub(&difference, x, y)) {
        u256_add(&difference, &difference, &BN254_MODULUS);
    }
    return difference;
}

fp fp_mul(const fp *x, const fp *y) {
    fp product;
    u256_mulmod(&product, x, y, &BN254_MODULUS);
    return product;
}

fp fp_inverse(const fp *x) {
    fp inverse;
    host_inverse(&inverse, BN254_P, &BN254_MODULUS, x);
    return inverse;
}

fp2 fp2_add(const fp2 *x, const fp2 *y) {
    return (fp2){fp_add(&x->a, &y->a), fp_add(&x->b, &y->b)};
}

fp2 fp2_sub(const fp2 *x, const fp2 *y) {
    return (fp2){fp_sub(&x->a, &y->a), fp_sub(&x->b, &y->b)};
}

fp2 fp2_mul(const fp2 *x, const fp2 *y) {
    fp low = fp_mul(&x->a, &y->a), high = fp_mul(&x->b, &y->b);
    fp x_sum = fp_add(&x->a, &x->b), y_sum = fp_add(&y->a, &y->b);
    fp cross = fp_mul(&x_sum, &y_sum);
    cross = fp_sub(&cross, &low);
    return (fp2){fp_sub(&low, &high), fp_sub(&cross, &high)};
}

fp2 fp2_scale(const fp2 *x, const fp *y) {
    return (fp2){fp_mul(&x->a, y), fp_mul(&x->b, y)};
}

fp2 fp2_negate(const fp2 *x) {
    static const fp2 zero;
    return fp2_sub(&zero, x);
}

fp2 fp2_conjugate(const fp2 *x) {
    static const fp zero;
    return (fp2){x->a, fp_sub(&zero, &x->b)};
}

fp2 fp2_inverse(const fp2 *x) {
    fp a = fp_mul(&x->a, &x->a), b = fp_mul(&x->b, &x->b);
    fp norm = fp_add(&a, &b), inverse = fp_inverse(&norm);
    fp2 conjugate = fp2_conjugate(x);
    return fp2_scale(&conjugate, &inverse);
}

int fp2_is_zero(const fp2 *x) {
    return u256_is_zero(&x->a) && u256_is_zero(&x->b);
}

int fp2_equal(const fp2 *x, const fp2 *y) {
    return u256_equal(&x->a, &y->a) && u256_equal(&x->b, &y->b);
}
