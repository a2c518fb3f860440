/** From a witness trace to a STARK proof. */
@NullMarked
package dev.thimble.starkprover;

import org.jspecify.annotations.NullMarked;
