package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Address;
import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.http.HttpError;
import dev.thimble.l1.ChainGenesis;
import dev.thimble.l1.Deployment;
import dev.thimble.l1.DeploymentCheck;
import dev.thimble.l1.VerifierParams;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.server.ProofTable.Submission;
import dev.thimble.testkit.FreeInputSnark;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server gives to L1, and which SNARKs it takes for it. */
class SnarkIntakeTest {
    private static final Address NOWHERE = new Address("0x" + "01".repeat(20));
    private static final VerifierParams PARAMS = VerifierParams.ofBasicKeys("0x" + "05000000".repeat(8));
    private static final BigInteger CIRCUITS_SET = PARAMS.circuitsSetHash().toNumber();
    private static final BlockHeader HEADER = Genesis.parse(
                    L2Genesis.file(TestParts.CHAIN.value(), 1000, NOWHERE, BigInteger.ONE, Map.of()))
            .header(Bytes32.ZERO);
    private static final byte[] BLOCK = block();
    private static final BatchCommitment GENESIS =
            BatchCommitment.genesis(TestParts.CHAIN.value(), HEADER, new Bytes32("0x" + "77".repeat(32)));

    private static byte[] block() {
        try {
            return Block.assemble(HEADER.rlp(), List.of(), List.of()).rlp();
        } catch (MalformedBlockException e) {
            throw new IllegalStateException(e);
        }
    }

    private final TestParts parts = new TestParts();
    private final BatchTable batches = new BatchTable(parts.database, TestParts.CHAIN);
    private final ProofTable proofs = new ProofTable(batches, Duration.ofSeconds(1));
    private final ChainTables tables = new ChainTables(new BlockTable(parts.database, TestParts.CHAIN), batches);

