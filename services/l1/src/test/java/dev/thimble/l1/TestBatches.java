package dev.thimble.l1;

import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.MessageQueue;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.testkit.FreeInputSnark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random batches that follow each other, with real proofs; the same for the same seed in every process. */
final class TestBatches implements BatchSource {
    static final FreeInputSnark SNARK = FreeInputSnark.ofSeed("l1 tests");
    static final VerifierParams PARAMS = new VerifierParams(
            new Bytes32("0x" + "a1".repeat(32)),
            new Bytes32("0x" + "b2".repeat(32)),
            new Bytes32("0x00" + "1f".repeat(31)));

    private final ChainGenesis genesis;
    private final SplittableRandom random;
    private final List<NewBatch> batches = new ArrayList<>();
    private volatile int sealed;
    private volatile int proven;

    TestBatches(ChainGenesis genesis, long seed, int count) {
        this.genesis = genesis;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            batches.add(next(i == 0 ? genesis.stored() : stored(i)));
        }
        this.sealed = count;
        this.proven = count;
    }

    /** The one given batch. */
    static TestBatches of(ChainGenesis genesis, NewBatch batch) {
        TestBatches one = new TestBatches(genesis, 0, 0);
        one.batches.add(batch);
        return one.limited(1, 1);
    }

    /** Shows only some of the batches and proofs. */
    TestBatches limited(int sealedBatches, int provenBatches) {
        this.sealed = sealedBatches;
        this.proven = provenBatches;
        return this;
    }

    List<NewBatch> all() {
        return batches;
    }

    StoredBatch stored(int number) {
        return number == 0 ? genesis.stored() : batches.get(number - 1).stored(genesis.l2ChainId());
    }

    @Override
    public Optional<NewBatch> sealed(long number) {
        return number <= sealed ? Optional.of(batches.get((int) number - 1)) : Optional.empty();
    }

    @Override
    public Optional<PlonkProof> proof(long number) {
        if (number > proven) {
            return Optional.empty();
        }
        StoredBatch previous = stored((int) number - 1);
        return Optional.of(SNARK.prove(
                stored((int) number).publicInput(previous),
                PARAMS.circuitsSetHash().toNumber()));
    }

    private NewBatch next(StoredBatch previous) {
        byte[] data = new byte[random.nextInt(2000)];
        random.nextBytes(data);
        long blocks = random.nextLong(1, 4);
        long first = previous.lastTimestamp() + 1;
        return new NewBatch(
                previous.number() + 1,
                previous.lastBlock() + 1,
                previous.lastBlock() + blocks,
                first,
                first + blocks - 1,
                random32(),
                random32(),
                0,
                MessageQueue.EMPTY.rollingHash(),
                Bytes32.ZERO,
                data);
    }

    private Bytes32 random32() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Bytes32.of(bytes);
    }
}
