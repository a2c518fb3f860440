package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.testkit.Assembler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments: limits, independence of their size, their bytes, and that a wrong one is refused. */
class SegmentTest {

    private static Assembler program() {
        Assembler a = RandomProgram.of(77, 200, 20);
        a.li(Assembler.A0, Assembler.DATA_BASE);
        a.syscall(Syscall.HINT);
        a.finish(0);
        return a;
    }

    private static ExecutionOptions options(int rows, int touched) {
        return ExecutionOptions.defaults()
                .withLimits(new SegmentLimits(rows, touched))
                .withHints(HintSource.of(1, 2, 3, 4, 5, 6, 7, 8));
    }

    @ParameterizedTest
    @CsvSource({"51,82", "52,1000", "60,85", "100,82", "1000,100", "4096,90", "262144,262144"})
    void anySegmentSizeGivesTheSameRun(int rows, int touched) {
        TestMachine one = TestMachine.run(program(), new byte[0], options(1 << 20, 1 << 20));
        assertThat(one.segments).hasSize(1);
        TestMachine many = TestMachine.run(program(), new byte[0], options(rows, touched));
        assertThat(many.execution.outcome()).isEqualTo(one.execution.outcome());
        assertThat(many.execution.cycles()).isEqualTo(one.execution.cycles());
        assertThat(many.execution.rows()).isEqualTo(one.execution.rows());
        MemorySummary expected = one.execution.memory();
        MemorySummary actual = many.execution.memory();
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.address(i)).isEqualTo(expected.address(i));
            assertThat(actual.finalValue(i)).isEqualTo(expected.finalValue(i));
        }
    }

    @Test
    void limitReachedAfterExactlyThatManyCycles() {
        for (long cycles : new long[] {0, 1, 99, 1000}) {
            Execution execution = Executor.execute(
                    TestMachine.program(program()),
                    GuestInput.of(new byte[0]),
                    options(100, 100).withMaximumCycles(cycles),
                    _ -> {});
            assertThat(execution.outcome()).isEqualTo(new Outcome.LimitReached(cycles));
            assertThat(execution.cycles()).isEqualTo(cycles);
        }
    }

    @Test
    void interruptionCancels() {
        Thread.currentThread().interrupt();
        Program program = TestMachine.program(program());
        assertThatThrownBy(() -> Executor.execute(program, GuestInput.of(new byte[0]), options(100, 100), _ -> {}))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<SegmentInput> segments() {
        List<SegmentInput> segments = new ArrayList<>();
        Executor.execute(TestMachine.program(program()), GuestInput.of(new byte[0]), options(600, 400), segments::add);
        return segments;
    }

    @Test
    void onlyCanonicalBytesDecode() throws MalformedSegmentException {
        long seed = 5;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = SegmentCodec.encode(segments().getLast());
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged =
                    random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (damaged.length > 0) {
                damaged[random.nextInt(Math.min(damaged.length, random.nextBoolean() ? 40 : damaged.length))] ^=
                        (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(SegmentCodec.encode(SegmentCodec.decode(damaged))).isEqualTo(damaged);
                accepted++;
            } catch (MalformedSegmentException refused) {
                assertThat(refused.getMessage()).startsWith("segment input: ");
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void encodingIsSmallEnough() {
        int worstRecords = 1 << 18;
        assertThat(4L * (8 + 4L * worstRecords + (1 << 18))).isLessThan(16 << 20);
    }

    /** Every single changed value of a segment input is refused by the replay, unless it only concerns the past. */
    @Test
    void damagedSegmentsDoNotReplay() throws MalformedSegmentException {
        Program program = TestMachine.program(program());
        for (SegmentInput segment : segments().subList(1, 3)) {
            byte[] bytes = SegmentCodec.encode(segment);
            int records = segment.boundary().size();
            for (int i = 0; i < records; i++) {
                byte[] damaged = bytes.clone();
                damaged[4 * (8 + 4 * i + 3)] ^= 1;
                assertRefused(program, SegmentCodec.decode(damaged));
            }
            for (int field : new int[] {3, 4}) {
                byte[] damaged = bytes.clone();
                damaged[4 * field] ^= 4;
                assertRefused(program, SegmentCodec.decode(damaged));
            }
        }
    }

    private static void assertRefused(Program program, SegmentInput input) {
        assertThatThrownBy(() -> SegmentReplay.replay(program, SyscallTable.standard(), input))
                .isInstanceOf(InvalidSegmentException.class);
    }
}
