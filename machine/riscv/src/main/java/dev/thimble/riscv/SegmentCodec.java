package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Canonical bytes of a {@link SegmentInput}, little-endian 32-bit words: magic, version, segment, entry pc, rows, number of
 * register records, of memory records, of hint words; then per record address, value in, timestamp in, value out (registers
 * first, both ascending); then the hint words. Equal inputs have equal bytes and only one byte string decodes to each.
 */
public final class SegmentCodec {
    private static final int MAGIC = 0x4745_5354;
    private static final int VERSION = 1;
    private static final int HEADER_WORDS = 8;
    private static final int RECORD_WORDS = 4;

    private SegmentCodec() {}

    /** Returns the bytes of a segment input. */
    public static byte[] encode(SegmentInput input) {
        BoundaryRecords boundary = input.boundary();
        int[] hints = input.hints();
        int registers = 0;
        while (registers < boundary.size() && boundary.space(registers) == MemoryMap.SPACE_REGISTER) {
            registers++;
        }
        int words = HEADER_WORDS + RECORD_WORDS * boundary.size() + hints.length;
        ByteBuffer bytes = ByteBuffer.allocate(4 * words).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(input.segment()).putInt(input.entryPc());
        bytes.putInt(input.rows()).putInt(registers);
        bytes.putInt(boundary.size() - registers).putInt(hints.length);
        for (int i = 0; i < boundary.size(); i++) {
            bytes.putInt(boundary.address(i)).putInt(boundary.valueIn(i));
            bytes.putInt(boundary.timestampIn(i)).putInt(boundary.valueOut(i));
        }
        bytes.asIntBuffer().put(hints);
        return bytes.array();
    }

    /**
     * Reads a segment input.
     *
     * @throws MalformedSegmentException if the bytes are not exactly one canonical encoding
     */
    public static SegmentInput decode(byte[] bytes) throws MalformedSegmentException {
        require(bytes.length >= 4 * HEADER_WORDS && bytes.length % 4 == 0, "wrong length " + bytes.length);
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        require(words[0] == MAGIC, "no segment input");
        require(words[1] == VERSION, "unknown version " + words[1]);
        int segment = words[2];
        int rows = words[4];
        int registers = words[5];
        int memoryWords = words[6];
        int hints = words[7];
        require(segment >= 0 && segment < 1 << 24, "segment " + segment + " out of range");
        require(rows >= 1 && rows <= 1 << 24, "rows " + rows + " out of range");
        require(registers >= 0 && registers <= SegmentLimits.REGISTERS, "too many registers");
        require(memoryWords >= 0 && hints >= 0, "negative count");
        long expected = HEADER_WORDS + RECORD_WORDS * ((long) registers + memoryWords) + hints;
        require(words.length == expected, "length " + words.length + " words instead of " + expected);
        BoundaryRecords boundary = records(words, segment, registers, registers + memoryWords);
        int[] hintWords = Arrays.copyOfRange(words, words.length - hints, words.length);
        return new SegmentInput(segment, words[3], rows, boundary, hintWords);
    }

    private static BoundaryRecords records(int[] words, int segment, int registers, int count)
            throws MalformedSegmentException {
        BoundaryRecords.Builder records = new BoundaryRecords.Builder(count);
        int previous = -1;
        for (int i = 0; i < count; i++) {
            int at = HEADER_WORDS + RECORD_WORDS * i;
            int address = words[at];
            boolean register = i < registers;
            previous = i == registers ? -1 : previous;
            require(address > previous, "record " + i + " is out of order");
            require(
                    register
                            ? address < SegmentLimits.REGISTERS
                            : address < MemoryMap.INPUT_END >>> 2 && MemoryMap.isReadable(4 * address),
                    "record " + i + " has an address outside its space");
            require(words[at + 2] >= 0 && words[at + 2] <= segment, "record " + i + " has a timestamp from the future");
            int space = register ? MemoryMap.SPACE_REGISTER : MemoryMap.SPACE_MEMORY;
            records.add(space, address, words[at + 1], words[at + 2], words[at + 3]);
            previous = address;
        }
        return records.build();
    }

    private static void require(boolean condition, String message) throws MalformedSegmentException {
        if (!condition) {
            throw new MalformedSegmentException("segment input: " + message);
        }
    }
}
