/**
 * Polynomials over KoalaBear by their values: the number-theoretic transform, low-degree extension on a coset, and
 * barycentric evaluation at a point of the extension.
 *
 * <p>A column of 2^n values in natural order stands for the polynomial of degree below 2^n that takes value i at w^i,
 * w = {@code KoalaBear.rootOfUnity(n)}. Its low-degree extension holds the values at g w'^i, g = 3, in natural order.
 *
 * <p>Start with {@link dev.thimble.poly.CosetLde}.
 */
@NullMarked
package dev.thimble.poly;

import org.jspecify.annotations.NullMarked;
