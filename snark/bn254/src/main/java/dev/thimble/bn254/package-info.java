/** BN254: fields, curve groups, pairing, multi-scalar multiplication, FFT. */
@NullMarked
package dev.thimble.bn254;

import org.jspecify.annotations.NullMarked;
