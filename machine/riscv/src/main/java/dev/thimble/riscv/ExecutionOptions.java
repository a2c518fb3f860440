package dev.thimble.riscv;

/**
 * How a program is executed.
 *
 * @param syscalls the machine's system calls
 * @param hints the stream of hint words
 * @param limits size of a segment
 * @param maximumCycles instructions after which the run is given up
 * @param debugSink receives what the program prints with WRITE
 */
public record ExecutionOptions(
        SyscallTable syscalls, HintSource hints, SegmentLimits limits, long maximumCycles, DebugSink debugSink) {

    /** Receives debug output: stream number and bytes. */
    @FunctionalInterface
    public interface DebugSink {
        /** Takes the bytes of one WRITE. */
        void write(int stream, byte[] bytes);
    }

    public ExecutionOptions {
        int transfers = syscalls.maximumTransfers();
        if (limits.rows() < 1 + transfers || limits.words() < transfers) {
            throw new IllegalArgumentException(
                    "limits " + limits + " do not hold the largest system call (" + transfers + " transfers)");
        }
        if (maximumCycles < 0) {
            throw new IllegalArgumentException("maximumCycles " + maximumCycles + " is negative");
        }
    }

    /** Standard system calls, no hints, segments of 2^18 rows, no cycle limit, debug output dropped. */
    public static ExecutionOptions defaults() {
        SegmentLimits limits = new SegmentLimits(1 << 18, 1 << 18);
        return new ExecutionOptions(SyscallTable.standard(), HintSource.none(), limits, Long.MAX_VALUE, (_, _) -> {});
    }

    /** Returns these options with other system calls. */
    public ExecutionOptions withSyscalls(SyscallTable newSyscalls) {
        return new ExecutionOptions(newSyscalls, hints, limits, maximumCycles, debugSink);
    }

    /** Returns these options with another hint stream. */
    public ExecutionOptions withHints(HintSource newHints) {
        return new ExecutionOptions(syscalls, newHints, limits, maximumCycles, debugSink);
    }

    /** Returns these options with another segment size. */
    public ExecutionOptions withLimits(SegmentLimits newLimits) {
        return new ExecutionOptions(syscalls, hints, newLimits, maximumCycles, debugSink);
    }

    /** Returns these options with another cycle limit. */
    public ExecutionOptions withMaximumCycles(long newMaximumCycles) {
        return new ExecutionOptions(syscalls, hints, limits, newMaximumCycles, debugSink);
    }

    /** Returns these options with another receiver of debug output. */
    public ExecutionOptions withDebugSink(DebugSink newDebugSink) {
        return new ExecutionOptions(syscalls, hints, limits, maximumCycles, newDebugSink);
    }
}
