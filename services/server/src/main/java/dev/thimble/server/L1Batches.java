package dev.thimble.server;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.contracts.NewBatch;
import dev.thimble.l1.BatchSource;
import dev.thimble.l1.ChainGenesis;
import dev.thimble.plonkverifier.MalformedException;
import dev.thimble.plonkverifier.PlonkProof;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The server's batches as L1 is given them: executed ones, with the blocks' bytes, and their SNARKs. */
final class L1Batches implements BatchSource {
    private final ChainTables tables;
    private final ChainGenesis genesis;

    /** @param genesis batch 0 as L1 has it */
    L1Batches(ChainTables tables, ChainGenesis genesis) {
        this.tables = tables;
        this.genesis = genesis;
    }

    /**
     * {@inheritDoc} A batch that is not executed yet, or was refused by its program, is not there.
     *
     * @throws IllegalStateException if batch 0 is not that of L1, or the stored blocks are not those that were executed
     */
    @Override
    public Optional<NewBatch> sealed(long number) {
        return tables.batches()
                .batch(number)
                .filter(SealedBatch::checked)
                .flatMap(batch -> tables.batches().commitment(number).map(commitment -> newBatch(batch, commitment)));
    }

    private NewBatch newBatch(SealedBatch batch, BatchCommitment commitment) {
        requireGenesis();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tables.blocksOf(batch).forEach(block -> data.writeBytes(block.rlp()));
        try {
            return NewBatch.of(commitment, data.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage() + ": the database was changed by hand", e);
        }
    }

    private void requireGenesis() {
        boolean same = tables.batches()
                .commitment(0)
                .map(BatchCommitment::hash)
                .filter(genesis.stored().commitment()::equals)
                .isPresent();
        if (!same) {
            throw new IllegalStateException(
                    "batch 0 of this chain is not the one on L1: the chain was begun anew; deploy it under another chain id");
        }
    }

    @Override
    public Optional<PlonkProof> proof(long number) {
        return tables.batches().snark(number).map(L1Batches::parse);
    }

    private static PlonkProof parse(String json) {
        try {
            return PlonkProof.fromJson(json);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored proof was changed by hand: " + e.getMessage(), e);
        }
    }
}
