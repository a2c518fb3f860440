/**
 * Algebraic intermediate representations: what a circuit's trace must satisfy, written once and read by many.
 *
 * <p>An author declares columns and states constraints over {@link dev.thimble.air.Term}s and messages on typed
 * {@link dev.thimble.air.Bus}es through {@link dev.thimble.air.Constraints}. {@link dev.thimble.air.AirProgram#compile}
 * runs the author's code once and keeps a {@link dev.thimble.air.Tape}: a straight-line program. The prover evaluates the
 * tape over blocks of rows, the verifier at one point of the extension field, the {@link dev.thimble.air.RowChecker} over
 * the rows of a trace, the {@link dev.thimble.air.FormulaPrinter} as text. All of them read the same tape, and its
 * encoding is part of the verification key.
 *
 * <p>Start with {@link dev.thimble.air.Constraints}. Background: docs/book/air.md.
 */
@NullMarked
package dev.thimble.air;

import org.jspecify.annotations.NullMarked;
