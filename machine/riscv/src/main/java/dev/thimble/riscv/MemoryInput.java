package dev.thimble.riscv;

/**
 * A part of the addresses that a run touched: the circuit input of one instance of the memory circuit. Immutable.
 * {@link MemoryCodec} has its canonical bytes.
 *
 * @param instance number of the part, from 0
 * @param isLast whether no part follows
 * @param previous the address before the first record, {@link Address#NONE} in part 0
 * @param records the addresses of the part
 */
public record MemoryInput(int instance, boolean isLast, Address previous, MemorySummary records) {

    /** A register or a word. */
    public record Address(int space, int address) {
        /** Before the first address. */
        public static final Address NONE = new Address(-1, -1);
    }

    public MemoryInput {
        if (instance < 0 || (instance == 0) != previous.equals(Address.NONE)) {
            throw new IllegalArgumentException("instance " + instance + " after address " + previous);
        }
    }
}
