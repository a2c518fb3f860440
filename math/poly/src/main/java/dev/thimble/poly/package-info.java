/** NTT, coset low-degree extension, interpolation. */
@NullMarked
package dev.thimble.poly;

import org.jspecify.annotations.NullMarked;
