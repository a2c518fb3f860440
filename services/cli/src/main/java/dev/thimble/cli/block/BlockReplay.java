package dev.thimble.cli.block;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.ContentStore;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.MemoryContentStore;
import dev.thimble.chain.StfMachine;
import dev.thimble.chain.StfRun;
import dev.thimble.chain.TrieBuilder;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.proving.GuestFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brings a chain from its genesis to the block before the wanted ones: each earlier block is executed as a batch of its
 * own, natively if this machine has a C compiler, otherwise in the emulator.
 */
final class BlockReplay {
    /** A block that the state transition function refused: a negative verdict. */
    static final class Rejected extends Exception {
        private final long number;

        Rejected(long number, String reason) {
            super(reason);
            this.number = number;
        }

        /** The first block that may be the wrong one. */
        long number() {
            return number;
        }
    }

    private BlockReplay() {}

    /**
     * The chain up to the block before {@code options.from}.
     *
     * @throws Rejected if a block on the way is invalid
     */
    static ChainState before(BlockOptions options, BlockSource source, Context context, Progress progress)
            throws Rejected, InterruptedException {
        var genesis = genesis(options);
        var contents = new MemoryContentStore();
        var chain = ChainState.atGenesis(genesis, genesisHeader(genesis, source), contents);
        requireRoot(chain);
        if (options.from > 1) {
            var machine = quickest(context);
            for (long number = 1; number < options.from; number++) {
                accepted(chain.execute(machine, List.of(source.block(number).rlp())), number);
                progress.at("executing the blocks before", number, options.from - 1);
            }
        }
        return chain;
    }

    /** The wanted blocks. */
    static List<Block> wanted(BlockOptions options, BlockSource source) {
        var blocks = new ArrayList<Block>();
        for (long number = options.from; number <= options.to; number++) {
            blocks.add(source.block(number));
        }
        return blocks;
    }

    /**
     * The run if it accepted its batch.
     *
     * @throws Rejected if the program refused it
     * @throws CommandFailure UNSUPPORTED_… if it needs what the program does not have
     */
    static StfRun accepted(StfRun run, long firstBlock) throws Rejected {
        switch (run.result()) {
            case StfRun.Result.Accepted _ -> {
                return run;
            }
            case StfRun.Result.Refused refused
            when refused.unsupported() ->
                throw CommandFailure.environment(
                        refused.reason().toUpperCase(Locale.ROOT).replace(' ', '_'),
                        "block " + firstBlock + " or one after it needs what cannot be proven yet: " + refused.reason(),
                        "Keep such transactions out of the chain's blocks.");
            case StfRun.Result.Refused(int exitCode, String reason) ->
                throw new Rejected(firstBlock, reason + " (exit code " + exitCode + ")");
            case StfRun.Result.Trapped(String message) ->
                throw new IllegalStateException("the state transition function trapped: " + message);
        }
    }

    private static Genesis genesis(BlockOptions options) {
        try {
            return Genesis.parse(GuestFiles.input(options.genesis));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "GENESIS_MALFORMED", options.genesis + ": " + e.getMessage(), "Give a standard genesis.json.");
        }
    }

    /** The source's, or the one that the file gives, with the state root or, as anvil has it, the empty one. */
    private static BlockHeader genesisHeader(Genesis genesis, BlockSource source) {
        return source.genesisHeader().orElseGet(() -> {
            var parent = source.block(1).header().parentHash();
            ContentStore nowhere = new MemoryContentStore();
            for (var root : List.of(genesis.storeState(nowhere), TrieBuilder.EMPTY_ROOT)) {
                var header = genesis.header(root);
                if (header.hash().equals(parent)) {
                    return header;
                }
            }
            throw CommandFailure.environment(
                    "GENESIS_MISMATCH",
                    "block 1 does not build on this genesis file: its parent is " + parent,
                    "Give the genesis file that the node was started from, or put block 0 into --blocks.");
        });
    }

    private static void requireRoot(ChainState chain) throws Rejected {
        var root = chain.head().stateRoot();
        if (!root.equals(chain.commitment().stateRoot()) && !root.equals(TrieBuilder.EMPTY_ROOT)) {
            throw new Rejected(
                    0, "the genesis file has state root " + chain.commitment().stateRoot() + ", block 0 has " + root);
        }
    }

    private static StfMachine quickest(Context context) throws InterruptedException {
        try {
            return StfMachines.open(StfMachines.NATIVE, context);
        } catch (CommandFailure e) {
            EmulatorMachine emulator = StfMachines.emulator(context.root());
            return emulator;
        }
    }
}
