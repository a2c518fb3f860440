package dev.thimble.chain;

import dev.thimble.riscv.ElfException;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Executor;
import dev.thimble.riscv.GuestInput;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state transition function on the machine whose runs are proven. It hands out the segments; the hint words in them are
 * the witness.
 */
public final class EmulatorMachine implements StfMachine {
    private final Map<StfProgram, Program> programs;
    private final ExecutionOptions options;
    private final Consumer<SegmentInput> segments;

    private EmulatorMachine(
            Map<StfProgram, Program> programs, ExecutionOptions options, Consumer<SegmentInput> segments) {
        this.programs = programs;
        this.options = options;
        this.segments = segments;
    }

    /**
     * Loads the programs.
     *
     * @param folder holds {@code stf.elf} and {@code state-test.elf}
     * @throws IOException if one is missing or no program
     */
    public static EmulatorMachine load(Path folder) throws IOException {
        Map<StfProgram, Program> programs = new EnumMap<>(StfProgram.class);
        for (StfProgram program : StfProgram.values()) {
            Path file = folder.resolve(program.text() + ".elf");
            try {
                programs.put(program, ElfImage.load(Files.readAllBytes(file)));
            } catch (ElfException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return new EmulatorMachine(programs, ExecutionOptions.defaults(), _ -> {});
    }

    /** This machine with other limits; hints and debug output are the host's in any case. */
    public EmulatorMachine withOptions(ExecutionOptions newOptions) {
        return new EmulatorMachine(programs, newOptions, segments);
    }

    /** This machine, handing out each run's segments in order. */
    public EmulatorMachine withSegments(Consumer<SegmentInput> newSegments) {
        return new EmulatorMachine(programs, options, newSegments);
    }

    /** A program as it is proven. */
    public Program program(StfProgram program) {
        return Objects.requireNonNull(programs.get(program));
    }

    @Override
    public StfRun run(StfProgram program, byte[] input, StfHost host) {
        return finished(Executor.execute(program(program), GuestInput.of(input), options(host), segments), host);
    }

    /** The options of a run that this host answers, for whoever executes the program to prove it. */
    public ExecutionOptions options(StfHost host) {
        return options.withHints(host::hint).withDebugSink(host::write);
    }

    private static StfRun finished(Execution execution, StfHost host) {
        return new StfRun(
                result(execution.outcome(), host),
                host.notes(),
                host.witnessBytes(),
                Optional.of(StfCost.of(execution)));
    }

    private static StfRun.Result result(Outcome outcome, StfHost host) {
        return switch (outcome) {
            case Outcome.Halted(int exitCode, List<Integer> output) -> StfRun.halted(exitCode, bytes(output), host);
            case Outcome.Trapped trap -> new StfRun.Result.Trapped(trap.message());
            case Outcome.LimitReached(long cycles) ->
                new StfRun.Result.Trapped("the program did not end within " + cycles + " cycles");
        };
    }

    private static byte[] bytes(List<Integer> words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(bytes::putInt);
        return bytes.array();
    }
}
