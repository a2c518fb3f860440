package dev.thimble.riscv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Segments and memory inputs that an honest run does not make, for attacks on circuits. */
public final class ClaimedSegments {
    private ClaimedSegments() {}

    /**
     * The first rows of a segment, executed from other words of memory.
     *
     * @param valueIn the word that a memory record starts with, by its address
     */
    public static FaultedSegment prefix(Program program, SegmentInput segment, int rows, IntUnaryOperator valueIn) {
        BoundaryRecords records = segment.boundary();
        BoundaryRecords.Builder changed = new BoundaryRecords.Builder(records.size());
        for (int i = 0; i < records.size(); i++) {
            boolean memory = records.space(i) == MemoryMap.SPACE_MEMORY;
            int in = memory ? valueIn.applyAsInt(records.address(i)) : records.valueIn(i);
            changed.add(records.space(i), records.address(i), in, records.timestampIn(i), 0);
        }
        SegmentInput shorter =
                new SegmentInput(segment.segment(), segment.entryPc(), rows, changed.build(), segment.hints());
        Replayer replayer = new Replayer(program, SyscallTable.standard(), shorter, new FaultHook(null));
        SegmentLog log = replayer.run();
        return new FaultedSegment(withResults(shorter, shorter.segment(), replayer), log, false);
    }

    /** The same segment at another place of the batch; its addresses were touched by no segment before. */
    public static FaultedSegment moved(Program program, SegmentInput segment, int number) {
        SegmentInput moved =
                new SegmentInput(number, segment.entryPc(), segment.rows(), segment.boundary(), segment.hints());
        Replayer replayer = new Replayer(program, SyscallTable.standard(), moved, new FaultHook(null));
        SegmentLog log = replayer.run();
        return new FaultedSegment(withResults(moved, number, replayer), log, true);
    }

    private static SegmentInput withResults(SegmentInput segment, int number, Replayer replayer) {
        BoundaryRecords records = segment.boundary();
        BoundaryRecords.Builder results = new BoundaryRecords.Builder(records.size());
        for (int i = 0; i < records.size(); i++) {
            boolean memory = records.space(i) == MemoryMap.SPACE_MEMORY;
            int out = memory ? replayer.memory.peek(records.address(i)) : replayer.registers[records.address(i)];
            results.add(records.space(i), records.address(i), records.valueIn(i), records.timestampIn(i), out);
        }
        return new SegmentInput(number, segment.entryPc(), segment.rows(), results.build(), segment.hints());
    }

    /** A summary in parts: the first one of {@code size} records, the second one with the rest. */
    public static List<MemoryInput> twoParts(MemorySummary summary, int size) {
        List<MemoryInput> parts = new ArrayList<>();
        var previous = new MemoryInput.Address(summary.space(size - 1), summary.address(size - 1));
        parts.add(new MemoryInput(0, false, MemoryInput.Address.NONE, part(summary, 0, size)));
        parts.add(new MemoryInput(1, true, previous, part(summary, size, summary.size())));
        return parts;
    }

    private static MemorySummary part(MemorySummary summary, int from, int to) {
        MemorySummary.Builder part = new MemorySummary.Builder();
        for (int i = from; i < to; i++) {
            part.add(
                    summary.space(i),
                    summary.address(i),
                    summary.initialValue(i),
                    summary.finalValue(i),
                    summary.finalTimestamp(i));
        }
        return part.build();
    }
}
