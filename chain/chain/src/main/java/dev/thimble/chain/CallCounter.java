package dev.thimble.chain;

import dev.thimble.riscv.Precompile;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscv.SyscallTable;
import java.util.HashMap;
import java.util.Map;

/** Counts the accelerated system calls of a run by their numbers. */
final class CallCounter {
    private static final int KECCAK_PERMUTE = 0x010109;
    private static final int SECP256K1_ADD = 0x01010A;
    private static final int SECP256K1_DOUBLE = 0x00010B;
    private static final int UINT256_MUL = 0x01011D;

    private final Map<Integer, Long> counts = new HashMap<>();

    /** The same table, whose calls are counted. */
    SyscallTable counting(SyscallTable table) {
        return table.map(call -> new Syscall(call.number(), call.name(), call.transfers(), counting(call)));
    }

    private Precompile counting(Syscall call) {
        return (oldWords, newWords) -> {
            counts.merge(call.number(), 1L, Long::sum);
            call.precompile().apply(oldWords, newWords);
        };
    }

    StfCost.Calls calls() {
        return new StfCost.Calls(
                count(KECCAK_PERMUTE), count(SECP256K1_ADD) + count(SECP256K1_DOUBLE), count(UINT256_MUL));
    }

    private long count(int number) {
        return counts.getOrDefault(number, 0L);
    }
}
