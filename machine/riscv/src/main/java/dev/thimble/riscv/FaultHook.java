package dev.thimble.riscv;

import org.jspecify.annotations.Nullable;

/** Applies at most one fault to the values that pass through it. */
final class FaultHook {
    private final @Nullable Fault fault;
    private boolean applied;

    FaultHook(@Nullable Fault fault) {
        this.fault = fault;
    }

    /** Tells whether the fault was met on the way. */
    boolean applied() {
        return applied;
    }

    /** Returns the value, with bits inverted if the fault is of this kind and in this row. */
    int pass(Fault.Kind kind, int row, int value) {
        if (fault == null || fault.row() != row || fault.kind() != kind) {
            return value;
        }
        applied = true;
        return value ^ fault.flip();
    }

    /** Returns the decision, negated if the fault is a branch fault in this row. */
    boolean pass(int row, boolean taken) {
        if (fault == null || fault.row() != row || fault.kind() != Fault.Kind.BRANCH) {
            return taken;
        }
        applied = true;
        return !taken;
    }

    /** Changes a register or a word if the fault is of one of these kinds and in this row. */
    void change(int row, Fault.Kind registerKind, int[] registers, Fault.Kind memoryKind, Memory memory) {
        if (fault == null || fault.row() != row) {
            return;
        }
        if (fault.kind() == registerKind) {
            registers[fault.target()] ^= fault.flip();
            applied = true;
        } else if (fault.kind() == memoryKind) {
            memory.store(fault.target(), memory.load(fault.target()) ^ fault.flip());
            applied = true;
        }
    }
}
