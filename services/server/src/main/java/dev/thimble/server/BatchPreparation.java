package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.chain.StfCost;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.JobKey;
import dev.thimble.model.Round;
import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.LogContext;
import dev.thimble.riscv.WitnessInputCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a sealed batch before it is offered: {@link #check()} (component tree), {@link #commit()} (commitment) and
 * {@link #makeInput()} (witness-input); and to a block before it is in one: {@link #measure()} (witness-input). Each takes the oldest batch that lacks it and tells whether there was one.
 */
final class BatchPreparation {
    /** The largest witness input. */
    static final int MAXIMUM_INPUT_BYTES = 64 << 20;

    /** The type of a batch's witness input among the artifacts. */
    static final String INPUT = "witness_input";

    private static final Logger LOG = LoggerFactory.getLogger(BatchPreparation.class);

    private final ChainTables chain;
    private final BatchProgram program;
    private final ProofCapacity capacity;
    private final ObjectStore store;
    private @Nullable BatchRefused refused;

    BatchPreparation(
            BlockTable blocks, BatchTable batches, BatchProgram program, ProofCapacity capacity, ObjectStore store) {
        this.chain = new ChainTables(blocks, batches);
        this.program = program;
        this.capacity = capacity;
        this.store = store;
    }

    /** The name of a batch's witness input. */
    static ArtifactName inputName(SealedBatch batch) {
        return new ArtifactName(batch.id(), Round.BASIC_CIRCUITS, INPUT, JobKey.NO_CIRCUIT, 0, 0);
    }

    /**
     * Executes the oldest open block that was not executed yet, to know what proving it takes; sealing waits for that.
     *
     * @return whether there was one whose state before is known
     */
    boolean measure() throws IOException {
        Optional<L2Block> found = chain.blocks().costs().oldestUnknown();
        if (found.isEmpty()) {
            return false;
        }
        L2Block block = found.get();
        return switch (program.run(block, chain)) {
            case BlockRun.Accepted accepted -> {
                LOG.info("block {} takes {}", block.number(), accepted.cost());
                chain.blocks().costs().set(block, accepted);
                yield true;
            }
            case BlockRun.Refused(String reason) -> {
                LOG.error("block {} cannot be proven: {}", block.number(), reason);
                chain.blocks().costs().setRefused(block, reason);
                yield true;
            }
            case BlockRun.Waiting _ -> false;
        };
    }

    /** Recomputes every block's hash and the links between blocks, the first one's to the batch before included. */
    boolean check() {
        Optional<SealedBatch> found = chain.batches().oldestWithout(BatchTable.Step.CHECK);
        found.ifPresent(batch -> {
            String parent = chain.blocks()
                    .block(batch.firstBlock() - 1)
                    .map(L2Block::hash)
                    .orElse("none");
            for (L2Block block : chain.blocksOf(batch)) {
                requireSame(batch, block, parent, block.parentHash());
                parent = block.hash();
            }
            requireSame(batch, chain.blocksOf(batch).getLast(), parent, batch.blockHash());
            chain.batches().setChecked(batch.id());
        });
        return found.isPresent();
    }

    private static void requireSame(SealedBatch batch, L2Block block, String computed, String stated) {
        if (!computed.equals(stated)) {
            throw new IllegalStateException("block " + block.number() + " of batch " + batch.id()
                    + " does not match its hash: the database was changed by hand; the batch is not proven");
        }
    }

    /** Computes what the batch's program must commit to; waits for the witness where it follows from that. */
    boolean commit() {
        Optional<SealedBatch> found = chain.batches().oldestWithout(BatchTable.Step.COMMITMENT);
        if (found.isEmpty()) {
            return false;
        }
        SealedBatch batch = found.get();
        requireProgram(batch);
        Optional<byte[]> output = program.expectedOutput(batch, chain);
        output.ifPresent(bytes -> chain.batches().setExpectedOutput(batch.id(), Hex.data(bytes)));
        return output.isPresent();
    }

    /**
     * Makes what the batch's program is run on and stores it; a stored one that is not whole is made again.
     *
     * @throws BatchRefused if the program does not accept the batch, which is stopped then; a restart tries again
     */
    boolean makeInput() throws IOException, BatchRefused {
        Optional<SealedBatch> found = chain.batches().oldestWithout(BatchTable.Step.INPUT);
        if (found.isEmpty()) {
            return false;
        }
        SealedBatch batch = found.get();
        requireProgram(batch);
        requireNotRefused(batch);
        try (var _ = LogContext.of(batch.id())) {
            BatchWitness witness = program.witness(batch, chain);
            requireRoom(batch, witness.cost());
            byte[] input = WitnessInputCodec.encode(witness.input());
            String path = store(batch, input);
            chain.batches()
                    .setInput(
                            batch.id(),
                            new SealedBatch.Input(path, input.length, Hex.data(HeaderChainProgram.sha256(input))));
        } catch (BatchRefused e) {
            LOG.error("{}", e.getMessage());
            chain.batches().setStopped(batch.id(), String.valueOf(e.getMessage()));
            refused = e;
            throw e;
        }
        return true;
    }

    /** Batches are sealed so that they fit; one block that alone does not is the exception. */
    private void requireRoom(SealedBatch batch, StfCost cost) throws BatchRefused {
        Optional<String> complaint = capacity.complaint(cost);
        if (complaint.isPresent()) {
            String blocks = batch.firstBlock() == batch.lastBlock()
                    ? "block " + batch.firstBlock() + " alone is"
                    : "blocks " + batch.firstBlock() + " to " + batch.lastBlock() + " are";
            throw new BatchRefused(batch.id(), blocks + " more than one batch can hold: " + complaint.get());
        }
    }

    private void requireNotRefused(SealedBatch batch) throws BatchRefused {
        BatchRefused before = refused;
        if (before != null && before.batch().equals(batch.id())) {
            throw before;
        }
    }

    private String store(SealedBatch batch, byte[] input) throws IOException {
        ObjectKey key = ObjectKey.of(inputName(batch));
        if (!store.putIfAbsent(key, input) && !isStored(key, input)) {
            LOG.warn("the stored witness input {} is not this batch's: making it again", key);
            store.delete(key);
            store.putIfAbsent(key, input);
        }
        LOG.info("stored the witness input of batch {}, {} bytes", batch.id(), input.length);
        return key.path();
    }

    private boolean isStored(ObjectKey key, byte[] input) throws IOException {
        try {
            return Arrays.equals(store.read(key, MAXIMUM_INPUT_BYTES), input);
        } catch (CorruptArtifact e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    private void requireProgram(SealedBatch batch) {
        if (!batch.programSha256().equals(program.sha256())) {
            throw new IllegalStateException("batch " + batch.id() + " was sealed for program " + batch.program() + " "
                    + batch.programSha256() + " but this build has " + program.sha256()
                    + ": prepare it with the build that sealed it");
        }
    }
}
