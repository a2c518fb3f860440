package dev.thimble.riscv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Executes a program from start to end, once, and hands out its segments as they are finished. Memory use depends on what
 * the program touches, not on how long it runs.
 *
 * <p>Rows: every instruction is one row; an ECALL with k transfers is followed by k transfer rows. A segment never ends
 * inside a call.
 */
public final class Executor {
    private static final int OUTPUT_WORDS = 8;
    private static final int MAXIMUM_PRINT_BYTES = 1 << 16;

    private final Program program;
    private final GuestInput input;
    private final ExecutionOptions options;
    private final Consumer<SegmentInput> consumer;
    private final Consumer<PrecompileCall> callConsumer;
    private final Map<Integer, Long> calls = new TreeMap<>();
    private final Memory memory = new Memory();
    private final Interpreter hart;

    private final int[] output = new int[OUTPUT_WORDS];
    private int committed;

    private int segment;
    private int rows;
    private long finishedRows;
    private int entryPc;
    private final int[] entryRegisters = new int[SegmentLimits.REGISTERS];
    private final int[] registerTimestamps = new int[SegmentLimits.REGISTERS];
    private int[] hints = new int[64];
    private int hintCount;

    private Executor(
            Program program,
            GuestInput input,
            ExecutionOptions options,
            Consumer<SegmentInput> consumer,
            Consumer<PrecompileCall> callConsumer) {
        this.program = program;
        this.input = input;
        this.options = options;
        this.consumer = consumer;
        this.callConsumer = callConsumer;
        preset(program.imageBase() >>> 2, program.image());
        preset(MemoryMap.INPUT_BASE >>> 2, input.words());
        this.hart = new Interpreter(program, memory);
        beginSegment();
    }

    private void preset(int firstWord, int[] words) {
        for (int i = 0; i < words.length; i++) {
            memory.preset(firstWord + i, words[i], 0);
        }
    }

    /**
     * Runs a program.
     *
     * @param segments receives every finished segment in order, in the calling thread
     * @throws CancellationException if the thread is interrupted
     */
    public static Execution execute(
            Program program, GuestInput input, ExecutionOptions options, Consumer<SegmentInput> segments) {
        return execute(program, input, options, segments, _ -> {});
    }

    /**
     * Runs a program.
     *
     * @param segments receives every finished segment in order, in the calling thread
     * @param calls receives every call of a precompile in order, before the segment it belongs to
     * @throws CancellationException if the thread is interrupted
     */
    public static Execution execute(
            Program program,
            GuestInput input,
            ExecutionOptions options,
            Consumer<SegmentInput> segments,
            Consumer<PrecompileCall> calls) {
        return new Executor(program, input, options, segments, calls).run();
    }

    private Execution run() {
        Outcome outcome;
        try {
            outcome = runToEnd();
        } catch (TrapException trap) {
            outcome = trap.outcome();
        }
        return new Execution(outcome, hart.cycles, finishedRows + rows, segment, summary(), calls);
    }

    private Outcome runToEnd() {
        while (hart.cycles < options.maximumCycles()) {
            int budget = budget();
            int done = hart.run(budget);
            rows += done;
            if (done == budget) {
                if (budget() == 0) {
                    finishSegment();
                }
                continue;
            }
            Syscall call = nextCall();
            int transfers = call.transfers().size();
            if (rows + 1 + transfers > options.limits().rows()
                    || memory.touched() + transfers > options.limits().words()) {
                finishSegment();
            }
            perform(call);
            if (call.number() == Syscall.HALT) {
                int exitCode = hart.registers[Syscall.REGISTER_A0];
                finishSegment();
                List<Integer> words = Arrays.stream(output).boxed().toList();
                return new Outcome.Halted(exitCode, exitCode == 0 ? words : List.of());
            }
            if (budget() == 0) {
                finishSegment();
            }
        }
        return new Outcome.LimitReached(hart.cycles);
    }

    /** Returns how many instructions certainly fit into the segment: each takes one row and at most one new word. */
    private int budget() {
        int fitting = Math.min(options.limits().rows() - rows, options.limits().words() - memory.touched());
        return (int) Math.min(fitting, Math.max(1, options.maximumCycles() - hart.cycles));
    }

    private Syscall nextCall() {
        int number = hart.registers[Syscall.REGISTER_T0];
        return options.syscalls()
                .find(number)
                .orElseThrow(() -> new TrapException(TrapKind.UNKNOWN_SYSCALL, hart.pc, number));
    }

    private void perform(Syscall call) {
        int a0 = hart.registers[Syscall.REGISTER_A0];
        int a1 = hart.registers[Syscall.REGISTER_A1];
        switch (call.number()) {
            case Syscall.HALT -> requireOutput(a0);
            case Syscall.WRITE -> print(a0, a1, hart.registers[Syscall.REGISTER_A2]);
            case Syscall.COMMIT -> commit(a0, a1);
            default -> transfer(call, a0, a1);
        }
        hart.touchedRegisters |=
                (1L << Syscall.REGISTER_T0) | (1L << Syscall.REGISTER_A0) | (1L << Syscall.REGISTER_A1);
        hart.pc += 4;
        hart.cycles++;
        rows += 1 + call.transfers().size();
    }

