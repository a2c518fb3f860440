/** Expressions, constraints, buses, the tape and the row checker. */
@NullMarked
package dev.thimble.air;

import org.jspecify.annotations.NullMarked;
