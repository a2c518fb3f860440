package dev.thimble.chain;

/**
 * What proving a run takes.
 *
 * @param cycles executed instructions
 * @param rows instruction and transfer rows of the main circuit
 * @param segments instances of the main circuit
 * @param touchedWords registers and memory words of the whole run
 * @param calls accelerated system calls
 */
public record StfCost(long cycles, long rows, int segments, long touchedWords, Calls calls) {
    /** Accelerated system calls by the circuit that proves them; a point addition and a doubling are one each. */
    public record Calls(long keccak, long secp256k1, long u256) {}
}
