package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Term;
import dev.thimble.riscv.PrecompileCall;
import java.util.List;

/** What the circuits share: limbs of words and messages. */
final class Calls {
    private Calls() {}

    /** The low limb of a system call's number, which names the operation on the bus. */
    static int operation(int number) {
        return number & 0xFFFF;
    }

    /** 16-bit limbs of words, low limb first. */
    static int[] limbs(int[] words, int from, int count) {
        int[] limbs = new int[2 * count];
        for (int i = 0; i < count; i++) {
            limbs[2 * i] = words[from + i] & 0xFFFF;
            limbs[2 * i + 1] = words[from + i] >>> 16;
        }
        return limbs;
    }

    /** Takes one word of a call; its old and new limbs stand at 2·position of two lists of columns. */
    static void take(
            Constraints cs,
            String name,
            Term selected,
            Term operation,
            Call call,
            Term index,
            List<Column> old,
            List<Column> next,
            int position) {
        cs.take(
                "word " + position + " of " + name,
                PrecompileCircuit.WORDS,
                selected,
                operation,
                call.segment,
                call.clock,
                index,
                old.get(2 * position),
                old.get(2 * position + 1),
                next.get(2 * position),
                next.get(2 * position + 1));
    }

    /** Shared: which call a row belongs to. */
    record Call(Column segment, Column clock) {
        static Call in(Constraints cs) {
            return new Call(cs.shared("segment"), cs.shared("clock"));
        }

        void fill(int[][] shared, int row, PrecompileCall call) {
            shared[segment.index()][row] = call.segment();
            shared[clock.index()][row] = call.clock();
        }
    }
}
