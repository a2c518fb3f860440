package dev.thimble.model;

/**
 * One L1 batch of one chain: the unit that is proven.
 *
 * @param chain the chain
 * @param number the batch number, 0 being genesis
 */
public record BatchId(ChainId chain, long number) implements Comparable<BatchId> {
    public BatchId {
        if (number < 0) {
            throw new IllegalArgumentException("batch number must not be negative but is " + number);
        }
    }

    public static BatchId of(long chain, long number) {
        return new BatchId(new ChainId(chain), number);
    }

    @Override
    public int compareTo(BatchId other) {
        int byChain = chain.compareTo(other.chain);
        return byChain != 0 ? byChain : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return chain + "/" + number;
    }
}
