package dev.thimble.chain;

import java.util.List;

/**
 * Executes batches of blocks one after the other, each on the state that the one before left. A refused batch leaves
 * everything as it was.
 */
public final class BatchExecutor {
    private final ContentStore state;
    private final StfHost.Ancestors ancestors;

    /**
     * An executor.
     *
     * @param state has the state before the first batch, and takes what each batch adds
     * @param ancestors headers of the chain, for BLOCKHASH
     */
    public BatchExecutor(ContentStore state, StfHost.Ancestors ancestors) {
        this.state = state;
        this.ancestors = ancestors;
    }

    /**
     * Executes a batch.
     *
     * @param previous the batch before
     * @param parent the header of its last block
     * @param blocks RLP of consecutive blocks, at least one
     * @throws IllegalStateException if the program accepted the batch but told something else than it proved
     */
    public StfRun execute(StfMachine machine, BatchCommitment previous, BlockHeader parent, List<byte[]> blocks) {
        StfRun run =
                machine.run(StfProgram.STF, StfInput.batch(previous, parent, blocks), new StfHost(state, ancestors));
        if (run.result() instanceof StfRun.Result.Accepted(Bytes32 output)) {
            BatchCommitment commitment = run.notes()
                    .commitment()
                    .orElseThrow(() -> new IllegalStateException("the program noted no batch commitment"));
            if (!previous.publicInput(commitment).equals(output)) {
                throw new IllegalStateException(
                        "the program output " + output + ", not the noted batch's public input");
            }
            run.notes().contents().copyTo(state);
        }
        return run;
    }
}
