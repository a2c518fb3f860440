package dev.thimble.cli.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.cli.InProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code block prove} and {@code verify} on blocks that anvil made, and what cannot be proven. */
class BlockProveCommandTest {
    private static final Address RECIPIENT = new Address("0x" + "ab".repeat(20));
    private static final String STF = "../../guest/bin/stf.elf";

    @TempDir
    static Path folder;

    private static AnvilRollup rollup;
    private static Block transfer;

    /** Block 1 is empty, block 2 has a transfer, block 3 a blob. */
    @BeforeAll
    static void makeBlocks() throws Exception {
        rollup = AnvilRollup.start(folder);
        rollup.mine();
        rollup.send(AnvilRollup.KEYS.get(1), DevTransaction.transfer(RECIPIENT, 5));
        transfer = rollup.mine();
        rollup.client().sendRaw(BlobTransaction.signed(AnvilRollup.KEYS.get(2), AnvilRollup.CHAIN_ID, 0, RECIPIENT));
        rollup.client().rpc().call("evm_mine");
    }

    @AfterAll
    static void stop() {
        if (rollup != null) {
            rollup.close();
        }
    }

    private static InProcess.Run thimble(String... arguments) {
        return InProcess.run(
                Map.of("THIMBLE_HOME", folder.resolve("home").toString(), "THIMBLE_PROFILE", "test"), arguments);
    }

    private static InProcess.Run prove(Path out, int block, String... source) {
        var arguments = new ArrayList<>(List.of(
                "block", "prove", "--json", "--genesis", rollup.genesisFile().toString()));
        arguments.addAll(List.of("--from", "" + block, "--to", "" + block, "--out", out.toString()));
        arguments.addAll(List.of(source));
        return thimble(arguments.toArray(String[]::new));
    }

    private static InProcess.Run proveOfNode(Path out, int block) {
        return prove(out, block, "--rpc", rollup.url());
    }

    /** Accepted with the public input, rejected with another. */
    private static void expectVerified(Path out, InProcess.Run proven) {
        assertThat(proven.exitCode()).as(proven.toString()).isZero();
        var json = proven.json();
        var output = json.get("publicInput").asString();
        assertThat(json.get("output").asString()).isEqualTo(output);
        var verified = thimble("verify", out.toString(), "--json", "--program", STF, "--expect-output", output);
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        assertThat(verified.json().get("output").asString()).isEqualTo(output);
        assertThat(verified.json().get("proofs").asInt())
                .isEqualTo(json.get("proofs").asInt());
        var another = thimble(
                "verify", out.toString(), "--json", "--program", STF, "--expect-output", "0x" + "00".repeat(32));
        assertThat(another.exitCode()).as(another.toString()).isEqualTo(1);
    }

    private static void expectCircuits(InProcess.Run proven, String... types) {
        for (var type : types) {
            assertThat(proven.json().get("rows").get(type).asLong()).as(type).isPositive();
            assertThat(proven.json().get("instances").get(type).asInt())
                    .as(type)
                    .isPositive();
        }
    }

    @Test
    void anEmptyBlockOfANodeIsProvenAndVerified() {
        var out = folder.resolve("empty");
        var proven = proveOfNode(out, 1);
        expectVerified(out, proven);
        expectCircuits(proven, "MAIN_VM", "MEMORY", "KECCAK_F");
        var json = proven.json();
        assertThat(json.get("rows").get("SECP256K1").asLong()).isZero();
        assertThat(json.get("stateRoot").asString()).startsWith("0x");
        assertThat(json.get("blocks")).hasSize(1);
        assertThat(proveOfNode(out, 1).json().get("error").get("code").asString())
                .isEqualTo("OUTPUT_EXISTS");
    }

    @Test
    @Tag("full")
    void aTransferIsProvenFromANodeAndFromAFile() throws Exception {
        var ofNode = folder.resolve("transfer");
        var proven = proveOfNode(ofNode, 2);
        expectVerified(ofNode, proven);
        expectCircuits(proven, "MAIN_VM", "MEMORY", "KECCAK_F", "SECP256K1", "U256");
        assertThat(proven.json()
                        .get("blocks")
                        .get(0)
                        .get("transactions")
                        .get(0)
                        .get("hash")
                        .asString())
                .isEqualTo(transfer.transactions().getFirst().hash().hex());
        var ofFile = folder.resolve("transfer-of-file");
        var again = prove(ofFile, 2, "--blocks", blocks("blocks.rlp", false).toString());
        expectVerified(ofFile, again);
        for (var field : List.of("publicInput", "stateRoot", "rows", "calls", "instances")) {
            assertThat(again.json().get(field))
                    .as(field)
                    .isEqualTo(proven.json().get(field));
        }
    }

    @Test
    void aWrongRootIsANegativeVerdict() throws Exception {
        var out = folder.resolve("wrong");
        var run = prove(out, 2, "--blocks", blocks("wrong.rlp", true).toString());
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.json().get("verdict").asString()).isEqualTo("rejected");
        assertThat(run.json().get("reason").asString()).contains("state root");
        assertThat(out).doesNotExist();
    }

    @Test
    void aBlobIsUnsupported() {
        var out = folder.resolve("blob");
        var run = proveOfNode(out, 3);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo("UNSUPPORTED_BLOB_TX");
        assertThat(out).doesNotExist();
    }

    /** Blocks 1 and 2 in a file, the second's state root changed if so wished. */
    private static Path blocks(String name, boolean wrong) throws Exception {
        byte[] second = transfer.rlp().clone();
        if (wrong) {
            second[indexOf(second, transfer.header().stateRoot().bytes())] ^= 1;
        }
        byte[] first = rollup.block(1).rlp();
        var file = folder.resolve(name);
        Files.write(file, first);
        Files.write(file, second, StandardOpenOption.APPEND);
        return file;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
