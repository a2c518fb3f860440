package dev.thimble.server;

import java.io.IOException;
import java.util.Optional;

/** The guest program that proves a batch, and what is given to it. */
public sealed interface BatchProgram extends AutoCloseable permits HeaderChainProgram, StateTransitionProgram {
    /** Its name, for example {@code stf}. */
    String name();

    /** 0x-hex SHA-256 of its ELF file. */
    String sha256();

    /**
     * Executes a block as a batch of its own, to know what proving it takes. Blocks come in order, before they are in a batch.
     *
     * @throws IOException if the program's own files cannot be used
     */
    BlockRun run(L2Block block, ChainTables chain) throws IOException;

    /**
     * What the program is run on to prove a batch. Batches come in order, each once it is its turn and again after a failure.
     *
     * @throws BatchRefused if the program does not accept the batch
     * @throws IOException if its own files cannot be used
     */
    BatchWitness witness(SealedBatch batch, ChainTables chain) throws BatchRefused, IOException;

    /** The 32 bytes that the program commits to for a batch; empty as long as they depend on a witness that is not made. */
    Optional<byte[]> expectedOutput(SealedBatch batch, ChainTables chain);

    /** Lets go of its files; it opens them again when it is used again. */
    @Override
    void close() throws IOException;
}
