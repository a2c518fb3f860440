package dev.thimble.cli.compress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.InProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrsCommandTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void make() {
        file = folder.resolve("crs.ptau");
        var run = InProcess.run(
                Map.of(), "crs", "make", "--power", "3", "--seed", "test", "--out", file.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("kind").asString()).isEqualTo("development");
    }

    @Test
    void whatIsMadePassesTheCheck() {
        var run = InProcess.run(Map.of(), "crs", "check", file.toString(), "--json");
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().get("power").asInt()).isEqualTo(3);
        assertThat(run.json().get("points").asInt()).isEqualTo(15);
        assertThat(run.json().get("sha256").asString()).matches("0x[0-9a-f]{64}");
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[200] ^= 1;
        Files.write(file, bytes);
        var run = InProcess.run(Map.of(), "crs", "check", file.toString(), "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo("CRS_REFUSED");
        assertThat(run.json().get("error").get("message").asString()).contains("is not on the curve");
        assertThat(InProcess.run(
                                Map.of(),
                                "crs",
                                "check",
                                folder.resolve("absent").toString())
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void productionRefusesDevelopmentStrings() {
        var production = Map.of("THIMBLE_PRODUCTION", "true");
        var check = InProcess.run(production, "crs", "check", file.toString());
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.err()).contains("anyone with its seed forges proofs");
        var other = folder.resolve("other.ptau");
        var make = InProcess.run(production, "crs", "make", "--power", "3", "--seed", "s", "--out", other.toString());
        assertThat(make.exitCode()).isEqualTo(3);
        assertThat(other).doesNotExist();
        var code = InProcess.run(
                production, "crs", "make", "--power", "3", "--seed", "s", "--out", other.toString(), "--json");
        assertThat(code.json().get("error").get("code").asString()).isEqualTo("DEVELOPMENT_CRS");
    }

    @Test
    void nothingIsOverwrittenAndPowersAreBounded() {
        assertThat(InProcess.run(Map.of(), "crs", "make", "--power", "3", "--seed", "s", "--out", file.toString())
                        .exitCode())
                .isEqualTo(3);
        assertThat(InProcess.run(Map.of(), "crs", "make", "--power", "25", "--seed", "s", "--out", "x")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void messagesNeedANodeAContractAndAKey() {
        var deposit = InProcess.run(Map.of(), "deposit", "--amount", "1", "--to", "0x" + "a0".repeat(20));
        assertThat(deposit.exitCode()).isEqualTo(2);
        assertThat(deposit.err()).contains("--contract is missing");
        var amount = InProcess.run(Map.of(), "withdraw", "--amount", "1.5", "--to", "0x" + "a0".repeat(20));
        assertThat(amount.exitCode()).isEqualTo(2);
        assertThat(amount.err()).contains("is not a number of wei");
        var key = folder.resolve("key");
        var away = InProcess.run(
                Map.of("THIMBLE_L1_RPC_URL", "http://127.0.0.1:1", "THIMBLE_L1_KEY_FILE", key.toString()),
                "deposit",
                "--amount",
                "1",
                "--to",
                "0x" + "a0".repeat(20),
                "--contract",
                "0x" + "a1".repeat(20),
                "--json");
        assertThat(away.exitCode()).as("the key file is absent").isEqualTo(3);
        assertThat(away.json().get("error").get("code").asString()).isEqualTo("KEY_UNUSABLE");
        var environment = Map.of("THIMBLE_L1_KEY_FILE", key.toString(), "THIMBLE_L1_CONTRACT", "0x" + "a1".repeat(20));
        var to = "0x" + "a0".repeat(20);
        var noUrl = InProcess.run(environment, "deposit", "--amount", "1", "--to", to, "--l1", "localhost:8545");
        assertThat(noUrl.exitCode()).isEqualTo(2);
        assertThat(noUrl.err()).contains("is not a http or https URL");
        var noAccount = InProcess.run(
                environment,
                "deposit",
                "--amount",
                "1",
                "--to",
                to,
                "--l1",
                "http://127.0.0.1:1",
                "--signer",
                "http://x");
        assertThat(noAccount.exitCode()).as("never the key file instead").isEqualTo(2);
        assertThat(noAccount.err()).contains("--signer needs --account");
        var index = InProcess.run(environment, "claim", "--index", "-1");
        assertThat(index.exitCode()).isEqualTo(2);
    }
}
