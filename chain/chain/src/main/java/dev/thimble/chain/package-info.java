/**
 * The chain as the operator sees it, without an EVM: encodings, tries, and the host of the state transition function.
 *
 * <p>State is a {@link dev.thimble.chain.ContentStore}: trie nodes and codes by their digests. It begins with a
 * {@link dev.thimble.chain.Genesis} and grows by what each run of the state transition function notes down. A
 * {@link dev.thimble.chain.StfMachine} runs the guest programs, natively or in the emulator; a
 * {@link dev.thimble.chain.StfHost} answers their requests meanwhile, and these answers are the witness. Nothing here is
 * trusted: what is proven is checked by the guest. Start at {@link dev.thimble.chain.ChainState}.
 */
@NullMarked
package dev.thimble.chain;

import org.jspecify.annotations.NullMarked;
