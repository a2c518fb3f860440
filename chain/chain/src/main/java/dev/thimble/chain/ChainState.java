package dev.thimble.chain;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A chain as far as it is executed: its state, its last batch and its last headers. It grows batch by batch from genesis;
 * a refused batch leaves everything as it was. Not thread-safe.
 */
public final class ChainState {
    /** BLOCKHASH reaches so far back. */
    private static final int ANCESTORS = 256;

    private final ContentStore contents;
    private final TreeMap<Long, BlockHeader> headers = new TreeMap<>();
    private BatchCommitment commitment;

    /**
     * A chain after a batch.
     *
     * @param contents has all nodes and codes of the state, and takes new ones
     * @param commitment the last batch
     * @param recent its last block's header and, if BLOCKHASH should find them, those before
     */
    public ChainState(ContentStore contents, BatchCommitment commitment, List<BlockHeader> recent) {
        this.contents = contents;
        this.commitment = commitment;
        recent.forEach(this::add);
        if (headers.isEmpty() || !head().hash().equals(commitment.blockHash())) {
            throw new IllegalArgumentException("the last header is not of block " + commitment.blockHash());
        }
    }

    /**
     * A chain at its genesis.
     *
     * @param header block 0 as the L2 node has it; anvil's does not have the state root that the accounts have
     * @param contents takes the state
     */
    public static ChainState atGenesis(Genesis genesis, BlockHeader header, ContentStore contents) {
        Bytes32 stateRoot = genesis.storeState(contents);
        return new ChainState(contents, BatchCommitment.genesis(genesis.chainId(), header, stateRoot), List.of(header));
    }

    /** The header of the last block. */
    public BlockHeader head() {
        return headers.lastEntry().getValue();
    }

    /** The last batch. */
    public BatchCommitment commitment() {
        return commitment;
    }

    /** The input that proves the batch of these blocks. */
    public byte[] input(List<byte[]> blocks) {
        return StfInput.batch(commitment, head(), blocks);
    }

    /** A host for a run on this state. */
    public StfHost host() {
        return new StfHost(
                contents, number -> Optional.ofNullable(headers.get(number)).map(BlockHeader::rlp));
    }

    /**
     * Executes the next batch; if it is accepted, the chain ends with it.
     *
     * @param blocks RLP of consecutive blocks, at least one
     * @throws IllegalStateException if the program accepted the batch but told something else than it proved
     */
    public StfRun execute(StfMachine machine, List<byte[]> blocks) {
        StfRun run = machine.run(StfProgram.STF, input(blocks), host());
        if (run.result() instanceof StfRun.Result.Accepted(Bytes32 output)) {
            accept(run, output, blocks);
        }
        return run;
    }

    private void accept(StfRun run, Bytes32 output, List<byte[]> blocks) {
        BatchCommitment next = run.notes()
                .commitment()
                .orElseThrow(() -> new IllegalStateException("the program noted no batch commitment"));
        if (!commitment.publicInput(next).equals(output)) {
            throw new IllegalStateException("the program output " + output + ", not the noted batch's public input");
        }
        List<BlockHeader> added = blocks.stream().map(ChainState::headerOf).toList();
        if (!added.getLast().hash().equals(next.blockHash())) {
            throw new IllegalStateException(
                    "the program executed block " + next.blockHash() + ", not the last one given");
        }
        run.notes().contents().copyTo(contents);
        added.forEach(this::add);
        commitment = next;
    }

    private static BlockHeader headerOf(byte[] block) {
        try {
            return Block.decode(block).header();
        } catch (MalformedBlockException e) {
            throw new IllegalStateException("the program accepted a block that is none: " + e.getMessage(), e);
        }
    }

    private void add(BlockHeader header) {
        headers.put(header.number(), header);
        headers.headMap(header.number() - ANCESTORS, true).clear();
    }
}
