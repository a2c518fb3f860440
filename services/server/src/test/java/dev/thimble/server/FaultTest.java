package dev.thimble.server;

import static dev.thimble.server.TestParts.rpc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.jobqueue.EmbeddedPostgresServer;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.StoredObject;
import dev.thimble.riscv.WitnessInputCodec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server depends on fails, and comes back. */
class FaultTest {
    private final TestParts parts = new TestParts();

    @AfterEach
    void stop() {
        parts.close();
    }

    private static boolean sealed(URI api, String number) throws Exception {
        return rpc(api, "zks_L1BatchNumber", "[]").asString("").equals(number);
    }

    /** PostgreSQL is stopped while blocks arrive: /ready says so, and when it is back every block is in a batch. */
    @Test
    @Tag("full")
    void outlivesARestartOfPostgres() throws Exception {
        Path folder = parts.folder.resolve("postgres");
        int port = TemporaryPostgres.freePort();
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder, port);
        ServerOptions options = TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(2)));
        try (QueueDatabase database = QueueDatabase.open(postgres.database("restarted"), 8);
                DevelopmentNode node = parts.node();
                ThimbleServer server = ThimbleServer.start(
                        options, database, parts.store, node, Optional.empty(), parts.observability)) {
            URI api = server.apiUrl().orElseThrow();
            TestParts.transfer(node, 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> sealed(api, "0x1"));
            postgres.close();
            TestParts.transfer(node, 3);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> parts.observability
                            .readiness()
                            .parts()
                            .getOrDefault("database", "")
                            .contains("PostgreSQL"));
            postgres = EmbeddedPostgresServer.start(folder, port);
            TestParts.transfer(node, 1);
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> sealed(api, "0x3"));
            assertThat(rpc(api, "zks_getL1BatchBlockRange", "[3]").toString()).isEqualTo("[\"0x5\",\"0x6\"]");
            await().atMost(Duration.ofSeconds(30)).until(parts.observability.readiness()::isReady);
        } finally {
            postgres.close();
        }
    }

    /** The node goes away and comes back: the server keeps running, says so, and follows on where it was. */
    @Test
    void outlivesANodeThatIsAway() throws Exception {
        URI url = URI.create("http://127.0.0.1:" + TemporaryPostgres.freePort());
        ServerOptions options = TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(2)));
        L2Node node = L2Node.External.at(url);
        Process anvil = anvil(url);
        try (ThimbleServer server = parts.start(node, options)) {
            URI api = server.apiUrl().orElseThrow();
            TestParts.transfer(node, 3);
            await().atMost(Duration.ofSeconds(30)).until(() -> sealed(api, "0x1"));
            anvil.destroy();
            anvil.waitFor();
            await().atMost(Duration.ofSeconds(30)).until(() -> sequencer().contains(Integer.toString(url.getPort())));
            assertThat(sealed(api, "0x1"))
                    .as("what the server knows it still answers")
                    .isTrue();
            assertThat(rpc(api, "eth_blockNumber", "[]").isString()).isFalse();
            anvil = anvil(url);
            TestParts.transfer(node, 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> sealed(api, "0x2"));
            assertThat(rpc(api, "zks_getL1BatchBlockRange", "[2]").toString()).isEqualTo("[\"0x3\",\"0x4\"]");
            await().atMost(Duration.ofSeconds(30)).until(parts.observability.readiness()::isReady);
        } finally {
            anvil.destroy();
            anvil.waitFor();
        }
    }

    private String sequencer() {
        return parts.observability.readiness().parts().getOrDefault("sequencer", "");
    }

    /** A node on a port that stays the same, with a state that it keeps; returns when it answers. */
    private Process anvil(URI url) throws Exception {
        String state = parts.folder.resolve("state.json").toString();
        Process anvil = new ProcessBuilder(
                        TestParts.anvil().toString(),
                        "--port",
                        Integer.toString(url.getPort()),
                        "--chain-id",
                        "271",
                        "--hardfork",
                        "cancun",
                        "--state",
                        state)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> new EthereumClient(url).chainId() == TestParts.CHAIN.value());
        return anvil;
    }

    /** A node that is killed while it first writes its state, which then is empty, begins the same chain again. */
    @Test
    void beginsTheSameChainAgain() throws Exception {
        String genesis;
        try (DevelopmentNode node = parts.node()) {
            genesis = L2Block.read(node.client(), 0).hash();
        }
        Path folder = parts.folder.resolve("l2");
        Files.writeString(folder.resolve("state.json"), "");
        Thread.sleep(1_100);
        try (DevelopmentNode node = parts.node()) {
            assertThat(L2Block.read(node.client(), 0).hash()).isEqualTo(genesis);
        }
    }

    /** The node of a killed process is still there: it ends, with its state written, before the next one begins. */
    @Test
    void waitsForTheNodeOfAKilledProcess() throws Exception {
        Path state = parts.folder.resolve("l2").resolve("state.json");
        Files.createDirectories(parts.folder.resolve("l2"));
        try (AnvilProcess former = AnvilProcess.start(
                TestParts.anvil(), "--chain-id", "271", "--state", state.toString(), "--state-interval", "1000")) {
            TestParts.transfer(new L2Node.External(former.client()), 3);
            String head = former.client().block("latest").path("hash").asString();
            try (DevelopmentNode node = parts.node()) {
                assertThat(former.isAlive()).isFalse();
                assertThat(L2Block.read(node.client(), 3).hash()).isEqualTo(head);
            }
        }
    }

    /** An input that was damaged or is not this batch's is made again before the batch is offered. */
    @Test
    void makesADamagedInputAgain() throws Exception {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
        BlockTable blocks = new BlockTable(parts.database, TestParts.CHAIN);
        BatchTable batches = new BatchTable(parts.database, TestParts.CHAIN);
        ObjectKey key = new ObjectKey("271/0000000001/basic_circuits/witness_input/ALL-0-000000");
        try (DevelopmentNode node = parts.node()) {
            TestParts.transfer(node, 4);
            Follower follower = new Follower(
                    node,
                    TestParts.CHAIN,
                    blocks,
                    List.of(new SealCriterion.Blocks(2)),
                    TestParts.program(),
                    TestParts.VERSION);
            while (follower.step()) {
                // more blocks are there already
            }
            parts.store.putIfAbsent(key, "the input of another batch".getBytes(StandardCharsets.UTF_8));
            BatchPreparation preparation =
                    new BatchPreparation(blocks, batches, TestParts.program(), TestParts.EVERYTHING, parts.store);
            assertThat(preparation.makeInput()).isTrue();
            byte[] input = parts.store.read(key, BatchPreparation.MAXIMUM_INPUT_BYTES);
            assertThat(WitnessInputCodec.decode(input).orElseThrow().input()).isEqualTo(headers(blocks.blocks(1, 2)));

            for (StoredObject object : parts.store.list("")) {
                damage(object);
            }
            parts.database.transaction(handle -> handle.execute("UPDATE server_batches SET input_path = NULL"));
            assertThat(preparation.makeInput()).isTrue();
            assertThat(parts.store.read(key, BatchPreparation.MAXIMUM_INPUT_BYTES))
                    .isEqualTo(input);
        }
    }

    private static byte[] headers(List<L2Block> blocks) {
        var headers = new ByteArrayOutputStream();
        blocks.forEach(block -> headers.writeBytes(block.header()));
        return headers.toByteArray();
    }

    private void damage(StoredObject object) throws Exception {
        try (Stream<Path> files = Files.walk(parts.folder.resolve("store"))) {
            for (Path file : files.filter(
                            each -> each.toString().contains(object.key().path()))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
    }
}
