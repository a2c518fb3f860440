package dev.thimble.server;

import dev.thimble.ethereum.EthereumClient;
import dev.thimble.model.BatchId;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.observability.LogContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the L2 node block by block and seals batches. Blocks that the node replaces are replaced here as long as they are
 * in no batch; after that the node is wrong.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int BLOCKS_AT_ONCE = 100;

    private final L2Node node;
    private final ChainId chain;
    private final BlockTable blocks;
    private final List<SealCriterion> criteria;
    private final BatchProgram program;
    private final ProtocolVersion version;
    private boolean begun;

    Follower(
            L2Node node,
            ChainId chain,
            BlockTable blocks,
            List<SealCriterion> criteria,
            BatchProgram program,
            ProtocolVersion version) {
        this.node = node;
        this.chain = chain;
        this.blocks = blocks;
        this.criteria = List.copyOf(criteria);
        this.program = program;
        this.version = version;
    }

    /**
     * Takes the blocks that are new, seals what is to be sealed.
     *
     * @return whether more blocks are there already
     * @throws WrongNode if the node is not this chain's
     */
    boolean step() {
        begin();
        long newest = node.client().blockNumber();
        long head = head().number();
        boolean more = head >= newest ? !requireSameHead(newest, head) : follow(head, newest);
        while (sealOne()) {
            more = true;
        }
        return more;
    }

    private L2Block head() {
        return blocks.head().orElseThrow(() -> new IllegalStateException("chain " + chain + " has no genesis block"));
    }

    /** Checks that the node serves this chain; at the first step and after every failure of the caller to reach it. */
    private void begin() {
        if (begun) {
            return;
        }
        EthereumClient client = node.client();
        long found = client.chainId();
        if (found != chain.value()) {
            throw new WrongNode("the L2 node " + client.rpc().shown() + " has chain id " + found
                    + " but this server follows chain " + chain + ": give the right node, or --l2-chain-id " + found);
        }
        blocks.begin(read(0), version);
        begun = true;
    }

    private L2Block read(long number) {
        return L2Block.read(node.client(), number);
    }

    private boolean follow(long head, long newest) {
        long last = Math.min(newest, head + BLOCKS_AT_ONCE);
        for (long number = head + 1; number <= last; number++) {
            if (!blocks.append(read(number))) {
                rewind(number - 1);
                return true;
            }
        }
        return last < newest;
    }

    /** Whether the node's block {@code min(newest, head)} is ours and it lacks none; rewinds otherwise. */
    private boolean requireSameHead(long newest, long head) {
        if (newest == head && isSame(head)) {
            return true;
        }
        rewind(Math.min(newest, head));
        return false;
    }

    private boolean isSame(long number) {
        return blocks.block(number)
                .map(block -> block.hash().equals(read(number).hash()))
                .orElse(false);
    }

    private void rewind(long from) {
        long sealed = blocks.lastSealed();
        long common = from;
        while (common > sealed && !isSame(common)) {
            common--;
        }
        if (common < sealed || !isSame(common)) {
            throw new WrongNode("the L2 node does not have block " + sealed + " of chain " + chain + " as it was sealed"
                    + " into a batch: bring back the node's data; batches that are sealed are never changed");
        }
        LOG.warn("the L2 node has replaced the blocks after {}", common);
        blocks.forgetFrom(common + 1);
    }

    private boolean sealOne() {
        Optional<BatchId> sealed = blocks.sealNext(criteria, program, version);
        sealed.ifPresent(batch -> {
            try (var _ = LogContext.of(batch)) {
                LOG.info("sealed batch {}", batch);
            }
        });
        return sealed.isPresent();
    }
}
