package dev.thimble.riscv;

import java.util.Locale;

/** Carries a trap from the instruction that caused it to the loop that ends the run. */
final class TrapException extends RuntimeException {
    private final TrapKind kind;
    private final int pc;
    private final int address;

    TrapException(TrapKind kind, int pc, int address) {
        super(describe(kind, pc, address), null, false, false);
        this.kind = kind;
        this.pc = pc;
        this.address = address;
    }

    Outcome.Trapped outcome() {
        return new Outcome.Trapped(kind, pc, address, describe(kind, pc, address));
    }

    private static String describe(TrapKind kind, int pc, int address) {
        String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String value = switch (kind) {
            case ILLEGAL_INSTRUCTION, BREAKPOINT -> "instruction word";
            case UNKNOWN_SYSCALL -> "number";
            case OUTPUT_INDEX, OUTPUT_REPEATED, OUTPUT_INCOMPLETE -> "index";
            default -> "address";
        };
        return String.format(Locale.ROOT, "%s at pc 0x%08x, %s 0x%08x", what, pc, value, address);
    }
}
