package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commit, prove, execute and revert: what is done, and by its error each thing that is refused. */
class ThimbleChainTest extends DevChainTest {
    private static Rollup rollup;
    private static DevChain.Contract contract;
    private static StoredBatch genesis;

    @BeforeAll
    static void deploy() {
        rollup = Rollup.deploy(chain, 11);
        contract = rollup.contract();
        genesis = rollup.genesis();
    }

    private static void expectTotals(long committed, long verified, long executed) {
        assertThat(List.of(
                        contract.number("totalBatchesCommitted"),
                        contract.number("totalBatchesVerified"),
                        contract.number("totalBatchesExecuted")))
                .containsExactly(committed, verified, executed);
    }

    private static NewBatch withTimes(NewBatch b, long firstBlock, long lastBlock, long first, long last) {
        return new NewBatch(
                b.number(),
                firstBlock,
                lastBlock,
                first,
                last,
                b.blockHash(),
                b.stateRoot(),
                b.messageCount(),
                b.messageRollingHash(),
                b.withdrawalRoot(),
                b.data());
    }

    private static StoredBatch withStateRoot(StoredBatch b, Bytes32 stateRoot) {
        return new StoredBatch(
                b.number(),
                b.lastBlock(),
                b.lastTimestamp(),
                b.messageCount(),
                b.blockHash(),
                stateRoot,
                b.withdrawalRoot(),
                b.commitment());
    }

    @Test
    void genesisIsTheReference() {
        assertThat((byte[]) contract.get("storedBatchHash", 0))
                .isEqualTo(genesis.hash().bytes());
        assertThat(contract.number("l2ChainId")).isEqualTo(Rollup.L2_CHAIN_ID);
        assertThat((byte[]) contract.get("verificationKeyHash"))
                .isEqualTo(Rollup.PLONK.key().hash().bytes());
        expectTotals(0, 0, 0);
    }

    @Test
    void batchesGoThroughTheirLife() {
        List<NewBatch> batches = rollup.batches(3);
        StoredBatch one = Rollup.stored(batches.get(0));
        StoredBatch two = Rollup.stored(batches.get(1));
        StoredBatch three = Rollup.stored(batches.get(2));
        rollup.commit(genesis, batches.get(0));
        rollup.commit(one, batches.get(1), batches.get(2));
        expectTotals(3, 0, 0);
        assertThat((byte[]) contract.get("storedBatchHash", 2))
                .isEqualTo(two.hash().bytes());
        rollup.prove(genesis, one);
        rollup.prove(one, two);
        expectTotals(3, 2, 0);
        rollup.execute(one, two);
        expectTotals(3, 2, 2);
        contract.send(
                DevChain.OPERATOR,
                "proveBatches",
                two.toAbi(),
                List.of(three.toAbi()),
                List.of(Rollup.proof(two, three)));
        rollup.execute(three);
        expectTotals(3, 3, 3);
    }

    @Test
    void oneCallProvesSeveralBatches() {
        List<NewBatch> batches = rollup.batches(2);
        StoredBatch one = Rollup.stored(batches.get(0));
        StoredBatch two = Rollup.stored(batches.get(1));
        rollup.commit(genesis, batches.get(0), batches.get(1));
        List<Object> structs = List.of(one.toAbi(), two.toAbi());
        List<BigInteger> first = Rollup.proof(genesis, one);
        assertThat(contract.revert(DevChain.OPERATOR, "proveBatches", genesis.toAbi(), structs, List.of(first)))
                .isEqualTo("WrongNumberOfProofs[2, 1]");
        contract.send(
                DevChain.OPERATOR, "proveBatches", genesis.toAbi(), structs, List.of(first, Rollup.proof(one, two)));
        expectTotals(2, 2, 0);
    }

    @Test
    void commitRefusesWhatDoesNotFollow() {
        List<NewBatch> batches = rollup.batches(2);
        NewBatch first = batches.get(0);
        NewBatch second = batches.get(1);
        StoredBatch one = Rollup.stored(first);
        assertThat(rollup.commitError(genesis)).isEqualTo("NothingToDo[]");
        assertThat(rollup.commitError(one, second)).isEqualTo("StoredBatchMismatch[0]");
        assertThat(rollup.commitError(withStateRoot(genesis, Bytes32.ZERO), first))
                .isEqualTo("StoredBatchMismatch[0]");
        assertThat(rollup.commitError(genesis, second)).as("skipped").isEqualTo("BatchNumberNotNext[1, 2]");
        rollup.commit(genesis, first);
        assertThat(rollup.commitError(genesis, first)).as("replayed").isEqualTo("StoredBatchMismatch[1]");
        assertThat(rollup.commitError(one, first)).as("replayed").isEqualTo("BatchNumberNotNext[2, 1]");
    }

