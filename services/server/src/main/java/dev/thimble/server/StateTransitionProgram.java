package dev.thimble.server;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.FileContentStore;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.Hex;
import dev.thimble.chain.StfCost;
import dev.thimble.chain.StfProgram;
import dev.thimble.chain.StfRun;
import dev.thimble.model.BatchId;
import dev.thimble.riscv.WitnessInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code guest/stf}: the blocks of a batch are executed by Ethereum's rules. Each batch is executed here, in the emulator, on
 * the chain's own state; that checks every root and hash and gives the hint words. The state is a folder that only grows; if
 * it is lost it is made again from the genesis file and the stored blocks.
 */
public final class StateTransitionProgram implements BatchProgram {
    /** The name that stands for it in settings. */
    public static final String NAME = "stf";

    /** What to say of a state that lacks a part; its place follows. */
    static final String NOT_WHOLE =
            "the state is not whole: delete its folder, it is made again from the stored blocks: ";

    private static final Logger LOG = LoggerFactory.getLogger(StateTransitionProgram.class);
    private final EmulatorMachine machine;
    private final String sha256;
    private final Genesis genesis;
    private final Path folder;
    private final BlockMeter meter;
    private @Nullable FileContentStore contents;

    private StateTransitionProgram(EmulatorMachine machine, String sha256, Genesis genesis, Path folder) {
        this.machine = machine;
        this.sha256 = sha256;
        this.genesis = genesis;
        this.folder = folder;
        this.meter = new BlockMeter(machine);
    }

    /**
     * The program.
     *
     * @param guests the folder of the guest programs
     * @param genesis what the L2 node started from
     * @param folder holds the chain's state; used by one process at a time
     * @throws IOException if the program cannot be read
     */
    public static StateTransitionProgram of(Path guests, Genesis genesis, Path folder) throws IOException {
        byte[] elf = Files.readAllBytes(guests.resolve(StfProgram.STF.text() + ".elf"));
        String sha256 = Hex.data(HeaderChainProgram.sha256(elf));
        return new StateTransitionProgram(EmulatorMachine.load(guests), sha256, genesis, folder);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public BlockRun run(L2Block block, ChainTables tables) throws IOException {
        return meter.run(block, begin(tables), tables);
    }

    @Override
    public BatchWitness witness(SealedBatch batch, ChainTables tables) throws BatchRefused, IOException {
        return execute(stateBefore(batch.id(), tables), batch, tables);
    }

    @Override
    public Optional<byte[]> expectedOutput(SealedBatch batch, ChainTables tables) {
        long number = batch.id().number();
        return tables.batches()
                .commitment(number - 1)
                .flatMap(before -> tables.batches().commitment(number).map(before::publicInput))
                .map(Bytes32::bytes);
    }

    private BatchWitness execute(ChainState chain, SealedBatch batch, ChainTables tables)
            throws BatchRefused, IOException {
        List<byte[]> blocks = tables.blocksOf(batch).stream().map(L2Block::rlp).toList();
        byte[] input = chain.input(blocks);
        List<int[]> hints = new ArrayList<>();
        StfRun run = chain.execute(machine.withSegments(segment -> hints.add(segment.hints())), blocks);
        requireAccepted(run, batch);
        contents().sync();
        tables.batches().setCommitment(batch.id(), chain.commitment(), run.cost());
        int[] stream = hints.stream().flatMapToInt(IntStream::of).toArray();
        StfCost cost = run.cost().orElseThrow();
        LOG.info("executed batch {}, {} hint words, {}", batch.id(), stream.length, cost);
        return new BatchWitness(new WitnessInput(input, stream), cost);
    }

    private void requireAccepted(StfRun run, SealedBatch batch) throws BatchRefused {
        long block = batch.firstBlock() + run.notes().blocks().size();
        switch (run.result()) {
            case StfRun.Result.Accepted _ -> {}
            case StfRun.Result.Refused refused
            when refused.lacksWitness() -> throw new IllegalStateException(NOT_WHOLE + folder);
            case StfRun.Result.Refused refused
            when refused.unsupported() ->
                throw new BatchRefused(
                        batch.id(), "block " + block + " needs what cannot be proven yet: " + refused.reason());
            case StfRun.Result.Refused(int exitCode, String reason) ->
                throw new BatchRefused(
                        batch.id(),
                        "block " + block + " is not what its transactions give: " + reason + " (exit code " + exitCode
                                + "); the L2 node does not follow the rules of Cancun, or the database was changed");
            case StfRun.Result.Trapped(String message) ->
                throw new BatchRefused(batch.id(), "the state transition function trapped: " + message);
        }
    }

    /** The chain after the batch before; batches whose state is not in the folder are executed again. */
    private ChainState stateBefore(BatchId batch, ChainTables tables) throws BatchRefused, IOException {
        FileContentStore store = begin(tables);
        long here = batch.number() - 1;
        while (here > 0 && !isHere(store, tables.batches().commitment(here))) {
            here--;
        }
        ChainState chain = stateAfter(here, store, tables);
        for (long number = here + 1; number < batch.number(); number++) {
            LOG.info("executing batch {} again: its state is not in {}", number, folder);
            execute(chain, batch(number, tables), tables);
        }
        return chain;
    }

    private static SealedBatch batch(long number, ChainTables tables) {
        return tables.batches().batch(number).orElseThrow();
    }

    private static boolean isHere(FileContentStore store, Optional<BatchCommitment> commitment) {
        return commitment.flatMap(known -> store.get(known.stateRoot())).isPresent();
    }

    private static ChainState stateAfter(long number, FileContentStore store, ChainTables tables) {
        BatchCommitment commitment = tables.batches().commitment(number).orElseThrow();
        long last = batch(number, tables).lastBlock();
        return new ChainState(store, commitment, tables.headersUpTo(last));
    }

    /** Opens the state; the first time the genesis is put into it. */
    private synchronized FileContentStore begin(ChainTables tables) throws IOException {
        if (contents != null) {
            return contents();
        }
        FileContentStore store = FileContentStore.open(folder);
        try {
            BlockHeader header = tables.blocks().block(0).orElseThrow().block().header();
            BatchCommitment commitment = GenesisBatch.store(genesis, header, store);
            store.sync();
            begin(commitment, tables.batches());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        contents = store;
        return store;
    }

    private static void begin(BatchCommitment genesis, BatchTable batches) {
        Optional<Bytes32> before = batches.commitment(0).map(BatchCommitment::hash);
        if (before.isPresent() && !before.get().equals(genesis.hash())) {
            throw new IllegalStateException("the genesis file is not the one that the chain's batches began with");
        }
        batches.setCommitment(new BatchId(batches.chain(), 0), genesis, Optional.empty());
    }

    private synchronized FileContentStore contents() throws IOException {
        FileContentStore open = contents;
        if (open == null) {
            throw new IOException("the state in " + folder + " is closed");
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        FileContentStore open = contents;
        contents = null;
        if (open != null) {
            open.close();
        }
    }
}
