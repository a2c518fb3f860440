package dev.thimble.chain;

import dev.thimble.riscv.Execution;
import dev.thimble.riscv.Syscall;
import java.util.Map;

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
    public record Calls(long keccak, long secp256k1, long u256) {
        /** Sums counts by system call number. */
        static Calls of(Map<Integer, Long> byNumber) {
            return new Calls(
                    byNumber.getOrDefault(Syscall.KECCAK_PERMUTE, 0L),
                    byNumber.getOrDefault(Syscall.SECP256K1_ADD, 0L)
                            + byNumber.getOrDefault(Syscall.SECP256K1_DOUBLE, 0L),
                    byNumber.getOrDefault(Syscall.UINT256_MUL, 0L));
        }
    }

    /** Of nothing. */
    public static final StfCost NONE = new StfCost(0, 0, 0, 0, new Calls(0, 0, 0));

    /** What this and another run take together. */
    public StfCost plus(StfCost other) {
        return new StfCost(
                cycles + other.cycles,
                rows + other.rows,
                segments + other.segments,
                touchedWords + other.touchedWords,
                new Calls(
                        calls.keccak + other.calls.keccak,
                        calls.secp256k1 + other.calls.secp256k1,
                        calls.u256 + other.calls.u256));
    }

    /** What an execution took. */
    public static StfCost of(Execution execution) {
        return new StfCost(
                execution.cycles(),
                execution.rows(),
                execution.segments(),
                execution.memory().size(),
                Calls.of(execution.calls()));
    }
}