    @Test
    void commitRefusesWrongBlocksAndTimes() {
        NewBatch b = rollup.next(genesis);
        long start = genesis.lastTimestamp();
        assertThat(rollup.commitError(genesis, withTimes(b, 2, 3, start + 1, start + 2)))
                .isEqualTo("BlockNumberNotNext[1, 2]");
        assertThat(rollup.commitError(genesis, withTimes(b, 0, 3, start + 1, start + 4)))
                .isEqualTo("BlockNumberNotNext[1, 0]");
        assertThat(rollup.commitError(genesis, withTimes(b, 1, 0, start + 1, start + 1)))
                .isEqualTo("WrongBlockRange[]");
        List<NewBatch> wrongTimes = List.of(
                withTimes(b, 1, 1, start, start),
                withTimes(b, 1, 2, start + 5, start + 4),
                withTimes(b, 1, 3, start + 5, start + 6),
                withTimes(b, 1, 1, start + 5, start + 6));
        for (NewBatch batch : wrongTimes) {
            assertThat(rollup.commitError(genesis, batch)).isEqualTo("WrongTimestamps[]");
        }
        long future = chain.timestamp() + 2 * 3600;
        assertThat(rollup.commitError(genesis, withTimes(b, 1, 2, start + 1, future)))
                .isEqualTo("TimestampInFuture[" + future + "]");
        rollup.commit(genesis, withTimes(b, 1, 3, start + 1, start + 3));
    }

    @Test
    void proveRefusesOtherBatches() {
        List<NewBatch> batches = rollup.batches(3);
        StoredBatch one = Rollup.stored(batches.get(0));
        StoredBatch two = Rollup.stored(batches.get(1));
        List<BigInteger> proof = Rollup.proof(genesis, one);
        assertThat(rollup.proveError(genesis, one, proof)).isEqualTo("BatchNotCommitted[1]");
        rollup.commit(genesis, batches.get(0), batches.get(1));
        assertThat(contract.revert(DevChain.OPERATOR, "proveBatches", genesis.toAbi(), List.of(), List.of()))
                .isEqualTo("NothingToDo[]");
        assertThat(rollup.proveError(one, two, Rollup.proof(one, two)))
                .as("skipped")
                .isEqualTo("StoredBatchMismatch[0]");
        assertThat(rollup.proveError(genesis, two, Rollup.proof(genesis, two)))
                .as("skipped")
                .isEqualTo("StoredBatchMismatch[1]");
        assertThat(rollup.proveError(genesis, withStateRoot(one, Bytes32.ZERO), proof))
                .as("state root")
                .isEqualTo("StoredBatchMismatch[1]");
        rollup.prove(genesis, one);
        assertThat(rollup.proveError(genesis, one, proof)).as("replayed").isEqualTo("StoredBatchMismatch[1]");
        assertThat(rollup.proveError(one, one, proof)).as("replayed").isEqualTo("StoredBatchMismatch[2]");
        assertThat(rollup.proveError(one, two, proof)).as("old proof").isEqualTo("PairingFailed[]");
        rollup.prove(one, two);
    }

    /** A proof of anything but exactly the committed batch is refused: each field of the batch, the data, the chain. */
    @Test
    void proveRefusesProofsOfOtherStatements() {
        NewBatch b = rollup.next(genesis);
        StoredBatch committed = Rollup.stored(b);
        rollup.commit(genesis, b);
        Bytes32 other = new Bytes32("0x" + "77".repeat(32));
        List<NewBatch> changed = new ArrayList<>();
        changed.add(withTimes(b, b.firstBlock(), b.lastBlock() + 1, b.firstTimestamp(), b.lastTimestamp()));
        changed.add(withTimes(b, b.firstBlock() + 1, b.lastBlock(), b.firstTimestamp(), b.lastTimestamp()));
        changed.add(withTimes(b, b.firstBlock(), b.lastBlock(), b.firstTimestamp() + 1, b.lastTimestamp()));
        changed.add(withTimes(b, b.firstBlock(), b.lastBlock(), b.firstTimestamp(), b.lastTimestamp() + 1));
        changed.add(withRoots(b, other, b.stateRoot(), b.withdrawalRoot(), b.data()));
        changed.add(withRoots(b, b.blockHash(), other, b.withdrawalRoot(), b.data()));
        changed.add(withRoots(b, b.blockHash(), b.stateRoot(), other, b.data()));
        changed.add(withRoots(b, b.blockHash(), b.stateRoot(), b.withdrawalRoot(), new byte[300]));
        for (NewBatch batch : changed) {
            List<BigInteger> proof = Rollup.proof(genesis, Rollup.stored(batch));
            assertThat(rollup.proveError(genesis, committed, proof)).isEqualTo("PairingFailed[]");
        }
        List<BigInteger> otherChain = Rollup.proof(genesis, b.stored(Rollup.L2_CHAIN_ID + 1));
        assertThat(rollup.proveError(genesis, committed, otherChain)).isEqualTo("PairingFailed[]");
        BigInteger input = committed.publicInput(genesis);
        List<BigInteger> otherKeys = Rollup.PLONK.prove(input, BigInteger.TEN, 5);
        assertThat(rollup.proveError(genesis, committed, otherKeys))
                .as("key set")
                .isEqualTo("PairingFailed[]");
        rollup.prove(genesis, committed);
    }

