/** The MAIN_VM and MEMORY circuits and the batch verifier. */
@NullMarked
package dev.thimble.riscvcircuits;

import org.jspecify.annotations.NullMarked;
