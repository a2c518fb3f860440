package dev.thimble.chain;

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
}
