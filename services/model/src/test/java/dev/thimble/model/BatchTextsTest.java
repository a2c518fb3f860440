package dev.thimble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTextsTest {
    private static final String DIGEST = "0x" + "0a".repeat(32);
    private static final BatchDescription DESCRIPTION = new BatchDescription(
            "header-chain", DIGEST, "1/0000000002/basic_circuits/witness_input/ALL-0-000000", DIGEST, DIGEST, 1, 5);

    @Test
    void aDescriptionSurvivesItsText() {
        assertThat(BatchDescription.decode(DESCRIPTION.encode())).isEqualTo(DESCRIPTION);
    }

    @Test
    void aResultSurvivesItsText() {
        BatchResult result = new BatchResult("test", DIGEST, DIGEST, DIGEST, DIGEST, -7, 11);
        assertThat(BatchResult.decode(result.encode())).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "header-chain>../etc",
                "lastBlock 5>lastBlock 0",
                "lastBlock 5>lastBlock x",
                "firstBlock 1>other 1",
                "witness_input>../../x"
            })
    void otherTextsAreRefused(String change) {
        String[] sides = change.split(">", 2);
        String text = new String(DESCRIPTION.encode(), StandardCharsets.UTF_8).replace(sides[0], sides[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchDescription.decode(text.getBytes(StandardCharsets.UTF_8)));
    }
}
