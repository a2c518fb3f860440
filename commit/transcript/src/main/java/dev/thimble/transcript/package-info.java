/** Duplex Fiat-Shamir transcript and grinding. */
@NullMarked
package dev.thimble.transcript;

import org.jspecify.annotations.NullMarked;
