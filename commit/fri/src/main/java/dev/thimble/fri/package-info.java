/**
 * FRI: proves that a committed function over a coset is close to a polynomial of low degree.
 *
 * <p>{@link dev.thimble.fri.FriParameters} says how (blow-up, queries, arity, cap, grinding, regime);
 * {@link dev.thimble.fri.FriProver} commits to the layers, folds and answers the queries;
 * {@link dev.thimble.fri.FriVerifier} checks them and never throws on bad proofs. {@link dev.thimble.fri.Soundness}
 * turns parameters into error terms. Proof bytes go through {@link dev.thimble.fri.ElementReader} and
 * {@link dev.thimble.fri.ElementWriter}: every length is known from the parameters, so nothing in the bytes says one.
 *
 * <p>Start with {@code FriVerifier}. Papers: Ben-Sasson, Bentov, Horesh, Riabzev, FRI (ICALP 2018); soundness by
 * ePrint 2025/2055 ("BCHKS25").
 */
@NullMarked
package dev.thimble.fri;

import org.jspecify.annotations.NullMarked;
