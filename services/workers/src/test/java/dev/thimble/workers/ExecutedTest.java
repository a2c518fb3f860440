package dev.thimble.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ErrorCode;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutedTest {
    @Test
    void aBatchThatNoVerifierAcceptsIsBadInput() {
        var circuits = BasicCircuits.programs(Profile.LAPTOP);
        assertThatCode(() -> Executed.checkProvable(circuits, Map.of("MAIN_VM", 100, "MEMORY", 1)))
                .doesNotThrowAnyException();

        var failure = catchThrowableOfType(
                JobFailure.class, () -> Executed.checkProvable(circuits, Map.of("MAIN_VM", 60_000, "MEMORY", 1)));
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_INPUT);
        assertThat(failure).hasMessageContaining("messages on the global bus");
    }
}
