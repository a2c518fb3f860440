package dev.thimble.riscvcircuits;

import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscv.SyscallTable;
import dev.thimble.riscv.Transfer;
import java.util.List;

/** What the rows of a log say of system calls. */
final class SystemCall {
    private static final int ECALL_WORD = 0x0000_0073;

    private SystemCall() {}

    /** True iff the row is an ECALL row (not one of its transfers). */
    static boolean isCall(SegmentLog log, int row) {
        return log.instructionIndex()[row] >= 0 && log.instructionWord()[row] == ECALL_WORD;
    }

    /** True iff transfers follow the row. */
    static boolean hasTransfers(SegmentLog log, int row) {
        return isCall(log, row) && (log.syscall()[row] == Syscall.HINT || isPrecompile(log.syscall()[row]));
    }

    /** True iff the number is that of a precompile. */
    static boolean isPrecompile(int number) {
        return SyscallTable.standard()
                .find(number)
                .filter(Syscall::isPrecompile)
                .isPresent();
    }

    /** True iff the call of this number reads words before it replaces others. */
    static boolean readsFirst(int number) {
        return SyscallTable.standard().find(number).filter(Syscall::readsFirst).isPresent();
    }

    /** True iff the row is a transfer that keeps its word. */
    static boolean isRead(SegmentLog log, int row) {
        int index = log.transferIndex()[row];
        return index >= 0 && transfers(log, row).get(index).direction() == Transfer.Direction.READ;
    }

    /** All transfers of the call that the row belongs to. */
    static List<Transfer> transfers(SegmentLog log, int row) {
        return SyscallTable.standard().find(log.syscall()[row]).orElseThrow().transfers();
    }

    static boolean isCommit(SegmentLog log, int row) {
        return isCall(log, row) && log.syscall()[row] == Syscall.COMMIT;
    }
}
