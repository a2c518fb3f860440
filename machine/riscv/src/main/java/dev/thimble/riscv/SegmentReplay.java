package dev.thimble.riscv;

import java.util.Locale;
import java.util.Optional;

/** Executes one segment again from its input alone and writes its log. */
public final class SegmentReplay {
    private SegmentReplay() {}

    /**
     * Replays a segment. Everything the executor said about it is checked: the rows, the hint words, that no address is
     * touched without a record, and every record's final value.
     *
     * @throws InvalidSegmentException if the input does not describe an execution of this program
     */
    public static SegmentLog replay(Program program, SyscallTable syscalls, SegmentInput input) {
        Replayer replayer = new Replayer(program, syscalls, input, new FaultHook(null));
        SegmentLog log;
        try {
            log = replayer.run();
        } catch (TrapException trap) {
            throw new InvalidSegmentException("segment " + input.segment() + " traps: " + trap.getMessage());
        }
        if (replayer.memory.touched() != 0) {
            throw new InvalidSegmentException(
                    "segment " + input.segment() + " touches " + replayer.memory.touched() + " words without a record");
        }
        checkBoundary(replayer, input);
        return log;
    }

    private static void checkBoundary(Replayer replayer, SegmentInput input) {
        BoundaryRecords boundary = input.boundary();
        int recorded = 0;
        for (int i = 0; i < boundary.size(); i++) {
            boolean register = boundary.space(i) == MemoryMap.SPACE_REGISTER;
            recorded |= register ? 1 << boundary.address(i) : 0;
            if (valueOf(replayer, register, boundary.address(i)) != boundary.valueOut(i)) {
                throw new InvalidSegmentException(String.format(
                        Locale.ROOT,
                        "segment %d ends with another value at space %d address 0x%x than its record says",
                        input.segment(),
                        boundary.space(i),
                        boundary.address(i)));
            }
        }
        if ((replayer.accessedRegisters & ~recorded) != 0) {
            throw new InvalidSegmentException("segment " + input.segment() + " accesses a register without a record");
        }
    }

    private static int valueOf(Replayer replayer, boolean register, int address) {
        return register ? replayer.registers[address] : replayer.memory.peek(address);
    }

    /**
     * Replays a segment with one fault and carries on from the wrong state: the claim of a dishonest prover. The final
     * values of the records are those of the faulty run; words that only it touches get a record with value and
     * timestamp 0.
     *
     * @return nothing if the fault does not apply to its row, or the faulty run traps or leaves the segment
     */
    public static Optional<FaultedSegment> replayWithFault(
            Program program, SyscallTable syscalls, SegmentInput input, Fault fault) {
        FaultHook hook = new FaultHook(fault);
        Replayer replayer = new Replayer(program, syscalls, input, hook);
        SegmentLog log;
        try {
            log = replayer.run();
        } catch (TrapException | InvalidSegmentException outside) {
            return Optional.empty();
        }
        if (!hook.applied()) {
            return Optional.empty();
        }
        SegmentInput claimed = new SegmentInput(
                input.segment(), input.entryPc(), input.rows(), claimedBoundary(replayer, input), input.hints());
        return Optional.of(new FaultedSegment(claimed, log, isExecution(program, syscalls, claimed, log)));
    }

    private static boolean isExecution(Program program, SyscallTable syscalls, SegmentInput claimed, SegmentLog log) {
        try {
            return replay(program, syscalls, claimed).sameAs(log);
        } catch (InvalidSegmentException different) {
            return false;
        }
    }

    private static BoundaryRecords claimedBoundary(Replayer replayer, SegmentInput input) {
        BoundaryRecords boundary = input.boundary();
        int[] known = new int[SegmentLimits.REGISTERS];
        int recorded = 0;
        BoundaryRecords.Builder records =
                new BoundaryRecords.Builder(boundary.size() + SegmentLimits.REGISTERS + replayer.memory.touched());
        int first = 0;
        while (first < boundary.size() && boundary.space(first) == MemoryMap.SPACE_REGISTER) {
            recorded |= 1 << boundary.address(first);
            known[boundary.address(first)] = first;
            first++;
        }
        for (int register = 0; register < known.length; register++) {
            if ((recorded >>> register & 1) != 0) {
                int i = known[register];
                records.add(
                        MemoryMap.SPACE_REGISTER,
                        register,
                        boundary.valueIn(i),
                        boundary.timestampIn(i),
                        replayer.registers[register]);
            } else if ((replayer.accessedRegisters >>> register & 1) != 0) {
                records.add(MemoryMap.SPACE_REGISTER, register, 0, 0, replayer.registers[register]);
            }
        }
        replayer.memory.merge(boundary, first, records);
        return records.build();
    }
}
