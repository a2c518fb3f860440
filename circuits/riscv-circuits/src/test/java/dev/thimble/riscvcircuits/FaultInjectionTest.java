package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.AirProgram;
import dev.thimble.air.BusChecker;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Trace;
import dev.thimble.riscv.Fault;
import dev.thimble.riscv.FaultedSegment;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentReplay;
import dev.thimble.riscv.SyscallTable;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A machine that errs once and carries on cannot be proven: for every kind of fault (those of Arguzz, arXiv 2509.10819) in
 * random rows, MAIN_VM's constraints or local buses fail. Mutants that are executions of the program after all, from another
 * state, are left to the global bus and not counted.
 */
class FaultInjectionTest {
    private static final long SEED = 20261127;

    private static ExecutedBatch batch;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        batch = new ExecutedBatch(Profile.TEST, attack.program(), attack.input());
        System.out.println("seed " + SEED);
    }

    @ParameterizedTest
    @EnumSource(Fault.Kind.class)
    void aFaultIsRefused(Fault.Kind kind) {
        refuse(kind, 3);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(Fault.Kind.class)
    void manyFaultsAreRefused(Fault.Kind kind) {
        refuse(kind, 60);
    }

    private static void refuse(Fault.Kind kind, int count) {
        SplittableRandom random = new SplittableRandom(SEED + kind.name().hashCode());
        SegmentInput input = batch.segments.getFirst();
        int refused = 0;
        for (int attempts = 0; refused < count && attempts < 400 * count; attempts++) {
            Fault fault = new Fault(kind, random.nextInt(input.rows()), target(kind, random), flip(kind, random));
            Optional<FaultedSegment> faulted =
                    SegmentReplay.replayWithFault(batch.circuits.program(), SyscallTable.standard(), input, fault);
            if (faulted.isPresent() && !faulted.get().validExecution()) {
                assertThat(isRefused(faulted.get())).as(fault.toString()).isTrue();
                refused++;
            }
        }
        assertThat(refused).as("faults of kind " + kind).isEqualTo(count);
    }

    private static boolean isRefused(FaultedSegment faulted) {
        AirProgram air = batch.circuits.air(CircuitType.MAIN_VM);
        Trace trace = batch.circuits.traceOfSegment(faulted.input(), faulted.log(), batch.mainVmFixed);
        return !RowChecker.check(air, trace, new int[0], 1).isEmpty()
                || !BusChecker.local(air, trace, new int[0]).isEmpty();
    }

    private static int target(Fault.Kind kind, SplittableRandom random) {
        return switch (kind) {
            case MEMORY_BEFORE, MEMORY_AFTER -> {
                var boundary = batch.segments.getFirst().boundary();
                int record = boundary.size() - 1 - random.nextInt(boundary.size() - 32);
                yield boundary.address(record);
            }
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
}
