package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.ethereum.DevelopmentAccounts;
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
        try (var snark = new StandInSnark(folder, "init");
                var rollup = new RollupOnL1(folder)) {
            var l1 = rollup.l1.url().toString();
            var key = snark.writeKey(folder.resolve("key.json")).toString();
            refused(rollup, "L1_NODE_UNAVAILABLE", "--l1", "http://127.0.0.1:1", "--snark-key", key);

            var noKey = Files.writeString(folder.resolve("none.json"), "{}").toString();
            refused(rollup, "SNARK_KEY_MALFORMED", "--l1", l1, "--snark-key", noKey);
            refused(rollup, "SNARK_KEY_MALFORMED", "--l1", l1, "--snark-key", folder + "/absent.json");

            rollup.set("THIMBLE_L2_CHAIN_ID", "31337");
            refused(rollup, "SAME_CHAIN_ID", "--l1", l1, "--snark-key", key);
            rollup.set("THIMBLE_L2_CHAIN_ID", "" + RollupOnL1.L2_CHAIN_ID);

            rollup.set("THIMBLE_PRODUCTION", "true");
            refused(rollup, "DEVELOPMENT_KEY", "--l1", l1, "--snark-key", key);
            rollup.set("THIMBLE_PRODUCTION", "false");

            var genesis = Files.readString(folder.resolve("genesis.json"));
            var bare = genesis.replaceAll("\"code\" ?: ?\"0x[0-9a-f]+\"", "\"code\":\"0x00\"");
            assertThat(bare).isNotEqualTo(genesis);
            rollup.set(
                    "THIMBLE_L2_GENESIS",
                    Files.writeString(folder.resolve("bare.json"), bare).toString());
            refused(rollup, "GENESIS_WITHOUT_BRIDGE", "--l1", l1, "--snark-key", key);

            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isZero();
        }
    }

    private static void refused(RollupOnL1 rollup, String code, String... flags) {
        var arguments = new String[flags.length + 2];
        arguments[0] = "init";
        arguments[1] = "--json";
        System.arraycopy(flags, 0, arguments, 2, flags.length);
        var run = rollup.run(arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("hint").asString()).isNotEmpty();
    }
}
