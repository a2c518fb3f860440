package dev.thimble.server;

import static dev.thimble.server.TestParts.get;
import static dev.thimble.server.TestParts.json;
import static dev.thimble.server.TestParts.post;
import static dev.thimble.server.TestParts.rpc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thimble.chain.Hex;
import dev.thimble.http.ListenAddress;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.observability.Observability;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramRun;
import dev.thimble.riscv.WitnessInputCodec;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole server over its ports, with a real node, real PostgreSQL and real files. */
class ServerTest {
    private static final String GATEWAY = "{\"gateway\":\"gw-1\",\"protocolVersions\":[\"0.1.0\"]}";
    private static final String OTHER = GATEWAY.replace("gw-1", "gw-2");

    private final TestParts parts = new TestParts();

    @SuppressWarnings("NullAway.Init") // set before every test
    private DevelopmentNode node;

    @SuppressWarnings("NullAway.Init") // set before every test
    private ThimbleServer server;

    @BeforeEach
    void start() throws Exception {
        node = parts.node();
        server = parts.start(node, TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(3))));
    }

    @AfterEach
    void stop() {
        server.close();
        node.close();
        parts.close();
    }

    private URI api() {
        return server.apiUrl().orElseThrow();
    }

    private URI proofData() {
        return server.proofDataUrl().orElseThrow();
    }

    private JsonNode offered(String gateway) throws Exception {
        return json(post(proofData(), "/v1/proof-generation-data", gateway)).path("batch");
    }

    private JsonNode awaitOffer(String gateway) throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> offered(gateway).isObject());
        return offered(gateway);
    }

    private static String submission(JsonNode batch) {
        return String.format(
                Locale.ROOT,
                """
                {"stage":"basic_circuits","protocolVersion":"0.1.0","programSha256":"%s","output":"%s","profile":"test",
                 "programId":"%s","vkSet":"%s","proofs":5,"resultSha256":"%s"}""",
                batch.path("program").path("sha256").asString(),
                batch.path("expectedOutput").asString(),
                "0x" + "11".repeat(32),
                "0x" + "22".repeat(32),
                "0x" + "33".repeat(32));
    }

    private static String outputOfGuest(byte[] input) throws Exception {
        Program program = ElfImage.load(Files.readAllBytes(TestParts.elf()));
        Outcome outcome = ProgramRun.of(program, input, ExecutionOptions.defaults())
                .execution()
                .outcome();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Halted.class,
                        halted -> assertThat(halted.exitCode()).isZero());
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        ((Outcome.Halted) outcome).output().forEach(bytes::putInt);
        return Hex.data(bytes.array());
    }

    /** The input, run by the real guest program, commits to exactly what the server expects. */
    @Test
    void makesInputsThatTheGuestAccepts() throws Exception {
        TestParts.transfer(node, 3);
        JsonNode batch = awaitOffer(GATEWAY);
        assertThat(batch.path("firstBlock").asInt()).isEqualTo(1);
        assertThat(batch.path("lastBlock").asInt()).isEqualTo(3);

        byte[] input = parts.store.read(
                new ObjectKey(batch.path("input").path("path").asString()), BatchPreparation.MAXIMUM_INPUT_BYTES);
        assertThat(input).hasSize(batch.path("input").path("bytes").asInt());
        assertThat(Hex.data(HeaderChainProgram.sha256(input)))
                .isEqualTo(batch.path("input").path("sha256").asString());
        assertThat(outputOfGuest(WitnessInputCodec.decode(input).orElseThrow().input()))
                .isEqualTo(batch.path("expectedOutput").asString());

        var download = get(proofData(), "/v1/batches/271/1/input");
        assertThat(download.statusCode()).isEqualTo(200);
    }

    @Test
    void offersOneBatchToOneGateway() throws Exception {
        TestParts.transfer(node, 6);
        JsonNode first = awaitOffer(GATEWAY);
        assertThat(first.path("number").asInt()).isEqualTo(1);
        assertThat(offered(GATEWAY)).as("unacknowledged: again").isEqualTo(first);
        assertThat(awaitOffer(OTHER).path("number").asInt()).isEqualTo(2);
        assertThat(offered("{\"gateway\":\"gw-3\",\"protocolVersions\":[\"0.1.0\"]}")
                        .isNull())
                .isTrue();
        assertThat(offered("{\"gateway\":\"gw-3\",\"protocolVersions\":[\"9.9.9\"]}")
                        .isNull())
                .isTrue();

        assertThat(post(proofData(), "/v1/batches/271/1/acknowledge", "{\"gateway\":\"gw-2\"}")
                        .statusCode())
                .isEqualTo(409);
        for (int i = 0; i < 2; i++) {
            assertThat(post(proofData(), "/v1/batches/271/1/acknowledge", "{\"gateway\":\"gw-1\"}")
                            .body())
                    .isEqualTo("{\"status\":\"acknowledged\"}");
        }
        assertThat(json(get(proofData(), "/v1/batches/271/1")).path("state").asString())
                .isEqualTo("acknowledged");
        // Gateway 2 has not acknowledged batch 2: after the offer's time it is for whoever asks.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> offered(GATEWAY).path("number").asInt(0) == 2);
        assertThat(post(proofData(), "/v1/batches/271/2/acknowledge", "{\"gateway\":\"gw-2\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(proofData(), "/v1/batches/271/1/release", "{}").statusCode())
                .isEqualTo(200);
        assertThat(json(get(proofData(), "/v1/batches/271/1")).path("state").asString())
                .isEqualTo("ready");
    }

    @Test
    void takesAProofOnce() throws Exception {
        TestParts.transfer(node, 3);
        JsonNode batch = awaitOffer(GATEWAY);
        String path = "/v1/batches/271/1/proof";
        String proof = submission(batch);
        String wrong = proof.replace(batch.path("expectedOutput").asString(), "0x" + "00".repeat(32));
        assertThat(post(proofData(), path, wrong).statusCode()).isEqualTo(422);
        assertThat(post(proofData(), path, proof.replace("0.1.0", "0.1.1")).statusCode())
                .isEqualTo(422);
        assertThat(post(proofData(), path, proof.replace("\"proofs\":5", "\"proofs\":0"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(proofData(), "/v1/batches/271/7/proof", proof).statusCode())
                .isEqualTo(404);
        assertThat(post(proofData(), "/v1/batches/1/1/proof", proof).statusCode())
                .isEqualTo(404);
        assertThat(post(proofData(), "/v1/batches/271/0/proof", proof).statusCode())
                .isEqualTo(404);

        assertThat(post(proofData(), path, proof).body()).isEqualTo("{\"status\":\"accepted\"}");
        assertThat(post(proofData(), path, proof.replace("\n", " ")).body())
                .isEqualTo("{\"status\":\"already_accepted\"}");
        assertThat(post(proofData(), path, proof.replace("\"proofs\":5", "\"proofs\":6"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(proofData(), "/v1/batches/271/1/release", "{}").statusCode())
                .isEqualTo(409);
        assertThat(json(get(proofData(), "/v1/batches/271/1")).path("state").asString())
                .isEqualTo("proven");
        assertThat(offered(GATEWAY).isNull()).isTrue();
    }

    @Test
    void answersZksMethodsWithTheReferencesFields() throws Exception {
        TestParts.transfer(node, 4);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rpc(api(), "zks_L1BatchNumber", "[]").asString().equals("0x1"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rpc(api(), "zks_getBlockDetails", "[4]").isObject());
        assertThat(rpc(api(), "zks_getL1BatchBlockRange", "[1]").toString()).isEqualTo("[\"0x1\",\"0x3\"]");
        assertThat(rpc(api(), "zks_getL1BatchBlockRange", "[2]").isNull()).isTrue();
        JsonNode batch = rpc(api(), "zks_getL1BatchDetails", "[1]");
        assertThat(batch.propertyNames())
                .containsExactlyInAnyOrder(
                        "number",
                        "timestamp",
                        "l1TxCount",
                        "l2TxCount",
                        "rootHash",
                        "status",
                        "commitTxHash",
                        "committedAt",
                        "proveTxHash",
                        "provenAt",
                        "executeTxHash",
                        "executedAt",
                        "l1GasPrice",
                        "l2FairGasPrice",
                        "fairPubdataPrice",
                        "baseSystemContractsHashes");
        JsonNode third = rpc(api(), "eth_getBlockByNumber", "[\"0x3\", false]");
        assertThat(batch.path("rootHash")).isEqualTo(third.path("stateRoot"));
        assertThat(batch.path("l2TxCount").asInt()).isEqualTo(3);
        assertThat(batch.path("status").asString()).isEqualTo("sealed");
        JsonNode block = rpc(api(), "zks_getBlockDetails", "[3]");
        assertThat(block.propertyNames())
                .contains("number", "l1BatchNumber", "operatorAddress", "protocolVersion", "rootHash", "status");
        assertThat(block.path("rootHash")).isEqualTo(third.path("hash"));
        assertThat(block.path("l1BatchNumber").asInt()).isEqualTo(1);
        assertThat(rpc(api(), "zks_getBlockDetails", "[\"0x4\"]")
                        .path("l1BatchNumber")
                        .asInt())
                .isEqualTo(2);
        assertThat(rpc(api(), "zks_getL1BatchDetails", "[0]").path("status").asString())
                .isEqualTo("verified");
    }

    /** The component witness-input executes each block before the sequencer seals it. */
    @Test
    void sealsByRows() throws Exception {
        server.close();
        try (Observability fresh = new Observability("server", "test")) {
            server = ThimbleServer.start(
                    TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Rows(1))),
                    parts.database,
                    parts.store,
                    node,
                    Optional.empty(),
                    fresh);
            TestParts.transfer(node, 3);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            rpc(api(), "zks_L1BatchNumber", "[]").asString().equals("0x2"));
            assertThat(rpc(api(), "zks_getL1BatchBlockRange", "[2]").toString()).isEqualTo("[\"0x2\",\"0x2\"]");
            assertThat(get(api(), "/v1/overview").body()).contains("\"sealedBecause\":\"rows\"");
        }
    }

    @Test
    void showsMetricsAndReadiness() throws Exception {
        URI metrics = parts.observability.listen(ListenAddress.loopback(0)).url();
        TestParts.transfer(node, 3);
        awaitOffer(GATEWAY);
        rpc(api(), "eth_chainId", "[]");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get(metrics, "/ready").statusCode() == 200);
        assertThat(get(metrics, "/ready").body()).contains("api: ready", "sequencer: ready", "witness-input: ready");
        assertThat(get(metrics, "/metrics").body())
                .contains("thimble_l2_head_block 3.0", "thimble_newest_batch 1.0")
                .contains("thimble_rpc_calls_total{method=\"eth_chainId\",outcome=\"ok\"} 1.0");
    }

    /** The node is stopped and started again with the same chain; the batches go on where they were. */
    @Test
    void goesOnAfterARestart() throws Exception {
        TestParts.transfer(node, 4);
        awaitOffer(GATEWAY);
        server.close();
        node.close();
        node = parts.node();
        try (Observability fresh = new Observability("server", "test")) {
            server = ThimbleServer.start(
                    TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(3))),
                    parts.database,
                    parts.store,
                    node,
                    Optional.empty(),
                    fresh);
            TestParts.transfer(node, 2);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            rpc(api(), "zks_L1BatchNumber", "[]").asString().equals("0x2"));
            assertThat(rpc(api(), "zks_getL1BatchBlockRange", "[2]").toString()).isEqualTo("[\"0x4\",\"0x6\"]");
        }
    }
}
