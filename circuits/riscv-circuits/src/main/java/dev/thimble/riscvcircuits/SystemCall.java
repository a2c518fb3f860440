package dev.thimble.riscvcircuits;

import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;

/** What the rows of a log say of system calls. */
final class SystemCall {
    private static final int ECALL_WORD = 0x0000_0073;

    private SystemCall() {}

    /** True iff the row is an ECALL row (not one of its transfers). */
    static boolean isCall(SegmentLog log, int row) {
        return log.instructionIndex()[row] >= 0 && log.instructionWord()[row] == ECALL_WORD;
    }

    static boolean isCommit(SegmentLog log, int row) {
        return isCall(log, row) && log.syscall()[row] == Syscall.COMMIT;
    }
}
