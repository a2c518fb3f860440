package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.jobqueue.TemporaryPostgres;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Following and sealing with a real node, one step at a time. */
class FollowerTest {
    private final TestParts parts = new TestParts();
    private final BlockTable blocks = new BlockTable(parts.database, TestParts.CHAIN);
    private final BatchTable batches = new BatchTable(parts.database, TestParts.CHAIN);

    @AfterEach
    void stop() {
        parts.close();
    }

    private Follower follower(L2Node node, SealCriterion... criteria) {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
        return new Follower(node, TestParts.CHAIN, blocks, List.of(criteria), TestParts.program(), TestParts.VERSION);
    }

    private static void steps(Follower follower) {
        while (follower.step()) {
            // more blocks are there already
        }
    }

    private static AnvilProcess anvil(String... options) throws Exception {
        return AnvilProcess.start(TestParts.anvil(), options);
    }

    @Test
    void replacesOpenBlocksButNeverSealedOnes() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            L2Node node = new L2Node.External(anvil.client());
            Follower follower = follower(node, new SealCriterion.Blocks(3));
            TestParts.transfer(node, 5);
            steps(follower);
            assertThat(blocks.head().orElseThrow().number()).isEqualTo(5);
            assertThat(batches.newest()).contains(1L);

            anvil.client().rpc().call("anvil_reorg", 2, List.of());
            steps(follower);
            assertThat(blocks.head().orElseThrow().hash())
                    .isEqualTo(anvil.client().block("latest").path("hash").asString());
            assertThat(blocks.block(4).orElseThrow().hash())
                    .isEqualTo(anvil.client().block("0x4").path("hash").asString());

            anvil.client().rpc().call("anvil_reorg", 4, List.of());
            assertThatThrownBy(() -> steps(follower))
                    .isInstanceOf(WrongNode.class)
                    .hasMessageContaining("block 3")
                    .hasMessageContaining("sealed");
            assertThat(batches.batch(1).orElseThrow().lastBlock()).isEqualTo(3);
        }
    }

    /** The node lost its newest blocks (its machine stopped): open ones are forgotten with it. */
    @Test
    void forgetsWhatTheNodeHasLost() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            L2Node node = new L2Node.External(anvil.client());
            Follower follower = follower(node, new SealCriterion.Blocks(100));
            TestParts.transfer(node, 4);
            steps(follower);
            anvil.client().rpc().call("anvil_rollback", 2);
            steps(follower);
            assertThat(blocks.head().orElseThrow().number()).isEqualTo(2);
            TestParts.transfer(node, 1);
            steps(follower);
            assertThat(blocks.head().orElseThrow().hash())
                    .isEqualTo(anvil.client().block("0x3").path("hash").asString());
        }
    }

    @Test
    void sealsByTime() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            L2Node node = new L2Node.External(anvil.client());
            Follower follower = follower(node, new SealCriterion.Age(Duration.ofMillis(1)));
            TestParts.transfer(node, 1);
            steps(follower);
            Thread.sleep(2);
            steps(follower);
            assertThat(batches.batch(1).orElseThrow().sealedBecause()).isEqualTo("time");
        }
    }

    @Test
    void refusesAnotherChainInOneLine() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "999")) {
            Follower follower = follower(new L2Node.External(anvil.client()), new SealCriterion.Blocks(1));
            assertThatThrownBy(follower::step)
                    .isInstanceOf(WrongNode.class)
                    .hasMessageContaining("chain id 999")
                    .hasMessageContaining("chain 271")
                    .hasMessageNotContaining("\n");
        }
        String genesis;
        try (AnvilProcess anvil = anvil("--chain-id", "271", "--timestamp", "1700000000")) {
            follower(new L2Node.External(anvil.client()), new SealCriterion.Blocks(1))
                    .step();
            genesis = anvil.client().block("0x0").path("hash").asString();
        }
        try (AnvilProcess anvil = anvil("--chain-id", "271", "--timestamp", "1700000001")) {
            Follower follower = follower(new L2Node.External(anvil.client()), new SealCriterion.Blocks(1));
            assertThatThrownBy(follower::step).isInstanceOf(WrongNode.class).hasMessageContaining(genesis);
        }
    }

    @Test
    void refusesAnotherForkInOneLine() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            ObjectNode block = (ObjectNode) anvil.client().block("0x0");
            try (FixedNode later = new FixedNode(block.deepCopy().put("requestsHash", "0x" + "00".repeat(32)))) {
                assertThatThrownBy(() -> L2Block.read(later.client(), 0))
                        .isInstanceOf(WrongNode.class)
                        .hasMessageContaining("another fork")
                        .hasMessageContaining("--hardfork cancun")
                        .hasMessageNotContaining("\n");
            }
        }
    }

    /** A node that states a field which is not in its hash cannot slip it into a batch. */
    @Test
    void refusesAHeaderThatDoesNotHashToItsHash() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            ObjectNode block = (ObjectNode) anvil.client().block("0x0");
            for (String field : List.of("stateRoot", "gasUsed", "timestamp", "extraData", "number", "parentHash")) {
                JsonNode value = block.path(field);
                String changed = value.asString().length() == 66 ? "0x" + "01".repeat(32) : "0x7777";
                try (FixedNode forger = new FixedNode(block.deepCopy().put(field, changed))) {
                    assertThatThrownBy(() -> L2Block.read(forger.client(), 0))
                            .as(field)
                            .isInstanceOf(WrongNode.class)
                            .hasMessageContaining("do not give its hash");
                }
            }
        }
    }

    /** Blocks changed by hand in the database are noticed before the batch is offered. */
    @Test
    void checksWhatTheDatabaseHolds() throws Exception {
        try (AnvilProcess anvil = anvil("--chain-id", "271")) {
            L2Node node = new L2Node.External(anvil.client());
            TestParts.transfer(node, 2);
            Follower follower = follower(node, new SealCriterion.Blocks(2));
            steps(follower);
            BatchPreparation preparation =
                    new BatchPreparation(blocks, batches, TestParts.program(), TestParts.EVERYTHING, parts.store);
            parts.database.transaction(handle -> handle.execute(
                    "UPDATE server_blocks SET rlp = set_byte(rlp, 200, get_byte(rlp, 200) # 1) WHERE number = 1"));
            assertThatThrownBy(preparation::check).hasMessageContaining("of batch 271/1 does not match its hash");
            parts.database.transaction(handle -> handle.execute(
                    "UPDATE server_blocks SET rlp = set_byte(rlp, 200, get_byte(rlp, 200) # 1) WHERE number = 1"));
            assertThat(preparation.check()).isTrue();
            assertThat(preparation.check()).isFalse();
        }
    }

    @Test
    void saysThatTheNodeIsAway() throws Exception {
        URI nowhere = URI.create("http://127.0.0.1:" + TemporaryPostgres.freePort());
        L2Node node = new L2Node.External(new EthereumClient(new JsonRpc(nowhere, Duration.ofSeconds(2))));
        Follower follower = follower(node, new SealCriterion.Blocks(1));
        assertThatThrownBy(follower::step)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("" + nowhere);
    }
}
