package dev.thimble.server;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Hex;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.Rlp;
import dev.thimble.ethereum.BlockReader;
import dev.thimble.ethereum.EthereumClient;
import java.math.BigInteger;
import java.util.List;

/**
 * One block of the L2 chain. Everything is read from its bytes; its hash is that of its header's bytes.
 *
 * @param block the whole block
 */
public record L2Block(Block block) {
    private static final int BENEFICIARY = 2;
    private static final int BASE_FEE = 15;

    /**
     * Reads a block from a node.
     *
     * @throws WrongNode if it does not follow the rules of Cancun, or its hash is not that of its header
     */
    static L2Block read(EthereumClient client, long number) {
        try {
            return new BlockReader(client)
                    .read(number)
                    .map(L2Block::new)
                    .orElseThrow(
                            () -> new WrongNode("the L2 node has no block " + number + " though it has later ones"));
        } catch (MalformedBlockException | IllegalArgumentException e) {
            throw new WrongNode("the L2 node does not serve this chain: " + e.getMessage()
                    + "; start it with the rules of Cancun, for example anvil --hardfork cancun");
        }
    }

    /** The block of stored bytes. */
    static L2Block decode(byte[] rlp) {
        try {
            return new L2Block(Block.decode(rlp));
        } catch (MalformedBlockException e) {
            throw new IllegalStateException("a stored block was changed by hand: " + e.getMessage(), e);
        }
    }

    /** Its RLP encoding. */
    byte[] rlp() {
        return block.rlp();
    }

    /** The RLP encoding of its header. */
    byte[] header() {
        return block.header().rlp();
    }

    long number() {
        return head().number();
    }

    String hash() {
        return head().hash().hex();
    }

    String parentHash() {
        return head().parentHash().hex();
    }

    String stateRoot() {
        return head().stateRoot().hex();
    }

    /** Seconds since 1970. */
    long timestamp() {
        return head().timestamp();
    }

    long gasUsed() {
        return head().gasUsed();
    }

    int transactions() {
        return block.transactions().size();
    }

    /** Its size without the header. */
    long dataBytes() {
        return (long) block.rlp().length - block.header().rlp().length;
    }

    /** Who gets the fees. */
    String beneficiary() {
        return Hex.data(fields().get(BENEFICIARY).bytes());
    }

    /** Per gas, in wei. */
    BigInteger baseFee() {
        return fields().get(BASE_FEE).number();
    }

    private BlockHeader head() {
        return block.header();
    }

    private List<Rlp.Item> fields() {
        return Rlp.decode(header()).items();
    }
}
