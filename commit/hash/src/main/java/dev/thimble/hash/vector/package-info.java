/**
 * The Vector API twin of bulk hashing. Only classes here import {@code jdk.incubator.vector}; the rest of the module
 * names them as strings. The shape of the code follows what the compiler keeps in registers: no helper methods on
 * vectors, at most about a hundred vector operations per method, {@code int[]} between methods.
 */
@NullMarked
package dev.thimble.hash.vector;

import org.jspecify.annotations.NullMarked;
