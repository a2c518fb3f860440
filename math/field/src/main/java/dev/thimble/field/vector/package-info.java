/**
 * The Vector API twin of the bulk kernels. Only classes here import {@code jdk.incubator.vector}; the rest of the
 * module names them as strings. The shape of the code follows what the compiler keeps in registers: no helper methods on
 * vectors, at most about a hundred vector operations per method, {@code int[]} between methods.
 *
 * <p>Two patterns recur. A sum s below 2p is reduced to the smaller, as unsigned integers, of s and s - p. A Montgomery
 * product takes the 64-bit products of the even and of the odd lanes, subtracts q p with q = product * mu modulo 2^32
 * (mu = 2^31 + 2^24 + 1: two shifts), which leaves the low half zero, and joins the high halves.
 */
@NullMarked
package dev.thimble.field.vector;

import org.jspecify.annotations.NullMarked;
