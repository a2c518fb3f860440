package dev.thimble.chain;

import java.util.Set;

/** The opcodes of the Cancun rules. */
public final class Opcodes {
    private static final int PUSH1 = 0x60;
    private static final int PUSH32 = 0x7f;
    /** Defined opcodes as ranges, first and last. */
    private static final int[][] DEFINED = {
        {0x00, 0x0b}, {0x10, 0x1d}, {0x20, 0x20}, {0x30, 0x4a}, {0x50, 0xa4}, {0xf0, 0xf5}, {0xfa, 0xfa}, {0xfd, 0xff}
    };

    private Opcodes() {}

    /** Adds the defined opcodes of a code, without what it pushes, to a set. */
    public static void collect(byte[] code, Set<Integer> opcodes) {
        for (int pc = 0; pc < code.length; pc++) {
            int opcode = code[pc] & 0xFF;
            if (isDefined(opcode)) {
                opcodes.add(opcode);
            }
            if (opcode >= PUSH1 && opcode <= PUSH32) {
                pc += opcode - PUSH1 + 1;
            }
        }
    }

    private static boolean isDefined(int opcode) {
        for (int[] range : DEFINED) {
            if (opcode >= range[0] && opcode <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
