package dev.thimble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private static final BatchId BATCH = BatchId.of(271, 12);

    @ParameterizedTest
    @EnumSource
    void roundsHaveWireNamesInEveryLocale(Round round) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(Round.parse(round.wireName())).isEqualTo(round);
            assertThat(Round.parse(round.wireName().replace('_', '-'))).isEqualTo(round);
            assertThat(Round.ofNumber(round.number())).isEqualTo(round);
            assertThat(round.wireName()).isASCII().isLowerCase();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void statesHaveTheNamesOfTheCommandLine() {
        assertThat(JobState.values())
                .extracting(JobState::wireName)
                .containsExactly("waiting", "queued", "in_progress", "successful", "retrying", "dead", "cancelled");
        assertThat(BatchState.parse("basic_proven")).isEqualTo(BatchState.BASIC_PROVEN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobState.parse("failed"))
                .withMessageContaining("failed")
                .withMessageContaining("retrying");
    }

    @Test
    void badInputIsNeverRetriedAndGivingBackIsNotAFailure() {
        assertThat(ErrorCode.BAD_INPUT.mayRetry()).isFalse();
        assertThat(ErrorCode.OUT_OF_MEMORY.mayRetry()).isTrue();
        assertThat(ErrorCode.WORKER_STOPPED.countsAsFailure()).isFalse();
        assertThat(ErrorCode.WORKER_LOST.countsAsFailure()).isTrue();
    }

    @Test
    void artifactPathsRoundTripAndSort() {
        JobKey key = new JobKey(BATCH, Round.NODE_AGGREGATION, JobKind.PROVE, "MAIN_VM", 2, 9);
        ArtifactName name = key.artifact("proof");
        assertThat(name.path()).isEqualTo("271/0000000012/node_aggregation/proof/MAIN_VM-2-000009");
        assertThat(ArtifactName.parse(name.path())).isEqualTo(name);
        assertThat(name.path()).startsWith(ArtifactName.prefix(BATCH, Round.NODE_AGGREGATION));
        ArtifactName later = new ArtifactName(BATCH, Round.NODE_AGGREGATION, "proof", "MAIN_VM", 2, 10);
        assertThat(name.path()).isLessThan(later.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "", ".", "a b", "a-b", "ü"})
    void namesThatCouldLeaveTheirFolderAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobKey(BATCH, Round.SCHEDULER, JobKind.PROVE, name, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArtifactName(BATCH, Round.SCHEDULER, name, "MAIN_VM", 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/2/scheduler/proof/A-0-000000",
                "1/0000000002/scheduler/proof/A-0-0",
                "01/0000000002/scheduler/proof/A-0-000000",
                "1/0000000002/scheduler/proof/A-00-000000",
                "1/0000000002/nothing/proof/A-0-000000"
            })
    void onlyCanonicalPathsAreParsed(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> ArtifactName.parse(path));
    }

    @Test
    void versionsAreOrderedByNumber() {
        assertThat(ProtocolVersion.parse("0.10.0")).isGreaterThan(ProtocolVersion.parse("0.9.9"));
        assertThat(ProtocolVersion.parse("0.1.2")).hasToString("0.1.2");
        assertThatIllegalArgumentException().isThrownBy(() -> ProtocolVersion.parse("1.0"));
    }

    @Test
    void idsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChainId(0));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchId.of(1, -1)).withMessageContaining("-1");
        assertThat(BatchId.of(1, 5)).isLessThan(BatchId.of(2, 0)).isGreaterThan(BatchId.of(1, 4));
    }
}
