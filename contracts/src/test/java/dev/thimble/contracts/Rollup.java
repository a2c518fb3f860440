package dev.thimble.contracts;

import dev.thimble.chain.Bytes32;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A deployed ThimbleChain with its real verifier, and the prover of the key it holds. */
public final class Rollup {
    public static final long L2_CHAIN_ID = 31_338;
    public static final long DEADLINE_SECONDS = 1000;
    /** Any number below r of which the toy circuit has a proof. */
    public static final Bytes32 CIRCUITS_SET = new Bytes32("0x00" + "1f".repeat(31));

    public static final ToyPlonk PLONK = new ToyPlonk(BigInteger.valueOf(0x7468696d626c65L));

    private static final Bytes32 NODE_KEY = new Bytes32("0x" + "a1".repeat(32));
    private static final Bytes32 LEAF_KEY = new Bytes32("0x" + "b2".repeat(32));

    private final DevChain chain;
    private final DevChain.Contract contract;
    private final StoredBatch genesis;
    private final SplittableRandom random;

    private Rollup(DevChain chain, DevChain.Contract contract, StoredBatch genesis, long seed) {
        this.chain = chain;
        this.contract = contract;
        this.genesis = genesis;
        this.random = new SplittableRandom(seed);
    }

    /** Deploys with DevChain's owner and operator; the genesis block is 10,000 seconds old. */
    public static Rollup deploy(DevChain chain, long seed) {
        long timestamp = chain.timestamp() - 10_000;
        Bytes32 blockHash = new Bytes32("0x" + "11".repeat(32));
        Bytes32 stateRoot = new Bytes32("0x" + "22".repeat(32));
        DevChain.Contract verifier =
                chain.deploy(ContractArtifact.PLONK_VERIFIER, PLONK.key().toAbi());
        DevChain.Contract contract = chain.deploy(
                ContractArtifact.THIMBLE_CHAIN,
                L2_CHAIN_ID,
                DevChain.OWNER.address(),
                DevChain.OPERATOR.address(),
                DEADLINE_SECONDS,
                List.of(timestamp, blockHash.bytes(), stateRoot.bytes()),
                verifier.address(),
                params(CIRCUITS_SET),
                PLONK.key().hash().bytes());
        StoredBatch genesis = NewBatch.genesis(L2_CHAIN_ID, timestamp, blockHash, stateRoot);
        return new Rollup(chain, contract, genesis, seed);
    }

    /** The verifier params with this digest of the circuits set. */
    public static List<Object> params(Bytes32 circuitsSet) {
        return List.of(NODE_KEY.bytes(), LEAF_KEY.bytes(), circuitsSet.bytes());
    }

    public DevChain chain() {
        return chain;
    }

    public DevChain.Contract contract() {
        return contract;
    }

    public StoredBatch genesis() {
        return genesis;
    }

    /** A random batch that may follow, with the first {@code messages.count()} messages processed. */
    public NewBatch next(StoredBatch previous, MessageQueue messages, Bytes32 withdrawalRoot) {
        long blocks = random.nextLong(1, 4);
        long first = previous.lastTimestamp() + random.nextLong(1, 5);
        byte[] data = new byte[random.nextInt(200)];
        random.nextBytes(data);
        return new NewBatch(
                previous.number() + 1,
                previous.lastBlock() + 1,
                previous.lastBlock() + blocks,
                first,
                first + (blocks - 1) * random.nextLong(1, 5),
                random32(),
                random32(),
                messages.count(),
                messages.rollingHash(),
                withdrawalRoot,
                data);
    }

    /** A random batch that may follow, without messages and withdrawals. */
    public NewBatch next(StoredBatch previous) {
        return next(previous, MessageQueue.EMPTY, Bytes32.ZERO);
    }

    /** Random batches on top of genesis. */
    public List<NewBatch> batches(int count) {
        List<NewBatch> batches = new ArrayList<>();
        StoredBatch previous = genesis;
        for (int i = 0; i < count; i++) {
            batches.add(next(previous));
            previous = stored(batches.getLast());
        }
        return batches;
    }

    public static StoredBatch stored(NewBatch batch) {
        return batch.stored(L2_CHAIN_ID);
    }

    /** The proof of a batch under the deployed params. */
    public static List<BigInteger> proof(StoredBatch previous, StoredBatch batch) {
        return PLONK.prove(batch.publicInput(previous), CIRCUITS_SET.toNumber(), batch.number());
    }

    public Receipt commit(StoredBatch last, NewBatch... batches) {
        return contract.send(DevChain.OPERATOR, "commitBatches", commitArguments(last, batches));
    }

    /** The error with which a commit reverts. */
    public String commitError(StoredBatch last, NewBatch... batches) {
        return contract.revert(DevChain.OPERATOR, "commitBatches", commitArguments(last, batches));
    }

    public Receipt prove(StoredBatch last, StoredBatch batch) {
        return contract.send(DevChain.OPERATOR, "proveBatches", proveArguments(last, batch, proof(last, batch)));
    }

    /** The error with which a proof reverts. */
    public String proveError(StoredBatch last, StoredBatch batch, List<BigInteger> proof) {
        return contract.revert(DevChain.OPERATOR, "proveBatches", proveArguments(last, batch, proof));
    }

    public Receipt execute(StoredBatch... batches) {
        return contract.send(DevChain.OPERATOR, "executeBatches", structs(batches));
    }

    /** The error with which an execution reverts. */
    public String executeError(StoredBatch... batches) {
        return contract.revert(DevChain.OPERATOR, "executeBatches", structs(batches));
    }

    private static Object[] commitArguments(StoredBatch last, NewBatch... batches) {
        return new Object[] {
            last.toAbi(), List.of(batches).stream().map(NewBatch::toAbi).toList()
        };
    }

    private static Object[] proveArguments(StoredBatch last, StoredBatch batch, List<BigInteger> proof) {
        return new Object[] {last.toAbi(), structs(batch), List.of(proof)};
    }

    private static List<List<Object>> structs(StoredBatch... batches) {
        return List.of(batches).stream().map(StoredBatch::toAbi).toList();
    }

    private Bytes32 random32() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Bytes32.of(bytes);
    }
}
