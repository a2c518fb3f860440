package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.cli.InProcess;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.testkit.FreeInputSnark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init --l1} refuses, each in one line, before it has sent anything. */
class L1InitTest {
    @TempDir
    private Path folder;

    @Test
    void refusesWhatCannotWorkAndSendsNothing() throws Exception {
        var snark = FreeInputSnark.ofSeed("init");
        try (var rollup = new RollupOnL1(folder)) {
            var l1 = rollup.l1.url().toString();
            var key = snark.writeKey(folder.resolve("key.json")).toString();
            assertThat(rollup.run("init", "--l1", "no url", "--snark-key", key).exitCode())
                    .isEqualTo(2);
            refused(rollup, "L1_NODE_UNAVAILABLE", "--l1", "http://127.0.0.1:1", "--snark-key", key);
            try (var failing = TestSigner.thatRefusesEverything()) {
                refused(rollup, "L1_REFUSED", "--l1", failing.url().toString(), "--snark-key", key);
            }
            assertThatThrownBy(() -> L1Access.params(rollup.database()))
                    .isInstanceOfSatisfying(
                            CommandFailure.class, e -> assertThat(e.code()).isEqualTo("NO_KEYS"));
            wrongKeys(rollup, l1);
            otherChains(rollup, l1, key);
            wrongGenesis(rollup, l1, key);
            production(rollup, l1, snark);

            rollup.set("THIMBLE_PRODUCTION", "false");
            failed(rollup.run("server", "--components=api,l1", "--json"), "L1_NOT_DEPLOYED");
            try (var strict = TestSigner.thatRefusesEverything()) {
                rollup.set("THIMBLE_L1_SIGNER_URL", strict.url().toString());
                rollup.set(
                        "THIMBLE_L1_ACCOUNT",
                        DevelopmentAccounts.OPERATOR.address().hex());
                refused(rollup, "SIGNER_REFUSED", "--l1", l1, "--snark-key", key);
            }
            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isZero();
        }
    }

    private void wrongKeys(RollupOnL1 rollup, String l1) throws Exception {
        var noKey = Files.writeString(folder.resolve("none.json"), "{}").toString();
        refused(rollup, "SNARK_KEY_MALFORMED", "--l1", l1, "--snark-key", noKey);
        refused(rollup, "SNARK_KEY_MALFORMED", "--l1", l1, "--snark-key", folder + "/absent.json");
    }

    private static void otherChains(RollupOnL1 rollup, String l1, String key) {
        rollup.set("THIMBLE_L2_CHAIN_ID", "31337");
        refused(rollup, "SAME_CHAIN_ID", "--l1", l1, "--snark-key", key);
        rollup.set("THIMBLE_L2_CHAIN_ID", "272");
        refused(rollup, "GENESIS_MISMATCH", "--l1", l1, "--snark-key", key);
        rollup.set("THIMBLE_L2_CHAIN_ID", "" + RollupOnL1.L2_CHAIN_ID);
        refused(rollup, "WRONG_L2_NODE", "--l1", l1, "--snark-key", key, "--l2-rpc-url", l1);
    }

    private void wrongGenesis(RollupOnL1 rollup, String l1, String key) throws Exception {
        var genesis = Files.readString(folder.resolve("genesis.json"));
        genesis(rollup, genesis, genesis.replaceAll("\"code\" ?: ?\"0x[0-9a-f]+\"", "\"code\":\"0x00\""));
        refused(rollup, "GENESIS_WITHOUT_BRIDGE", "--l1", l1, "--snark-key", key);
        var slot = "0x" + "0".repeat(63);
        genesis(rollup, genesis, genesis.replaceAll("(\"" + slot + ")4(\" ?: ?\"[^\"]*\")", "$14$2, $10\": \"0x01\""));
        refused(rollup, "GENESIS_BRIDGE_STATE", "--l1", l1, "--snark-key", key);
        rollup.set("THIMBLE_L2_GENESIS", folder.resolve("genesis.json").toString());
    }

    private void genesis(RollupOnL1 rollup, String former, String changed) throws Exception {
        assertThat(changed).isNotEqualTo(former);
        rollup.set(
                "THIMBLE_L2_GENESIS",
                Files.writeString(folder.resolve("changed.json"), changed).toString());
    }

    private void production(RollupOnL1 rollup, String l1, FreeInputSnark snark) throws Exception {
        rollup.set("THIMBLE_PRODUCTION", "true");
        refused(rollup, "DEVELOPMENT_KEY", "--l1", l1, "--snark-key", folder + "/key.json");
        var key = Files.writeString(
                        folder.resolve("ceremony.json"), snark.keyOfCeremony().toJson())
                .toString();
        refused(rollup, "NO_L1_KEY", "--l1", l1, "--snark-key", key);
        refused(rollup, "KEY_UNUSABLE", "--l1", l1, "--snark-key", key, "--l1-key-file", folder + "/no.key");
        var own = rollup.keyFile("own.key", "17".repeat(32)).toString();
        refused(rollup, "OWNER_IS_OPERATOR", "--l1", l1, "--snark-key", key, "--l1-key-file", own);
    }

    private static void refused(RollupOnL1 rollup, String code, String... flags) {
        var arguments = new String[flags.length + 2];
        arguments[0] = "init";
        arguments[1] = "--json";
        System.arraycopy(flags, 0, arguments, 2, flags.length);
        failed(rollup.run(arguments), code);
    }

    private static void failed(InProcess.Run run, String code) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("hint").asString()).isNotEmpty();
    }
}
