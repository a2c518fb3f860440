package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed transfer on a chain of our own: executed by the state transition function, proven, verified, delivered. */
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void provesATransferToBasicProven() throws Exception {
        var anvil = Repository.ROOT.resolve("services/ethereum/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(Files.isExecutable(anvil), "anvil is not installed (npm ci in services/ethereum)");
        }
        var home = folder.resolve("home").toString();
        var run = Launcher.in(folder)
                .run(
                        "demo",
                        "--home",
                        home,
                        "--profile",
                        "test",
                        "--transactions",
                        "1",
                        "--batch-seconds",
                        "1",
                        "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("result").asString()).isEqualTo("basic_proven");
        assertThat(run.json().path("batches").get(0).path("proofs").asInt()).isGreaterThan(8);
    }
}
