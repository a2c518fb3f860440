package dev.thimble.server;

import dev.thimble.chain.StfCost;
import dev.thimble.riscv.WitnessInput;

/**
 * What a batch is proven from.
 *
 * @param input what its program is run on
 * @param cost what proving that run takes
 */
record BatchWitness(WitnessInput input, StfCost cost) {}