    @BeforeEach
    void insertChain() {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
        parts.database.transaction(handle -> handle.execute(
                "INSERT INTO server_chains (chain_id, genesis_hash) VALUES (?, 'any')", TestParts.CHAIN.value()));
        insert(0);
        insert(1);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    /** A batch of one block, not executed yet. */
    private void insert(long number) {
        parts.database.transaction(handle -> {
            handle.execute(
                    "INSERT INTO server_batches (chain_id, number, first_block, last_block, block_timestamp, state_root,"
                            + " block_hash, transactions, gas_used, data_bytes, sealed_because, protocol_version,"
                            + " program, program_sha256) VALUES (?, ?, ?, ?, 1000, 'any', 'any', 0, 0, 0, 'test', '0.1.0',"
                            + " 'stf', 'any')",
                    TestParts.CHAIN.value(),
                    number,
                    number,
                    number);
            return handle.execute(
                    "INSERT INTO server_blocks (chain_id, number, hash, rlp, batch_number) VALUES (?, ?, 'any', ?, ?)",
                    TestParts.CHAIN.value(),
                    number,
                    BLOCK,
                    number);
        });
    }

    private SealedBatch batch() {
        return batches.batch(1).orElseThrow();
    }

    /** Batch 1 as the state transition function would note it, with two messages. */
    private static BatchCommitment first() {
        byte[] words = BatchCommitment.before(TestParts.CHAIN.value(), 1, HEADER, new Bytes32("0x" + "99".repeat(32)))
                .preimage();
        words[2 * 32 + 31] = 1;
        words[3 * 32 + 31] = 1;
        System.arraycopy(Bytes32.keccak(BLOCK).bytes(), 0, words, 8 * 32, 32);
        words[9 * 32 + 31] = 2;
        words[10 * 32] = 3;
        words[11 * 32] = 4;
        return new BatchCommitment(words);
    }

    private void execute() {
        batches.setCommitment(batches.batch(0).orElseThrow().id(), GENESIS, Optional.empty());
        batches.setCommitment(batch().id(), first(), Optional.empty());
        batches.setChecked(batch().id());
    }

    private static ChainGenesis genesis(String stateRoot) {
        return new ChainGenesis(
                TestParts.CHAIN.value(), HEADER.timestamp(), HEADER.hash(), new Bytes32("0x" + stateRoot.repeat(32)));
    }

    private SnarkIntake intake(FreeInputSnark snark) {
        Deployment deployment = new Deployment(31_337, TestParts.CHAIN.value(), NOWHERE, NOWHERE, 0);
        return new SnarkIntake(
                batches, proofs, Optional.of(new DeploymentCheck(deployment, genesis("77"), snark.key(), PARAMS)));
    }

    private static JsonNode submission(PlonkProof proof) {
        return JsonMapper.shared()
                .readTree("{\"protocolVersion\":\"0.1.0\",\"batchCommitment\":\"" + first().hash() + "\",\"proof\":"
                        + proof.toJson() + "}");
    }

    private static void assertRefused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HttpError.class, error -> {
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void l1GetsExecutedBatchesWithTheirBytes() {
        L1Batches source = new L1Batches(tables, genesis("77"));
        assertThat(source.sealed(1)).as("not executed").isEmpty();
        execute();
        assertThat(source.sealed(2)).isEmpty();
        assertThat(source.sealed(1).orElseThrow()).satisfies(batch -> {
            assertThat(batch.data()).isEqualTo(BLOCK);
            assertThat(batch.messageCount()).isEqualTo(2);
            assertThat(batch.commitment(TestParts.CHAIN.value())).isEqualTo(first().hash());
            assertThat(batch.stored(TestParts.CHAIN.value())
                            .publicInput(genesis("77").stored()))
                    .isEqualTo(GENESIS.publicInput(first()).toNumber());
        });
        assertThatThrownBy(() -> new L1Batches(tables, genesis("78")).sealed(1))
                .hasMessageContaining("batch 0 of this chain is not the one on L1");
        parts.database.transaction(handle -> handle.execute("DELETE FROM server_blocks WHERE number = 1"));
        assertThatThrownBy(() -> source.sealed(1)).hasMessageContaining("changed by hand");
    }

    @Test
    void onlyASnarkOfThisBatchAndTheseKeysIsStored() {
        FreeInputSnark snark = FreeInputSnark.ofSeed("one");
        FreeInputSnark other = FreeInputSnark.ofSeed("another");
        BigInteger input = GENESIS.publicInput(first()).toNumber();
        JsonNode right = submission(snark.prove(input, CIRCUITS_SET));
        SnarkIntake without = new SnarkIntake(batches, proofs, Optional.empty());
        assertRefused(() -> without.take(batch(), right), 409, "NO_SNARK_KEY");
        SnarkIntake intake = intake(snark);
        assertRefused(() -> intake.take(batch(), right), 409, "NOT_EXECUTED_YET");
        execute();
        for (PlonkProof wrong : List.of(
                snark.prove(input.add(BigInteger.ONE), CIRCUITS_SET),
                snark.prove(input, CIRCUITS_SET.add(BigInteger.ONE)),
                other.prove(input, CIRCUITS_SET))) {
            assertRefused(() -> intake.take(batch(), submission(wrong)), 422, "PROOF_REJECTED");
        }
        JsonNode otherBatch = JsonMapper.shared()
                .readTree(right.toString()
                        .replace(first().hash().hex(), GENESIS.hash().hex()));
        assertRefused(() -> intake.take(batch(), otherBatch), 422, "WRONG_STATEMENT");
        JsonNode noProof = JsonMapper.shared().readTree(right.toString().replace("\"proof\"", "\"prof\""));
        assertRefused(() -> intake.take(batch(), noProof), 400, "BAD_REQUEST");
        L1Batches source = new L1Batches(tables, genesis("77"));
        assertThat(source.proof(1)).as("nothing of that is stored").isEmpty();

        assertThat(intake.take(batch(), right)).isEqualTo(Submission.ACCEPTED);
        assertThat(intake.take(batch(), right)).isEqualTo(Submission.ALREADY_ACCEPTED);
        assertThat(source.proof(1)).isPresent();
        assertThat(batch().state()).isEqualTo("proven");
        JsonNode again = submission(snark.prove(input, CIRCUITS_SET));
        assertThat(intake.take(batch(), again)).isEqualTo(Submission.DIFFERENT);

        JsonNode forNewKey = submission(other.prove(input, CIRCUITS_SET));
        assertThat(intake(other).take(batch(), forNewKey))
                .as("L1 has another key since: the stored one is stale")
                .isEqualTo(Submission.ACCEPTED);
        assertThat(intake(other).take(batch(), forNewKey)).isEqualTo(Submission.ALREADY_ACCEPTED);
    }
}
