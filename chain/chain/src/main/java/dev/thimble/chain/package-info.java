/** RLP, transactions, tries and the state transition function in the emulator. */
@NullMarked
package dev.thimble.chain;

import org.jspecify.annotations.NullMarked;
