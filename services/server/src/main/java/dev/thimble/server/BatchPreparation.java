package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.JobKey;
import dev.thimble.model.Round;
import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.LogContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a sealed batch before it is offered: {@link #check()} (component tree), {@link #commit()} (commitment) and
 * {@link #makeInput()} (witness-input). Each takes the oldest batch that lacks it and tells whether there was one.
 */
final class BatchPreparation {
    /** The largest witness input. */
    static final int MAXIMUM_INPUT_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(BatchPreparation.class);

    private final BlockTable blocks;
    private final BatchTable batches;
    private final BatchProgram program;
    private final ObjectStore store;

    BatchPreparation(BlockTable blocks, BatchTable batches, BatchProgram program, ObjectStore store) {
        this.blocks = blocks;
        this.batches = batches;
        this.program = program;
        this.store = store;
    }

    /** The name of a batch's witness input. */
    static ArtifactName inputName(SealedBatch batch) {
        return new ArtifactName(batch.id(), Round.BASIC_CIRCUITS, "witness_input", JobKey.NO_CIRCUIT, 0, 0);
    }

    /** Recomputes every block's hash and the links between blocks, the first one's to the batch before included. */
    boolean check() {
        Optional<SealedBatch> found = batches.oldestWithout(BatchTable.Step.CHECK);
        found.ifPresent(batch -> {
            String parent =
                    blocks.block(batch.firstBlock() - 1).map(L2Block::hash).orElse("none");
            for (L2Block block : blocksOf(batch)) {
                requireSame(batch, block, parent, block.parentHash());
                parent = block.hash();
            }
            requireSame(batch, blocksOf(batch).getLast(), parent, batch.blockHash());
            batches.setChecked(batch.id());
        });
        return found.isPresent();
    }

    private static void requireSame(SealedBatch batch, L2Block block, String computed, String stated) {
        if (!computed.equals(stated)) {
            throw new IllegalStateException("block " + block.number() + " of batch " + batch.id()
                    + " does not match its hash: the database was changed by hand; the batch is not proven");
        }
    }

    /** Computes what the batch's program must commit to. */
    boolean commit() {
        Optional<SealedBatch> found = batches.oldestWithout(BatchTable.Step.COMMITMENT);
        found.ifPresent(batch -> {
            requireProgram(batch);
            batches.setExpectedOutput(batch.id(), Hex.data(program.expectedOutput(blocksOf(batch))));
        });
        return found.isPresent();
    }

    /** Makes the batch's input and stores it; a stored one that is not whole is made again. */
    boolean makeInput() throws IOException {
        Optional<SealedBatch> found = batches.oldestWithout(BatchTable.Step.INPUT);
        if (found.isEmpty()) {
            return false;
        }
        SealedBatch batch = found.get();
        requireProgram(batch);
        byte[] input = program.input(blocksOf(batch));
        ObjectKey key = ObjectKey.of(inputName(batch));
        try (var _ = LogContext.of(batch.id())) {
            if (!store.putIfAbsent(key, input) && !isStored(key, input)) {
                LOG.warn("the stored witness input {} is not this batch's: making it again", key);
                store.delete(key);
                store.putIfAbsent(key, input);
            }
            LOG.info("stored the witness input of batch {}, {} bytes", batch.id(), input.length);
        }
        batches.setInput(
                batch.id(),
                new SealedBatch.Input(key.path(), input.length, Hex.data(HeaderChainProgram.sha256(input))));
        return true;
    }

    private boolean isStored(ObjectKey key, byte[] input) throws IOException {
        try {
            return Arrays.equals(store.read(key, MAXIMUM_INPUT_BYTES), input);
        } catch (CorruptArtifact e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    private List<L2Block> blocksOf(SealedBatch batch) {
        return blocks.blocks(batch.firstBlock(), batch.lastBlock());
    }

    private void requireProgram(SealedBatch batch) {
        if (!batch.programSha256().equals(program.sha256())) {
            throw new IllegalStateException("batch " + batch.id() + " was sealed for program " + batch.program() + " "
                    + batch.programSha256() + " but this build has " + program.sha256()
                    + ": prepare it with the build that sealed it");
        }
    }
}
