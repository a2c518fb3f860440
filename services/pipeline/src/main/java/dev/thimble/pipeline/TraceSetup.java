package dev.thimble.pipeline;

import dev.thimble.air.Trace;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.SegmentReplay;
import dev.thimble.riscv.SyscallTable;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the traces of one program in one profile are made from: its circuits and their preprocessed columns, without the
 * extensions and trees that fill proving keys.
 */
public final class TraceSetup {
    private final BasicCircuits circuits;
    private final Map<CircuitType, int[][]> preprocessed;

    private TraceSetup(BasicCircuits circuits, Map<CircuitType, int[][]> preprocessed) {
        this.circuits = circuits;
        this.preprocessed = preprocessed;
    }

    /** The part of {@code setup} that traces need; the rest is not held. */
    public static TraceSetup of(ProvingSetup setup) {
        Map<CircuitType, int[][]> preprocessed = new EnumMap<>(CircuitType.class);
        for (CircuitType type : CircuitType.values()) {
            preprocessed.put(type, setup.provingKey(type).preprocessedColumns());
        }
        return new TraceSetup(setup.circuits(), preprocessed);
    }

    public BasicCircuits circuits() {
        return circuits;
    }

    /** Makes the witness trace of one instance: shared and main columns in Montgomery form. */
    public Trace trace(CircuitInput input) {
        int[][] columns = Objects.requireNonNull(preprocessed.get(input.type()));
        return switch (input) {
            case CircuitInput.Segment(SegmentInput segment) ->
                circuits.traceOfSegment(segment, replay(circuits.program(), segment), columns);
            case CircuitInput.Memory(var memory) -> circuits.traceOfMemory(memory, columns);
            case CircuitInput.Calls(CircuitType type, var calls) -> circuits.traceOfCalls(type, calls, columns);
        };
    }

    static SegmentLog replay(Program program, SegmentInput segment) {
        return SegmentReplay.replay(program, SyscallTable.standard(), segment);
    }
}
