package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Rlp;
import dev.thimble.chain.Transaction;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.HintSource;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.ProgramRun;
import dev.thimble.riscv.WitnessInput;
import dev.thimble.riscv.WitnessInputCodec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of real transactions, executed by the state transition function before they are offered. */
class StateTransitionTest {
    private static final Path GUESTS = Path.of("../../guest/bin");
    private static final PrivateKey SENDER = PrivateKey.parse("0x" + "17".repeat(32));
    private static final int STATE_ROOT = 3;

    private final TestParts parts = new TestParts();
    private final BlockTable blocks = new BlockTable(parts.database, TestParts.CHAIN);
    private final BatchTable batches = new BatchTable(parts.database, TestParts.CHAIN);
    private Path genesis = parts.folder.resolve("genesis.json");
    private StateTransitionProgram program = program();

    @BeforeEach
    void migrate() {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
    }

    @AfterEach
    void close() throws IOException {
        program.close();
        parts.close();
    }

    private StateTransitionProgram program() {
        try {
            byte[] file = L2Genesis.file(
                    TestParts.CHAIN.value(),
                    Instant.now().getEpochSecond(),
                    SENDER.address(),
                    BigInteger.TEN.pow(24),
                    Map.of(SENDER.address(), BigInteger.TEN.pow(21)));
            Files.write(genesis, file);
            return program("state");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private StateTransitionProgram program(String folder) throws IOException {
        return StateTransitionProgram.of(
                GUESTS, Genesis.parse(Files.readAllBytes(genesis)), parts.folder.resolve(folder));
    }

    private DevelopmentNode node() throws IOException {
        return DevelopmentNode.startFrom(
                TestParts.anvil(), parts.folder.resolve("l2"), TestParts.CHAIN.value(), genesis);
    }

    private static void transfer(L2Node node) throws InterruptedException {
        TestParts.send(
                node,
                SENDER,
                BigInteger.valueOf(21_000),
                new Address("0x" + "70".repeat(20)),
                BigInteger.ONE,
                new byte[0]);
    }

    private void seal(L2Node node) {
        seal(node, new SealCriterion.Blocks(1));
    }

    private void seal(L2Node node, SealCriterion... criteria) {
        Follower follower = new Follower(node, TestParts.CHAIN, blocks, List.of(criteria), program, TestParts.VERSION);
        while (follower.step()) {
            // more blocks are there already
        }
    }

    private BatchPreparation preparation() {
        return preparation(TestParts.EVERYTHING);
    }

    private BatchPreparation preparation(ProofCapacity capacity) {
        return new BatchPreparation(blocks, batches, program, capacity, parts.store);
    }

    /** So many rows are too many for one proof. */
    private static ProofCapacity below(long rows) {
        return cost -> cost.rows() < rows ? Optional.empty() : Optional.of("it has " + cost.rows() + " rows");
    }

    private static void measureAll(BatchPreparation preparation) throws IOException {
        while (preparation.measure()) {
            // more blocks are there already
        }
    }

    private List<Long> column(String name, String table) {
        return parts.database.transaction(
                handle -> handle.createQuery("SELECT " + name + " FROM " + table + " WHERE number > 0 ORDER BY number")
                        .mapTo(Long.class)
                        .list());
    }

    private SealedBatch batch(long number) {
        return batches.batch(number).orElseThrow();
    }

    private WitnessInput stored(SealedBatch batch) throws IOException {
        String path = Objects.requireNonNull(batch.input()).path();
        return WitnessInputCodec.decode(parts.store.read(new ObjectKey(path), BatchPreparation.MAXIMUM_INPUT_BYTES))
                .orElseThrow();
    }

    /** What the program commits to if nobody is there but the stored witness. */
    private static String output(WitnessInput witness) throws Exception {
        Outcome outcome = ProgramRun.of(
                        ElfImage.load(Files.readAllBytes(GUESTS.resolve("stf.elf"))),
                        witness.input(),
                        ExecutionOptions.defaults().withHints(HintSource.of(witness.hints())))
                .execution()
                .outcome();
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        ((Outcome.Halted) outcome).output().forEach(bytes::putInt);
        return Hex.data(bytes.array());
    }

    /** The second batch after a restart of node and server, the third after the loss of the state. */
    @Test
    void goesOnAfterRestartsAndAfterTheLossOfItsState() throws Exception {
        try (DevelopmentNode node = node()) {
            transfer(node);
            seal(node);
            assertThat(preparation().commit()).as("before the witness").isFalse();
            assertThat(preparation().makeInput()).isTrue();
        }
        program.close();
        program = program("state");
        try (DevelopmentNode node = node()) {
            transfer(node);
            seal(node);
            assertThat(preparation().makeInput()).isTrue();
            program.close();
            program = program("another");
            transfer(node);
            seal(node);
            assertThat(preparation().makeInput()).isTrue();
        }
        for (int number = 1; number <= 3; number++) {
            assertThat(preparation().check()).isTrue();
            assertThat(preparation().commit()).isTrue();
            SealedBatch batch = batch(number);
            assertThat(batch.state()).isEqualTo("ready");
            assertThat(output(stored(batch))).isEqualTo(batch.expectedOutput());
            assertThat(batches.commitment(number).orElseThrow().stateRoot().hex())
                    .isEqualTo(batch.stateRoot());
        }
    }

    /** A node with a wrong state root, every hash correct: the batch is stopped, those after it wait. */
    @Test
    void stopsABatchWhoseBlockHasAWrongRoot() throws Exception {
        try (DevelopmentNode node = node()) {
            transfer(node);
            seal(node);
            transfer(node);
            seal(node);
        }
        L2Block right = blocks.block(1).orElseThrow();
        replace(withStateRoot(right));
        BatchPreparation preparation = preparation();
        assertThat(preparation.check()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(preparation::makeInput)
                    .isInstanceOf(BatchRefused.class)
                    .hasMessageContaining("batch 271/1 is not proven: block 1 is not what its transactions give")
                    .hasMessageContaining("state root")
                    .hasMessageNotContaining("\n");
        }
        assertThat(preparation.commit()).isFalse();
        assertThat(batch(1).state()).isEqualTo("stopped");
        assertThat(batch(1).stoppedBecause()).contains("state root");
        assertThat(new ProofTable(batches, java.time.Duration.ofSeconds(1)).offer("gw", List.of(TestParts.VERSION)))
                .isEmpty();

        replace(right);
        assertThat(preparation().makeInput()).as("a restart tries again").isTrue();
        assertThat(batch(1).state()).isEqualTo("sealed");
    }

    private static L2Block withStateRoot(L2Block block) throws Exception {
        List<byte[]> fields = new ArrayList<>(
                Rlp.decode(block.header()).items().stream().map(Rlp::encode).toList());
        fields.set(STATE_ROOT, Rlp.encode(new byte[32]));
        List<byte[]> transactions =
                block.block().transactions().stream().map(Transaction::bytes).toList();
        return new L2Block(Block.assemble(Rlp.list(fields), transactions, List.of()));
    }

    private void replace(L2Block block) {
        parts.database.transaction(handle -> handle.execute(
                "UPDATE server_blocks SET rlp = ?, hash = ? WHERE number = 1", block.rlp(), block.hash()));
        parts.database.transaction(handle -> handle.execute(
                "UPDATE server_batches SET block_hash = ?, state_root = ? WHERE number = 1",
                block.hash(),
                block.stateRoot()));
    }

    /** Nothing is sealed before it is executed; then batches end before they have too many rows. */
    @Test
    void sealsByTheRowsOfExecutedBlocks() throws Exception {
        BatchPreparation preparation = preparation();
        try (DevelopmentNode node = node()) {
            SealCriterion open = new SealCriterion.Rows(Long.MAX_VALUE);
            for (int i = 0; i < 3; i++) {
                transfer(node);
                seal(node, open);
            }
            seal(node, new SealCriterion.Rows(1));
            assertThat(batches.newest()).as("not executed").contains(0L);
            assertThat(preparation.measure()).isTrue();
            program.close();
            program = program("another");
            preparation = preparation();
            measureAll(preparation);
            List<Long> rows = column("circuit_rows", "server_blocks");
            assertThat(rows).hasSize(3).allMatch(count -> count > 20_000 && count < 200_000);
            seal(node, new SealCriterion.Rows(rows.get(0) + rows.get(1)));
        }
        SealedBatch first = batch(1);
        assertThat(first.lastBlock()).isEqualTo(2);
        assertThat(first.sealedBecause()).isEqualTo("rows");
        assertThat(preparation.makeInput()).isTrue();
        List<Long> rows = column("circuit_rows", "server_blocks");
        assertThat(column("circuit_rows", "server_batches").getFirst())
                .isBetween((rows.get(0) + rows.get(1)) * 3 / 4, rows.get(0) + rows.get(1));
        assertThat(preparation.check() && preparation.commit()).isTrue();
        assertThat(output(stored(batch(1)))).isEqualTo(batch(1).expectedOutput());
    }

    @Test
    void stopsABlockThatOneBatchCannotHold() throws Exception {
        BatchPreparation preparation = preparation(below(1_000));
        try (DevelopmentNode node = node()) {
            transfer(node);
            seal(node, new SealCriterion.Provable(below(1_000)));
            measureAll(preparation);
            seal(node, new SealCriterion.Provable(below(1_000)));
        }
        assertThat(batch(1).sealedBecause()).isEqualTo("unprovable");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(preparation::makeInput)
                    .isInstanceOf(BatchRefused.class)
                    .hasMessageContaining("block 1 alone is more than one batch can hold: it has")
                    .hasMessageNotContaining("\n");
        }
        assertThat(batch(1).state()).isEqualTo("stopped");
        assertThat(preparation().makeInput()).as("with another profile").isTrue();
    }

    /** The blocks before a block with a wrong root are proven; those after it wait, nothing is executed again. */
    @Test
    void partsABlockThatIsRefused() throws Exception {
        SealCriterion criterion = new SealCriterion.Provable(TestParts.EVERYTHING);
        try (DevelopmentNode node = node()) {
            for (int i = 0; i < 3; i++) {
                transfer(node);
                seal(node, criterion);
            }
            L2Block right = blocks.block(2).orElseThrow();
            replaceBlock(withStateRoot(right));
            L2Block third = blocks.block(3).orElseThrow();
            BatchPreparation preparation = preparation();
            measureAll(preparation);
            assertThat(blocks.costs().oldestUnknown().orElseThrow().hash()).isEqualTo(third.hash());
            assertThat(preparation.measure()).isFalse();
            seal(node, criterion);
        }
        assertThat(batches.newest()).contains(2L);
        assertThat(batch(1).lastBlock()).isEqualTo(1);
        assertThat(batch(2).firstBlock()).isEqualTo(2);
        assertThat(batch(2).lastBlock()).isEqualTo(2);
        BatchPreparation preparation = preparation();
        assertThat(preparation.makeInput()).isTrue();
        assertThatThrownBy(preparation::makeInput)
                .isInstanceOf(BatchRefused.class)
                .hasMessageContaining("state root");
    }

    private void replaceBlock(L2Block block) {
        parts.database.transaction(handle -> handle.execute(
                "UPDATE server_blocks SET rlp = ?, hash = ? WHERE number = ?",
                block.rlp(),
                block.hash(),
                block.number()));
    }

    @Test
    void refusesAnotherGenesis() throws Exception {
        try (DevelopmentNode node = node()) {
            transfer(node);
            seal(node);
        }
        Files.writeString(genesis, Files.readString(genesis).replace("0x1c9c380", "0x1c9c381"));
        program = program("state");
        assertThatThrownBy(preparation()::makeInput).hasMessageContaining("not the genesis file's");
    }
}
