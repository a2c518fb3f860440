package dev.thimble.model;

/**
 * The chain id of EIP-155.
 *
 * @param value between 1 and 2^63 - 1
 */
public record ChainId(long value) implements Comparable<ChainId> {
    public ChainId {
        if (value < 1) {
            throw new IllegalArgumentException("chain id must be at least 1 but is " + value);
        }
    }

    @Override
    public int compareTo(ChainId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
