package dev.thimble.riscv;

import java.util.Arrays;

/**
 * Every address that a run touched, strictly ascending by (space, address), with its initial value, its final value and
 * its final timestamp (1 + the last segment that touched it). Immutable.
 */
public final class MemorySummary {
    private final int[] space;
    private final int[] address;
    private final int[] initialValue;
    private final int[] finalValue;
    private final int[] finalTimestamp;

    /** Returns how many parts of at most {@code capacity} addresses there are; one if no address was touched. */
    public int parts(int capacity) {
        return Math.max(1, Math.ceilDiv(size(), capacity));
    }

    /** Returns part number {@code instance}: the circuit input of that instance of the memory circuit. */
    public MemoryInput part(int instance, int capacity) {
        if (instance < 0 || instance >= parts(capacity)) {
            throw new IllegalArgumentException("instance " + instance + " is not below " + parts(capacity));
        }
        int from = instance * capacity;
        int to = Math.min(size(), from + capacity);
        Builder part = new Builder();
        for (int i = from; i < to; i++) {
            part.add(space[i], address[i], initialValue[i], finalValue[i], finalTimestamp[i]);
        }
        MemoryInput.Address previous =
                from == 0 ? MemoryInput.Address.NONE : new MemoryInput.Address(space[from - 1], address[from - 1]);
        return new MemoryInput(instance, to == size(), previous, part.build());
    }

    private MemorySummary(Builder builder) {
        this.space = Arrays.copyOf(builder.space, builder.size);
        this.address = Arrays.copyOf(builder.address, builder.size);
        this.initialValue = Arrays.copyOf(builder.initialValue, builder.size);
        this.finalValue = Arrays.copyOf(builder.finalValue, builder.size);
        this.finalTimestamp = Arrays.copyOf(builder.finalTimestamp, builder.size);
    }

    /** Returns the summary of a run of one segment: its boundary records, honest or not. */
    public static MemorySummary ofOneSegment(SegmentInput segment) {
        BoundaryRecords records = segment.boundary();
        Builder builder = new Builder();
        for (int i = 0; i < records.size(); i++) {
            builder.add(
                    records.space(i),
                    records.address(i),
                    records.valueIn(i),
                    records.valueOut(i),
                    segment.segment() + 1);
        }
        return builder.build();
    }

    /** Returns the number of addresses. */
    public int size() {
        return space.length;
    }

    /** Returns {@link MemoryMap#SPACE_REGISTER} or {@link MemoryMap#SPACE_MEMORY}. */
    public int space(int index) {
        return space[index];
    }

    /** Returns the register number or the word address (byte address / 4). */
    public int address(int index) {
        return address[index];
    }

    /** Returns the value before the run: 0 for registers, by region for words. */
    public int initialValue(int index) {
        return initialValue[index];
    }

    /** Returns the value after the run. */
    public int finalValue(int index) {
        return finalValue[index];
    }

    /** Returns 1 + the number of the last segment that touched the address. */
    public int finalTimestamp(int index) {
        return finalTimestamp[index];
    }

    /** Collects addresses in ascending order. */
    static final class Builder {
        private int size;
        private int[] space = new int[1024];
        private int[] address = new int[1024];
        private int[] initialValue = new int[1024];
        private int[] finalValue = new int[1024];
        private int[] finalTimestamp = new int[1024];

        void add(int newSpace, int newAddress, int initial, int last, int timestamp) {
            if (size == space.length) {
                space = Arrays.copyOf(space, 2 * size);
                address = Arrays.copyOf(address, 2 * size);
                initialValue = Arrays.copyOf(initialValue, 2 * size);
                finalValue = Arrays.copyOf(finalValue, 2 * size);
                finalTimestamp = Arrays.copyOf(finalTimestamp, 2 * size);
            }
            space[size] = newSpace;
            address[size] = newAddress;
            initialValue[size] = initial;
            finalValue[size] = last;
            finalTimestamp[size] = timestamp;
            size++;
        }

        MemorySummary build() {
            return new MemorySummary(this);
        }
    }
}