    private static NewBatch withRoots(NewBatch b, Bytes32 blockHash, Bytes32 stateRoot, Bytes32 root, byte[] data) {
        return new NewBatch(
                b.number(),
                b.firstBlock(),
                b.lastBlock(),
                b.firstTimestamp(),
                b.lastTimestamp(),
                blockHash,
                stateRoot,
                b.messageCount(),
                b.messageRollingHash(),
                root,
                data);
    }

    @Test
    void aNewKeySetRefusesOldProofsAndTakesNewOnes() {
        NewBatch b = rollup.next(genesis);
        StoredBatch one = Rollup.stored(b);
        rollup.commit(genesis, b);
        Object verifier = contract.get("verifier");
        byte[] keyHash = Rollup.PLONK.key().hash().bytes();
        Bytes32 next = new Bytes32("0x00" + "2e".repeat(31));
        contract.send(DevChain.OWNER, "setVerifier", verifier, Rollup.params(next), keyHash);
        assertThat(rollup.proveError(genesis, one, Rollup.proof(genesis, one))).isEqualTo("PairingFailed[]");
        List<BigInteger> proof = Rollup.PLONK.prove(one.publicInput(genesis), next.toNumber(), 3);
        contract.send(DevChain.OPERATOR, "proveBatches", genesis.toAbi(), List.of(one.toAbi()), List.of(proof));
        Bytes32 unreduced = new Bytes32("0x" + "ff".repeat(32));
        assertThat(contract.revert(DevChain.OWNER, "setVerifier", verifier, Rollup.params(unreduced), keyHash))
                .isEqualTo("CircuitsSetHashOutOfField[]");
        assertThat(contract.revert(DevChain.OWNER, "setVerifier", verifier, Rollup.params(next), new byte[32]))
                .startsWith("WrongVerificationKeyHash[0x000000");
    }

    @Test
    void executeTakesOnlyProvenBatchesInOrder() {
        List<NewBatch> batches = rollup.batches(2);
        StoredBatch one = Rollup.stored(batches.get(0));
        StoredBatch two = Rollup.stored(batches.get(1));
        rollup.commit(genesis, batches.get(0), batches.get(1));
        assertThat(rollup.executeError()).isEqualTo("NothingToDo[]");
        assertThat(rollup.executeError(one)).isEqualTo("BatchNotVerified[1]");
        rollup.prove(genesis, one);
        assertThat(rollup.executeError(two)).isEqualTo("StoredBatchMismatch[1]");
        assertThat(rollup.executeError(one, two)).isEqualTo("BatchNotVerified[2]");
        assertThat(rollup.executeError(withStateRoot(one, Bytes32.ZERO))).isEqualTo("StoredBatchMismatch[1]");
        rollup.execute(one);
        assertThat(rollup.executeError(one)).isEqualTo("BatchNotVerified[2]");
    }

    @Test
    void onlyUnprovenBatchesCanBeReverted() {
        List<NewBatch> batches = rollup.batches(3);
        StoredBatch one = Rollup.stored(batches.get(0));
        rollup.commit(genesis, batches.toArray(NewBatch[]::new));
        rollup.prove(genesis, one);
        assertThat(contract.revert(DevChain.OPERATOR, "revertBatches", 0)).isEqualTo("CannotRevert[3, 1, 0]");
        assertThat(contract.revert(DevChain.OPERATOR, "revertBatches", 3)).isEqualTo("CannotRevert[3, 1, 3]");
        assertThat(contract.revert(DevChain.USER, "revertBatches", 1)).isEqualTo("NotOperator[]");
        contract.send(DevChain.OWNER, "revertBatches", 2);
        contract.send(DevChain.OPERATOR, "revertBatches", 1);
        expectTotals(1, 1, 0);
        assertThat((byte[]) contract.get("storedBatchHash", 2)).containsOnly(0);
        assertThat((byte[]) contract.get("storedBatchHash", 3)).containsOnly(0);
        NewBatch other = rollup.next(one);
        rollup.commit(one, other);
        assertThat(rollup.proveError(one, Rollup.stored(batches.get(1)), Rollup.proof(one, one)))
                .as("the reverted batch")
                .isEqualTo("StoredBatchMismatch[2]");
        rollup.prove(one, Rollup.stored(other));
    }
}
