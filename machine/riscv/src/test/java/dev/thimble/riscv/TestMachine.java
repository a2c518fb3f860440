package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.util.ArrayList;
import java.util.List;

/** Runs assembled programs and checks on every run what must hold for every run. */
final class TestMachine {
    final Program program;
    final Execution execution;
    final List<SegmentInput> segments;
    final List<SegmentLog> logs;
    final List<PrecompileCall> calls;

    private TestMachine(
            Program program,
            Execution execution,
            List<SegmentInput> segments,
            List<SegmentLog> logs,
            List<PrecompileCall> calls) {
        this.program = program;
        this.execution = execution;
        this.segments = segments;
        this.logs = logs;
        this.calls = calls;
    }

    static Program program(Assembler assembler) {
        try {
            return ElfImage.load(assembler.elf());
        } catch (ElfException e) {
            throw new AssertionError(e);
        }
    }

    static TestMachine run(Assembler assembler) {
        return run(assembler, new byte[0], ExecutionOptions.defaults().withMaximumCycles(10_000_000));
    }

    /** Executes, sends every segment through its encoding, replays it, and checks the links between the segments. */
    static TestMachine run(Assembler assembler, byte[] input, ExecutionOptions options) {
        return run(program(assembler), input, options);
    }

    static TestMachine run(Program program, byte[] input, ExecutionOptions options) {
        List<SegmentInput> segments = new ArrayList<>();
        List<PrecompileCall> calls = new ArrayList<>();
        Execution execution = Executor.execute(program, GuestInput.of(input), options, segments::add, calls::add);
        List<SegmentLog> logs = new ArrayList<>();
        for (SegmentInput segment : segments) {
            logs.add(SegmentReplay.replay(program, options.syscalls(), throughBytes(segment)));
        }
        TestMachine machine = new TestMachine(program, execution, segments, logs, calls);
        if (execution.outcome() instanceof Outcome.Halted) {
            SegmentChecks.check(machine, GuestInput.of(input), options.limits());
        }
        return machine;
    }

    private static SegmentInput throughBytes(SegmentInput segment) {
        try {
            byte[] bytes = SegmentCodec.encode(segment);
            SegmentInput decoded = SegmentCodec.decode(bytes);
            assertThat(SegmentCodec.encode(decoded)).isEqualTo(bytes);
            return decoded;
        } catch (MalformedSegmentException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the final value of the word at a byte address. */
    int word(int byteAddress) {
        MemorySummary memory = execution.memory();
        for (int i = 0; i < memory.size(); i++) {
            if (memory.space(i) == MemoryMap.SPACE_MEMORY && memory.address(i) == byteAddress >>> 2) {
                return memory.finalValue(i);
            }
        }
        throw new AssertionError(String.format("word 0x%08x was never touched", byteAddress));
    }

    Outcome.Trapped trap() {
        assertThat(execution.outcome()).isInstanceOf(Outcome.Trapped.class);
        return (Outcome.Trapped) execution.outcome();
    }

    void assertHalted() {
        assertThat(execution.outcome()).isInstanceOf(Outcome.Halted.class);
    }
}
