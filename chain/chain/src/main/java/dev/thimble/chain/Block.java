package dev.thimble.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * A block: header, transactions, ommers, withdrawals. Only its form is checked.
 *
 * @param rlp rlp(header, transactions, ommers, withdrawals)
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its header's hash only
public record Block(byte[] rlp, BlockHeader header, List<Transaction> transactions) {
    private static final int PARTS = 4;

    public Block {
        transactions = List.copyOf(transactions);
    }

    /**
     * Decodes a block.
     *
     * @throws MalformedBlockException if it is none, or one of another fork than Cancun
     */
    public static Block decode(byte[] rlp) throws MalformedBlockException {
        try {
            return ofParts(rlp, Rlp.decode(rlp).items());
        } catch (IllegalArgumentException e) {
            throw new MalformedBlockException("not a block: " + e.getMessage());
        }
    }

    private static Block ofParts(byte[] rlp, List<Rlp.Item> parts) throws MalformedBlockException {
        Rlp.Item head = parts.getFirst();
        BlockHeader header = BlockHeader.of(Rlp.encode(head), head.items());
        if (parts.size() != PARTS) {
            throw new MalformedBlockException("the block has " + parts.size() + " parts, not " + PARTS);
        }
        return new Block(
                rlp, header, parts.get(1).items().stream().map(Transaction::of).toList());
    }

    /**
     * The block of a header's RLP, raw transactions and encoded withdrawals, without ommers.
     *
     * @throws MalformedBlockException if the header is of another fork than Cancun
     */
    public static Block assemble(byte[] header, List<byte[]> transactions, List<byte[]> withdrawals)
            throws MalformedBlockException {
        List<byte[]> items = transactions.stream()
                .map(Transaction::of)
                .map(Transaction::item)
                .toList();
        return decode(Rlp.list(header, Rlp.list(items), Rlp.list(), Rlp.list(withdrawals)));
    }

    /**
     * Decodes blocks that stand one after the other.
     *
     * @throws MalformedBlockException if one of them is none
     */
    public static List<Block> decodeAll(byte[] bytes) throws MalformedBlockException {
        List<Block> blocks = new ArrayList<>();
        try {
            for (byte[] rlp : Rlp.split(bytes)) {
                blocks.add(decode(rlp));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedBlockException("not a sequence of blocks: " + e.getMessage());
        }
        return blocks;
    }
}
