package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Genesis;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages of L1 that real blocks process, as the methods for explorers count them. */
class ZksMethodsTest {
    private static final PrivateKey OPERATOR = PrivateKey.parse("0x" + "17".repeat(32));
    private static final Address RECEIVER = new Address("0x" + "70".repeat(20));
    private static final BigInteger GAS = BigInteger.valueOf(600_000);

    private final TestParts parts = new TestParts();
    private final BlockTable blocks = new BlockTable(parts.database, TestParts.CHAIN);
    private final BatchTable batches = new BatchTable(parts.database, TestParts.CHAIN);
    private final ZksMethods methods = new ZksMethods(blocks, batches, L1View.NONE);
    private final Path genesis = parts.folder.resolve("genesis.json");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private StateTransitionProgram program() throws IOException {
        byte[] file = L2Genesis.file(
                TestParts.CHAIN.value(),
                Instant.now().getEpochSecond(),
                OPERATOR.address(),
                BigInteger.TEN.pow(24),
                Map.of(OPERATOR.address(), BigInteger.TEN.pow(21)));
        Files.write(genesis, file);
        return StateTransitionProgram.of(
                Path.of("../../guest/bin"), Genesis.parse(file), parts.folder.resolve("state"));
    }

    private static void send(L2Node node, Address to, byte[] call) throws InterruptedException {
        TestParts.send(node, OPERATOR, GAS, to, BigInteger.ZERO, call);
    }

    private static void deposit(L2Node node, long index) throws InterruptedException {
        byte[] call = ContractArtifact.L2_BRIDGE
                .abi()
                .encodeCall("deposit", BigInteger.valueOf(index), RECEIVER, BigInteger.TEN, new byte[0]);
        send(node, L2BridgeState.ADDRESS, call);
    }

    private List<Long> counts(String method, long number) {
        RpcMethod called = methods.method(method).orElseThrow();
        JsonNode details = JsonMapper.shared()
                .valueToTree(called.call(List.of(JsonMapper.shared().valueToTree(number))));
        return List.of(
                details.path("l1TxCount").asLong(), details.path("l2TxCount").asLong());
    }

    /** Two messages, between them one out of turn, which the bridge refuses; then a transfer. */
    @Test
    void countsTransactionsOfBothLayers() throws Exception {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
        try (StateTransitionProgram program = program();
                DevelopmentNode node = DevelopmentNode.startFrom(
                        TestParts.anvil(), parts.folder.resolve("l2"), TestParts.CHAIN.value(), genesis)) {
            deposit(node, 0);
            deposit(node, 7);
            deposit(node, 1);
            send(node, RECEIVER, new byte[0]);
            List<SealCriterion> criteria =
                    List.of(new SealCriterion.Blocks(3), new SealCriterion.Provable(TestParts.EVERYTHING));
            Follower follower = new Follower(node, TestParts.CHAIN, blocks, criteria, program, TestParts.VERSION);
            BatchPreparation preparation =
                    new BatchPreparation(blocks, batches, program, TestParts.EVERYTHING, parts.store);
            while (follower.step() || preparation.measure()) {
                // until everything is followed and measured
            }
            assertThat(preparation.makeInput()).isTrue();
            assertThat(counts("zks_getBlockDetails", 0)).containsExactly(0L, 0L);
            assertThat(counts("zks_getBlockDetails", 1)).containsExactly(1L, 0L);
            assertThat(counts("zks_getBlockDetails", 2))
                    .as("refused by the bridge")
                    .containsExactly(0L, 1L);
            assertThat(counts("zks_getBlockDetails", 3)).containsExactly(1L, 0L);
            assertThat(counts("zks_getBlockDetails", 4)).containsExactly(0L, 1L);
            assertThat(counts("zks_getL1BatchDetails", 0)).containsExactly(0L, 0L);
            assertThat(counts("zks_getL1BatchDetails", 1)).containsExactly(2L, 1L);
        }
    }
}
