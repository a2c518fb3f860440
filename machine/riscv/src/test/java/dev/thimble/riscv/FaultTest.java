package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Faults: each kind can be injected, changes the log, and is told apart from an honest execution. */
class FaultTest {

    private static TestMachine machine() {
        Assembler a = RandomProgram.of(31, 120, 4);
        a.li(Assembler.A0, Assembler.DATA_BASE);
        a.syscall(Syscall.HINT);
        a.finish(0);
        ExecutionOptions options = ExecutionOptions.defaults()
                .withLimits(new SegmentLimits(400, 300))
                .withHints(HintSource.of(1, 2, 3, 4, 5, 6, 7, 8));
        return TestMachine.run(a, new byte[0], options);
    }

    @Test
    void everyKindOfFaultIsPossibleAndVisible() {
        long seed = 9;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        TestMachine machine = machine();
        Map<Fault.Kind, Integer> refuted = new EnumMap<>(Fault.Kind.class);
        for (int s = 0; s < 2; s++) {
            SegmentInput input = machine.segments.get(s);
            for (Fault.Kind kind : Fault.Kind.values()) {
                for (int i = 0; i < 100; i++) {
                    Fault fault =
                            new Fault(kind, random.nextInt(input.rows()), target(kind, random), flip(kind, random));
                    Optional<FaultedSegment> faulted =
                            SegmentReplay.replayWithFault(machine.program, SyscallTable.standard(), input, fault);
                    if (faulted.isPresent() && !faulted.get().validExecution()) {
                        assertThat(faulted.get().log().sameAs(machine.logs.get(s))
                                        && sameBoundary(faulted.get().input(), input))
                                .as(fault.toString())
                                .isFalse();
                        refuted.merge(kind, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(refuted).containsOnlyKeys(List.of(Fault.Kind.values()));
    }

    private static boolean sameBoundary(SegmentInput one, SegmentInput other) {
        return java.util.Arrays.equals(SegmentCodec.encode(one), SegmentCodec.encode(other));
    }

    private static int target(Fault.Kind kind, SplittableRandom random) {
        return switch (kind) {
            case MEMORY_BEFORE, MEMORY_AFTER ->
                (Assembler.DATA_BASE >>> 2) + random.nextInt(RandomProgram.BUFFER_WORDS);
            default -> 1 + random.nextInt(31);
        };
    }

    private static int flip(Fault.Kind kind, SplittableRandom random) {
        return switch (kind) {
            case PC_BEFORE, PC_AFTER -> 4 << random.nextInt(4);
            case INSTRUCTION_WORD -> 1 << (7 + random.nextInt(25));
            default -> 1 << random.nextInt(32);
        };
    }

    @Test
    void aFaultThatDoesNotApplyIsNone() {
        TestMachine machine = machine();
        Fault fault = new Fault(Fault.Kind.BRANCH, 0, 0, 1);
        assertThat(SegmentReplay.replayWithFault(
                        machine.program, SyscallTable.standard(), machine.segments.getFirst(), fault))
                .isEmpty();
    }
}
