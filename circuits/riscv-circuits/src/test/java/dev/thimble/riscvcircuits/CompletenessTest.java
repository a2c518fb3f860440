package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Constraint;
import dev.thimble.air.Stage;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentLimits;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Honest executions satisfy every constraint and balance every bus. */
class CompletenessTest {
    static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of("nothing", MachinePrograms.nothing()),
                Arguments.of("arithmetic", MachinePrograms.arithmetic()),
                Arguments.of("immediates", MachinePrograms.immediates()),
                Arguments.of("memory", MachinePrograms.memory()),
                Arguments.of("control", MachinePrograms.control()),
                Arguments.of("calls", MachinePrograms.calls()),
                Arguments.of("precompiles", MachinePrograms.precompiles()),
                Arguments.of("loop", MachinePrograms.loop(100, 40)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void everyInstructionOnEdgeOperands(String name, Program program) {
        ExecutedBatch batch = new ExecutedBatch(Profile.TEST, program, new byte[] {1, 2, 3, 4, 5});
        assertThat(batch.output).as(name).hasSize(8);
        assertThat(batch.failures()).isEmpty();
    }

    @Test
    void segmentsEndByRowsAndByTouchedAddresses() {
        ExecutedBatch batch =
                new ExecutedBatch(Profile.TEST, MachinePrograms.loop(50, 3), new byte[0], new SegmentLimits(200, 90));
        assertThat(batch.segments).hasSizeGreaterThan(4);
        assertThat(batch.failures()).isEmpty();
    }

    @Test
    void theLaptopProfileStaysWithinItsWidth() {
        var program = new MainVm(Profile.LAPTOP).program();
        assertThat(program.committedColumns()).isLessThanOrEqualTo(260);
        assertThat(program.interactions()).hasSizeLessThanOrEqualTo(56);
        assertThat(program.constraints()).extracting(Constraint::degree).allMatch(degree -> degree <= 3);
        assertThat(program.width(Stage.SHARED)).isEqualTo(19);
    }
}
