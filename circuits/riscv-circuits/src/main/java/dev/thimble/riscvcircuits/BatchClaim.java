package dev.thimble.riscvcircuits;

import java.util.List;

/**
 * What is claimed of a batch beside its proofs.
 *
 * @param output the program's eight output words
 * @param nonce the nonce of the batch seed
 */
public record BatchClaim(List<Integer> output, int nonce) {
    public BatchClaim {
        output = List.copyOf(output);
    }
}
