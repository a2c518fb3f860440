package dev.thimble.riscv;

/** An ELF file that this machine cannot run; the message is one line that says why and what to do. */
public final class ElfException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public enum Code {
        NOT_ELF,
        WRONG_ISA,
        COMPRESSED,
        NOT_EXECUTABLE,
        NOT_STATIC,
        BAD_SEGMENT,
        TOO_LARGE,
        BAD_ENTRY
    }

    private final Code code;

    ElfException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns what is wrong. */
    public Code code() {
        return code;
    }
}