    private void requireOutput(int exitCode) {
        int missing = Integer.numberOfTrailingZeros(~committed);
        if (exitCode == 0 && missing < OUTPUT_WORDS) {
            throw new TrapException(TrapKind.OUTPUT_INCOMPLETE, hart.pc, missing);
        }
    }

    private void commit(int index, int word) {
        if (index < 0 || index >= OUTPUT_WORDS) {
            throw new TrapException(TrapKind.OUTPUT_INDEX, hart.pc, index);
        }
        if ((committed & (1 << index)) != 0) {
            throw new TrapException(TrapKind.OUTPUT_REPEATED, hart.pc, index);
        }
        committed |= 1 << index;
        output[index] = word;
    }

    private void print(int stream, int pointer, int length) {
        int count = length < 0 ? MAXIMUM_PRINT_BYTES : Math.min(length, MAXIMUM_PRINT_BYTES);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            int address = pointer + i;
            if (!MemoryMap.isReadable(address)) {
                bytes = Arrays.copyOf(bytes, i);
                break;
            }
            bytes[i] = (byte) (memory.peek(address >>> 2) >>> (8 * (address & 3)));
        }
        options.debugSink().write(stream, bytes);
    }

    private void transfer(Syscall call, int a0, int a1) {
        int[] addresses = Access.transferAddresses(call, hart.pc, a0, a1);
        int[] hintWords = nextHints(call);
        int[] before = new int[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            before[i] = memory.load(addresses[i]);
        }
        int[] after = before.clone();
        if (!call.precompile().apply(before, after)) {
            throw new TrapException(TrapKind.PRECOMPILE_OPERAND, hart.pc, a0);
        }
        int hint = 0;
        for (int i = 0; i < addresses.length; i++) {
            switch (call.transfers().get(i).direction()) {
                case READ -> {}
                case WRITE -> memory.store(addresses[i], after[i]);
                case HINT -> memory.store(addresses[i], hintWords[hint++]);
            }
        }
        if (call.isPrecompile()) {
            calls.merge(call.number(), 1L, Long::sum);
            callConsumer.accept(new PrecompileCall(call.number(), segment, rows, before, after));
        }
    }

    private int[] nextHints(Syscall call) {
        int[] words = new int[call.hintWords()];
        if (words.length > 0 && !options.hints().next(words)) {
            throw new TrapException(TrapKind.HINT_EXHAUSTED, hart.pc, hart.registers[Syscall.REGISTER_A0]);
        }
        if (hintCount + words.length > hints.length) {
            hints = Arrays.copyOf(hints, 2 * (hintCount + words.length));
        }
        System.arraycopy(words, 0, hints, hintCount, words.length);
        hintCount += words.length;
        return words;
    }

    private void beginSegment() {
        rows = 0;
        hintCount = 0;
        entryPc = hart.pc;
        hart.touchedRegisters = 0;
        System.arraycopy(hart.registers, 0, entryRegisters, 0, entryRegisters.length);
        memory.begin(segment + 1);
    }

    private void finishSegment() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("execution was interrupted in segment " + segment);
        }
        List<Integer> touched = touchedRegisters();
        BoundaryRecords.Builder records = new BoundaryRecords.Builder(touched.size() + memory.touched());
        for (int register : touched) {
            records.add(
                    MemoryMap.SPACE_REGISTER,
                    register,
                    entryRegisters[register],
                    registerTimestamps[register],
                    hart.registers[register]);
            registerTimestamps[register] = segment + 1;
        }
        memory.collect(records);
        consumer.accept(new SegmentInput(segment, entryPc, rows, records.build(), Arrays.copyOf(hints, hintCount)));
        finishedRows += rows;
        segment++;
        beginSegment();
    }

    private List<Integer> touchedRegisters() {
        List<Integer> touched = new ArrayList<>();
        for (int register = 0; register < SegmentLimits.REGISTERS; register++) {
            if ((hart.touchedRegisters >>> register & 1) != 0) {
                touched.add(register);
            }
        }
        return touched;
    }

    private MemorySummary summary() {
        for (int register : touchedRegisters()) {
            registerTimestamps[register] = segment + 1;
        }
        MemorySummary.Builder summary = new MemorySummary.Builder();
        for (int register = 0; register < SegmentLimits.REGISTERS; register++) {
            if (registerTimestamps[register] != 0) {
                summary.add(
                        MemoryMap.SPACE_REGISTER, register, 0, hart.registers[register], registerTimestamps[register]);
            }
        }
        memory.summarize(program, input, summary);
        return summary.build();
    }
}
