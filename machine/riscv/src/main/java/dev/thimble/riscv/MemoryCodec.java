package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Canonical bytes of a {@link MemoryInput}, little-endian 32-bit words: magic, version, instance, 1 if it is the last, space
 * and address before the first record (both −1 in instance 0), number of records; then per record space, address, initial
 * value, final value, final timestamp, strictly ascending by (space, address).
 */
public final class MemoryCodec {
    private static final int MAGIC = 0x4D45_4D54;
    private static final int VERSION = 1;
    private static final int HEADER_WORDS = 7;
    private static final int RECORD_WORDS = 5;

    private MemoryCodec() {}

    /** Returns the bytes of a memory input. */
    public static byte[] encode(MemoryInput input) {
        MemorySummary records = input.records();
        ByteBuffer bytes = ByteBuffer.allocate(4 * (HEADER_WORDS + RECORD_WORDS * records.size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(input.instance()).putInt(input.isLast() ? 1 : 0);
        bytes.putInt(input.previous().space()).putInt(input.previous().address());
        bytes.putInt(records.size());
        for (int i = 0; i < records.size(); i++) {
            bytes.putInt(records.space(i)).putInt(records.address(i));
            bytes.putInt(records.initialValue(i)).putInt(records.finalValue(i));
            bytes.putInt(records.finalTimestamp(i));
        }
        return bytes.array();
    }

    /**
     * Reads a memory input.
     *
     * @throws MalformedSegmentException if the bytes are not exactly one canonical encoding
     */
    public static MemoryInput decode(byte[] bytes) throws MalformedSegmentException {
        require(bytes.length >= 4 * HEADER_WORDS && bytes.length % 4 == 0, "wrong length " + bytes.length);
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        require(words[0] == MAGIC, "no memory input");
        require(words[1] == VERSION, "unknown version " + words[1]);
        require(words[2] >= 0 && words[2] < 1 << 16, "instance " + words[2] + " out of range");
        require(words[3] == 0 || words[3] == 1, "last is neither 0 nor 1");
        MemoryInput.Address previous = new MemoryInput.Address(words[4], words[5]);
        boolean first = words[2] == 0;
        require(
                first ? previous.equals(MemoryInput.Address.NONE) : isAddress(words[4], words[5]),
                "bad address before");
        int count = words[6];
        require(count >= 0 && words.length == HEADER_WORDS + (long) RECORD_WORDS * count, "wrong number of records");
        return new MemoryInput(words[2], words[3] == 1, previous, records(words, count, previous));
    }

    private static MemorySummary records(int[] words, int count, MemoryInput.Address before)
            throws MalformedSegmentException {
        MemorySummary.Builder records = new MemorySummary.Builder();
        MemoryInput.Address previous = before;
        for (int i = 0; i < count; i++) {
            int at = HEADER_WORDS + RECORD_WORDS * i;
            int space = words[at];
            int address = words[at + 1];
            require(isAddress(space, address), "record " + i + " has an address outside its space");
            require(
                    space > previous.space() || (space == previous.space() && address > previous.address()),
                    "record " + i + " is out of order");
            require(words[at + 4] >= 0, "record " + i + " has a negative timestamp");
            records.add(space, address, words[at + 2], words[at + 3], words[at + 4]);
            previous = new MemoryInput.Address(space, address);
        }
        return records.build();
    }

    private static boolean isAddress(int space, int address) {
        return switch (space) {
            case MemoryMap.SPACE_REGISTER -> address >= 0 && address < SegmentLimits.REGISTERS;
            case MemoryMap.SPACE_MEMORY ->
                address >= 0 && address < MemoryMap.INPUT_END >>> 2 && MemoryMap.isReadable(4 * address);
            default -> false;
        };
    }

    private static void require(boolean condition, String message) throws MalformedSegmentException {
        if (!condition) {
            throw new MalformedSegmentException("memory input: " + message);
        }
    }
}
