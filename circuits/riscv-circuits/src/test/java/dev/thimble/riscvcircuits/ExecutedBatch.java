package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.BusChecker;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Trace;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.HintSource;
import dev.thimble.riscv.MemorySummary;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramRun;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLimits;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.SegmentReplay;
import dev.thimble.riscv.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A program executed under a profile, with the traces of all its circuit instances. */
final class ExecutedBatch {
    /** One circuit instance. */
    record Instance(CircuitType type, int index, Trace trace) {}

    final BasicCircuits circuits;
    final List<SegmentInput> segments = new ArrayList<>();
    final List<SegmentLog> logs = new ArrayList<>();
    final MemorySummary memory;
    final List<Integer> output;
    final List<PrecompileCall> calls = new ArrayList<>();
    final List<Instance> instances = new ArrayList<>();
    final int[][] mainVmFixed;
    final int[][] memoryFixed;

    ExecutedBatch(Profile profile, Program program, byte[] input) {
        this(profile, program, input, new SegmentLimits(profile.height() - 1, profile.height()));
    }

    ExecutedBatch(Profile profile, Program program, byte[] input, SegmentLimits limits) {
        circuits = new BasicCircuits(profile, program);
        ExecutionOptions options = ExecutionOptions.defaults()
                .withLimits(limits)
                .withHints(HintSource.of(IntStream.range(0, 64)
                        .map(i -> i * 0x0F1E_2D3C + 0x8765_4321)
                        .toArray()));
        Execution execution =
                ProgramRun.of(program, input, options, segments::add).execution();
        output = execution.outcome() instanceof Outcome.Halted halted ? halted.output() : List.of();
        memory = execution.memory();
        mainVmFixed = circuits.preprocessed(CircuitType.MAIN_VM);
        memoryFixed = circuits.preprocessed(CircuitType.MEMORY);
        for (SegmentInput segment : segments) {
            SegmentLog log = SegmentReplay.replay(program, SyscallTable.standard(), segment);
            logs.add(log);
            calls.addAll(log.calls(SyscallTable.standard(), segment.segment()));
            Trace trace = circuits.traceOfSegment(segment, log, mainVmFixed);
            instances.add(new Instance(CircuitType.MAIN_VM, segment.segment(), trace));
        }
        for (int i = 0; i < memory.parts(circuits.memoryCapacity()); i++) {
            Trace trace = circuits.traceOfMemory(memory.part(i, circuits.memoryCapacity()), memoryFixed);
            instances.add(new Instance(CircuitType.MEMORY, i, trace));
        }
    }

    /** Everything that is wrong with the rows, the local buses and the global bus. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (Instance instance : instances) {
            AirProgram air = circuits.air(instance.type);
            RowChecker.check(air, instance.trace).forEach(f -> failures.add(f.toString()));
            BusChecker.local(air, instance.trace, new int[0]).forEach(u -> failures.add(u.toString()));
        }
        globalBus().unbalanced().forEach(u -> failures.add(u.toString()));
        return failures;
    }

    BusChecker globalBus() {
        BusChecker bus = new BusChecker(Bus.Scope.GLOBAL);
        for (Instance instance : instances) {
            bus.add(circuits.air(instance.type), instance.trace, new int[0]);
        }
        BatchBoundary boundary = new BatchBoundary(
                circuits.program().entryPc(), segments.size(), memory.parts(circuits.memoryCapacity()), output);
        boundary.messages().forEach(m -> bus.add(m.bus(), m.sign(), m.tuple()));
        calls.forEach(call -> takeWords(bus, call));
        return bus;
    }

    /** Stands in for the circuits of the precompiles: takes the words of a call as the machine computed them. */
    static void takeWords(BusChecker bus, PrecompileCall call) {
        for (int i = 0; i < call.before().length; i++) {
            bus.add(Buses.PRECOMPILE, -1, word(call, i));
        }
    }

    /** The message of a word of a call. */
    static int[] word(PrecompileCall call, int index) {
        return new int[] {
            call.number() & 0xFFFF,
            call.segment(),
            call.clock(),
            index,
            call.before()[index] & 0xFFFF,
            call.before()[index] >>> 16,
            call.after()[index] & 0xFFFF,
            call.after()[index] >>> 16
        };
    }
}
