package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.l1.ChainContract;
import dev.thimble.testkit.FreeInputSnark;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --l1-signer-url} from end to end: contracts deployed, a batch committed, proven and executed, a deposit and a withdrawal sent, all by
 * an account whose key is only in the process behind the URL. The proof is of {@link FreeInputSnark}.
 */
@Tag("full")
class RemoteSignerTest {
    private static final String SECRET = "5ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7";

    @TempDir
    private Path folder;

    @Test
    void aBatchGoesToL1WithoutTheKeyComingHere() throws Exception {
        var key = PrivateKey.parse(SECRET);
        var snark = FreeInputSnark.ofSeed("remote signer");
        try (var signer = TestSigner.of(key);
                var rollup = new RollupOnL1(folder)) {
            rollup.l1
                    .client()
                    .rpc()
                    .call("anvil_setBalance", key.address().hex(), Hex.quantity(BigInteger.TEN.pow(20)));
            rollup.set("THIMBLE_L1_SIGNER_URL", signer.url().toString());
            rollup.set("THIMBLE_L1_ACCOUNT", key.address().hex());
            var file = snark.writeKey(folder.resolve("key.json")).toString();
            var made = rollup.run("init", "--l1", rollup.l1.url().toString(), "--snark-key", file, "--json");
            assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
            var onL1 = made.json().get("l1");
            assertThat(onL1.get("operator").asString()).isEqualTo(key.address().hex());
            var contract = new ChainContract(
                    rollup.l1.client(), new Address(onL1.get("contract").asString()));
            var proofs = new BatchProofs(contract, onL1.get("genesisBatch").asString(), snark);

            rollup.startServer();
            deposit(rollup, signer, key);
            rollup.makeBlocks(1);
            rollup.await("batch 1 is committed", () -> contract.totals().committed() == 1);
            assertThat(rollup.postProof(1, proofs.submission(1)).body()).contains("\"accepted\"");
            rollup.await("batch 1 is executed", () -> contract.totals().executed() == 1);

            assertThat(signer.signed)
                    .as("verifier, chain, deposit, commit, prove, execute")
                    .hasSize(6);
            assertThat(rollup.l1.client().minedNonce(key.address())).isEqualTo(6);
            assertThat(filesWithTheKey()).isEmpty();
        }
    }

    /** {@code deposit --signer}, carried to L2 in block 1. */
    private static void deposit(RollupOnL1 rollup, TestSigner signer, PrivateKey key) {
        var to = new Address("0x" + "a1".repeat(20));
        var run = rollup.run(
                "deposit",
                "--amount",
                "77",
                "--to",
                to.hex(),
                "--signer",
                signer.url().toString(),
                "--account",
                key.address().hex(),
                "--l2",
                rollup.l2.url().toString(),
                "--wait",
                "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(rollup.l2.client().balance(to)).isEqualTo(BigInteger.valueOf(77));
    }

    /** Whatever Thimble wrote, database and logs included. */
    private List<Path> filesWithTheKey() throws IOException {
        var bytes = HexFormat.of().parseHex(SECRET);
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, bytes))
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] secret) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.contains(SECRET) || text.contains(new String(secret, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // The database removes files meanwhile.
        }
    }
}
