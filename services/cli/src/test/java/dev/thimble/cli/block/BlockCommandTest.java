package dev.thimble.cli.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.cli.InProcess;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code block execute} on blocks that anvil made: transfers, a withdrawal, a deployment, an empty block. */
class BlockCommandTest {
    private static final Address RECIPIENT = new Address("0x" + "ab".repeat(20));

    @TempDir
    static Path folder;

    private static AnvilRollup rollup;
    private static final List<Block> BLOCKS = new ArrayList<>();
    private static Path file = Path.of("");

    @BeforeAll
    static void makeBlocks() throws Exception {
        rollup = AnvilRollup.start(folder);
        BLOCKS.add(rollup.mine());
        rollup.send(AnvilRollup.KEYS.get(1), DevTransaction.transfer(RECIPIENT, 5));
        rollup.send(AnvilRollup.KEYS.get(2), DevTransaction.transfer(RECIPIENT, 7));
        BLOCKS.add(rollup.mine());
        byte[] withdraw = ContractArtifact.L2_BRIDGE.abi().encodeCall("withdraw", RECIPIENT);
        rollup.send(
                AnvilRollup.KEYS.get(3),
                new DevTransaction(
                        2, Optional.of(L2BridgeState.ADDRESS), BigInteger.TEN, withdraw, 1_000_000, List.of()));
        rollup.send(AnvilRollup.KEYS.get(3), DevTransaction.create(ContractArtifact.L2_BRIDGE.creationCode()));
        BLOCKS.add(rollup.mine());
        var bytes = new ByteArrayOutputStream();
        BLOCKS.forEach(block -> bytes.writeBytes(block.rlp()));
        file = Files.write(folder.resolve("blocks.rlp"), bytes.toByteArray());
    }

    @AfterAll
    static void stop() {
        if (rollup != null) {
            rollup.close();
        }
    }

    private static InProcess.Run execute(String... more) {
        var arguments = new ArrayList<>(List.of(
                "block", "execute", "--json", "--genesis", rollup.genesisFile().toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(
                Map.of("THIMBLE_HOME", folder.resolve("home").toString()), arguments.toArray(String[]::new));
    }

    private static InProcess.Run fromNode(int from, int to) {
        return execute("--rpc", rollup.url(), "--from", "" + from, "--to", "" + to);
    }

    private static void expectError(InProcess.Run run, int exitCode, String code) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("message").asString().lines()).hasSize(1);
    }

    @Test
    void blocksOfANodeHaveItsRoots() {
        var run = fromNode(1, 3);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        var json = run.json();
        var last = BLOCKS.getLast().header();
        assertThat(json.get("chainId").asLong()).isEqualTo(AnvilRollup.CHAIN_ID);
        assertThat(json.get("stateRoot").asString()).isEqualTo(last.stateRoot().hex());
        assertThat(json.get("blocks")).hasSize(3);
        assertThat(json.get("blocks").get(2).get("hash").asString())
                .isEqualTo(last.hash().hex());
        var transactions = json.get("blocks").get(1).get("transactions");
        assertThat(transactions).hasSize(2);
        for (int i = 0; i < 2; i++) {
            var expected = BLOCKS.get(1).transactions().get(i);
            assertThat(transactions.get(i).get("hash").asString())
                    .isEqualTo(expected.hash().hex());
            assertThat(transactions.get(i).get("type").asInt()).isEqualTo(2);
            assertThat(transactions.get(i).get("status").asInt()).isEqualTo(1);
            assertThat(transactions.get(i).get("gas").asLong()).isEqualTo(21_000);
        }
        assertThat(json.get("publicInput").asString()).startsWith("0x00000000");
        assertThat(json.get("calls").get("SECP256K1").asLong()).isGreaterThan(1000);
        assertThat(json.get("calls").get("KECCAK_F").asLong()).isPositive();
        assertThat(json.get("rows").get("MAIN_VM").asLong())
                .isGreaterThan(json.get("cycles").asLong());
        long keccaks = json.get("calls").get("KECCAK_F").asLong();
        assertThat(json.get("rows").get("KECCAK_F").asLong()).isEqualTo(24 * keccaks);
        for (var type : List.of("MEMORY", "SECP256K1", "U256")) {
            assertThat(json.get("rows").get(type).asLong()).as(type).isPositive();
        }
        assertThat(json.get("witnessBytes").asLong()).isPositive();
    }

    @Test
    void aFileGivesTheSameAndOutHoldsTheInput() throws Exception {
        var out = folder.resolve("out");
        var fromFile = execute("--blocks", file.toString(), "--from", "2", "--to", "3", "--out", out.toString());
        assertThat(fromFile.exitCode()).as(fromFile.toString()).isZero();
        var again = fromNode(2, 3).json();
        for (var field : List.of("stateRoot", "batchCommitment", "publicInput", "cycles", "witnessBytes")) {
            assertThat(fromFile.json().get(field)).as(field).isEqualTo(again.get(field));
        }
        assertThat(Files.size(out.resolve("input.bin"))).isGreaterThan(1000);
        assertThat(out.resolve("report.json")).exists();
    }

    @Test
    void aWrongRootIsANegativeVerdict() throws Exception {
        var bytes = Files.readAllBytes(file);
        int root = indexOf(bytes, BLOCKS.get(1).header().stateRoot().bytes());
        bytes[root] ^= 1;
        var wrong = Files.write(folder.resolve("wrong.rlp"), bytes);
        var run = execute("--blocks", wrong.toString(), "--from", "1", "--to", "2");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.json().get("verdict").asString()).isEqualTo("rejected");
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void mistakesAreOneClearLine() throws Exception {
        expectError(fromNode(0, 1), 2, "USAGE");
        expectError(fromNode(3, 2), 2, "USAGE");
        expectError(fromNode(1, 99), 3, "NO_BLOCK");
        expectError(execute("--rpc", "http://127.0.0.1:9", "--from", "1", "--to", "1"), 3, "NODE_UNAVAILABLE");
        var noBlocks = Files.write(folder.resolve("none.rlp"), new byte[] {1, 2, 3});
        expectError(execute("--blocks", noBlocks.toString(), "--from", "1", "--to", "1"), 3, "UNSUPPORTED_BLOCK");
        var run = InProcess.run(
                Map.of(),
                "block",
                "execute",
                "--json",
                "--genesis",
                noBlocks.toString(),
                "--blocks",
                file.toString(),
                "--from",
                "1",
                "--to",
                "1");
        expectError(run, 3, "GENESIS_MALFORMED");
    }
}
