package dev.thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityCommandTest {
    private static final double TARGET = 100;

    @Test
    void everyCircuitOfEveryProfileReachesTheTarget() {
        var run = InProcess.run(Map.of(), "security", "--json");
        assertThat(run.exitCode()).as(run.out()).isZero();
        var json = run.json();
        assertThat(json.get("target").asDouble()).isEqualTo(TARGET);
        assertThat(json.get("minimumBits").asDouble()).isGreaterThanOrEqualTo(TARGET);
        assertThat(json.get("layers").values().stream()
                        .map(layer -> layer.get("profile").asString() + " "
                                + layer.get("circuit").asString())
                        .toList())
                .containsAll(List.of("test MAIN_VM", "laptop MAIN_VM", "server MAIN_VM", "laptop MEMORY"));
        for (var layer : json.get("layers")) {
            for (var term : layer.get("terms")) {
                assertThat(term.get("bits").asDouble()).as(layer + ": " + term).isGreaterThanOrEqualTo(TARGET);
            }
        }
    }

    @Test
    void anOutsiderCanRecomputeTheQueryTermAndTheSum() {
        var layer = InProcess.run(Map.of(), "security", "--json", "--profile", "laptop")
                .json()
                .get("layers")
                .get(0);
        double rate = 1.0 / layer.get("blowup").asInt();
        double perQuery = -Math.log(1 - (1 - rate) / 2) / Math.log(2);
        double sum = 0;
        for (var term : layer.get("terms")) {
            sum += Math.pow(2, -term.get("bits").asDouble());
            if (term.get("name").asString().equals("queries")) {
                double expected = layer.get("queries").asInt() * perQuery
                        + term.get("grinding").asInt();
                assertThat(term.get("bits").asDouble()).isCloseTo(expected, within(1e-9));
            }
        }
        assertThat(layer.get("bits").asDouble()).isCloseTo(-Math.log(sum) / Math.log(2), within(1e-9));
    }

    @Test
    void oneProfileMayBeAskedFor() {
        var run = InProcess.run(Map.of(), "security", "--profile", "test");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("MAIN_VM test", "assumed: Poseidon2", "minimum")
                .doesNotContain("laptop");
        assertThat(InProcess.run(Map.of(), "security", "--profile", "huge").exitCode())
                .isEqualTo(2);
    }
}
