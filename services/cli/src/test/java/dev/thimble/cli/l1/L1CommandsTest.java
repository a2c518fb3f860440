package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.cli.InProcess;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.l1.ChainContract;
import dev.thimble.testkit.FreeInputSnark;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init --l1}, {@code deposit}, {@code withdraw} and {@code claim} do when something is not as it should be. */
@Tag("full")
class L1CommandsTest {
    private static final Address ALICE = new Address("0x" + "a1".repeat(20));
    private static final String USER_KEY = "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a";

    private final FreeInputSnark snark = FreeInputSnark.ofSeed("commands");

    @TempDir
    private Path folder;

    private String snarkKey() throws Exception {
        return snark.writeKey(folder.resolve("key.json")).toString();
    }

    private static InProcess.Run accepted(InProcess.Run run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private static void refused(InProcess.Run run, String code) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
    }

    @Test
    void anL1BegunAnewIsForgottenOnlyWhenTheOperatorSaysSo() throws Exception {
        try (var rollup = new RollupOnL1(folder)) {
            var l1 = rollup.l1.url().toString();
            var poor = rollup.keyFile("poor.key", "17".repeat(32)).toString();
            refused(
                    rollup.run("init", "--l1", l1, "--snark-key", snarkKey(), "--l1-key-file", poor, "--json"),
                    "L1_FAILURE");
            var first = accepted(rollup.run("init", "--l1", l1, "--snark-key", snarkKey(), "--json"))
                    .json()
                    .get("l1");
            rollup.l1.client().rpc().call("anvil_reset");
            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isZero();
            refused(rollup.run("init", "--l1", l1, "--json"), "L1_BEGUN_ANEW");
            refused(rollup.run("init", "--l1", l1, "--json"), "L1_BEGUN_ANEW");
            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isZero();

            var again = accepted(rollup.run("init", "--l1", l1, "--yes", "--json"))
                    .json()
                    .get("l1");
            assertThat(again.get("contract")).as("same account, same nonces").isEqualTo(first.get("contract"));
            assertThat(again.get("genesisBatch")).isEqualTo(first.get("genesisBatch"));
            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isEqualTo(2);
            accepted(rollup.run("init", "--l1", l1, "--yes", "--json"));
            assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR))
                    .as("nothing is forgotten while the contract is there")
                    .isEqualTo(2);

            var contract = new ChainContract(
                    rollup.l1.client(), new Address(again.get("contract").asString()));
            rollup.startServer();
            rollup.makeBlocks(2);
            rollup.await("batch 1 is committed there", () -> contract.totals().committed() == 1);
        }
    }

    /** A batch takes longer to prove than anybody waits: what was withdrawn can be taken later, by number. */
    @Test
    void aWithdrawalThatNobodyWaitedForCanBeClaimed() throws Exception {
        try (var rollup = new RollupOnL1(folder)) {
            var l1 = rollup.l1.url().toString();
            var onL1 = accepted(rollup.run("init", "--l1", l1, "--snark-key", snarkKey(), "--json"))
                    .json()
                    .get("l1");
            var contract = new ChainContract(
                    rollup.l1.client(), new Address(onL1.get("contract").asString()));
            rollup.set(
                    "THIMBLE_L1_KEY_FILE", rollup.keyFile("user.key", USER_KEY).toString());
            wrongWays(rollup);
            var deposit = message(rollup, "deposit", "500", "--wait", "--wait-seconds", "1");
            refused(deposit, "STILL_WAITING");

            rollup.set("THIMBLE_L1_KEY_FILE", "");
            rollup.startServer();
            rollup.await(
                    "the deposit is carried",
                    () -> rollup.l2.client().balance(ALICE).signum() == 1);
            rollup.set("THIMBLE_L1_KEY_FILE", folder.resolve("user.key").toString());
            refused(message(rollup, "withdraw", "321", "--wait", "--wait-seconds", "1"), "STILL_WAITING");
            var early =
                    rollup.run("claim", "--index", "0", "--l2", rollup.l2.url().toString(), "--json");
            refused(early, "STILL_WAITING");
            assertThat(early.json().get("error").get("hint").asString()).contains("thimble claim --index 0");

            var proofs = new BatchProofs(contract, onL1.get("genesisBatch").asString(), snark);
            rollup.await("batch 1 is committed", () -> contract.totals().committed() == 1);
            assertThat(rollup.postProof(1, proofs.submission(1)).body()).contains("\"accepted\"");
            rollup.await("batch 1 is executed", () -> contract.totals().executed() == 1);
            for (int i = 0; i < 2; i++) {
                var claim = accepted(rollup.run(
                        "claim", "--index", "0", "--l2", rollup.l2.url().toString(), "--json"));
                assertThat(claim.json().get("state").asString()).isEqualTo("paid");
                assertThat(claim.json().get("txHash").asString().isEmpty())
                        .as("only the first sends")
                        .isEqualTo(i == 1);
            }
            assertThat(rollup.l1.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(321));
        }
    }

    private static void wrongWays(RollupOnL1 rollup) {
        var before = rollup.nonce(DevelopmentAccounts.USER);
        refused(message(rollup, "deposit", "5", "--contract", ALICE.hex()), "NODE_REFUSED");
        refused(message(rollup, "deposit", "5", "--l1", "http://127.0.0.1:1"), "NODE_UNAVAILABLE");
        // L1 taken for L2: there is no bridge, and the value would be gone.
        var exchanged = rollup.run(
                "withdraw",
                "--amount",
                "5",
                "--to",
                ALICE.hex(),
                "--l2",
                rollup.l1.url().toString(),
                "--json");
        refused(exchanged, "NODE_REFUSED");
        assertThat(exchanged.json().get("error").get("message").asString()).contains("nothing was sent");
        assertThat(rollup.nonce(DevelopmentAccounts.USER)).isEqualTo(before);
    }

    private static InProcess.Run message(RollupOnL1 rollup, String command, String amount, String... more) {
        var arguments = new ArrayList<>(List.of(
                command,
                "--amount",
                amount,
                "--to",
                ALICE.hex(),
                "--l2",
                rollup.l2.url().toString(),
                "--json"));
        arguments.addAll(List.of(more));
        return rollup.run(arguments.toArray(String[]::new));
    }
}
