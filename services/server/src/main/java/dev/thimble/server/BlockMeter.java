package dev.thimble.server;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.FileContentStore;
import dev.thimble.chain.StfRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Executes single blocks as they are followed, each as a batch of its own, so that what proving them takes is known before a
 * batch is sealed. The states go into the chain's store, where the batches find them. Not thread-safe.
 */
final class BlockMeter {
    private final EmulatorMachine machine;
    /** Ends with the last block that was executed. */
    private @Nullable ChainState chain;
    /** Hash of a block that was refused; it is not executed again. */
    private String refused = "";

    BlockMeter(EmulatorMachine machine) {
        this.machine = machine;
    }

    /**
     * Executes a block, and those before it whose states are not in the store.
     *
     * @param store has the state of the genesis block at least
     */
    BlockRun run(L2Block block, FileContentStore store, ChainTables tables) throws IOException {
        ChainState before = stateBefore(block, store, tables);
        for (long number = before.head().number() + 1; number < block.number(); number++) {
            L2Block earlier = tables.blocks().block(number).orElseThrow();
            if (earlier.hash().equals(refused) || execute(before, earlier, store) instanceof BlockRun.Refused) {
                return new BlockRun.Waiting();
            }
        }
        return execute(before, block, store);
    }

    private BlockRun execute(ChainState before, L2Block block, FileContentStore store) throws IOException {
        StfRun run = before.execute(machine, List.of(block.rlp()));
        return switch (run.result()) {
            case StfRun.Result.Accepted _ -> {
                store.sync();
                yield new BlockRun.Accepted(
                        run.cost().orElseThrow(), before.commitment().messages().longValueExact());
            }
            case StfRun.Result.Refused refusal
            when refusal.lacksWitness() -> throw new IllegalStateException(StateTransitionProgram.NOT_WHOLE + store);
            case StfRun.Result.Refused(int exitCode, String reason) ->
                refuse(block, reason + " (exit code " + exitCode + ")");
            case StfRun.Result.Trapped(String message) -> refuse(block, "the program trapped: " + message);
        };
    }

    private BlockRun refuse(L2Block block, String reason) {
        refused = block.hash();
        return new BlockRun.Refused(reason);
    }

    /** The chain after the last block before this one whose state is in the store. */
    private ChainState stateBefore(L2Block block, FileContentStore store, ChainTables tables) {
        ChainState last = chain;
        if (last == null || !last.head().hash().hex().equals(block.parentHash())) {
            long number = block.number() - 1;
            while (number > 0 && store.get(stateRoot(number, tables)).isEmpty()) {
                number--;
            }
            last = stateAfter(number, store, tables);
            chain = last;
        }
        return last;
    }

    private static ChainState stateAfter(long number, FileContentStore store, ChainTables tables) {
        List<BlockHeader> recent = tables.headersUpTo(number);
        BatchCommitment genesis = tables.batches().commitment(0).orElseThrow();
        Bytes32 stateRoot = number == 0 ? genesis.stateRoot() : stateRoot(number, tables);
        return new ChainState(
                store,
                BatchCommitment.before(genesis.chainId().longValueExact(), number, recent.getLast(), stateRoot),
                recent);
    }

    private static Bytes32 stateRoot(long number, ChainTables tables) {
        Optional<L2Block> block = tables.blocks().block(number);
        return new Bytes32(block.orElseThrow().stateRoot());
    }
}
