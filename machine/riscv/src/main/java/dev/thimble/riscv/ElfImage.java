package dev.thimble.riscv;

import dev.thimble.riscv.ElfException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Reads a program from an ELF file: RV32, little-endian, statically linked, without compressed instructions.
 *
 * <p>Loadable segments in the text region become the text, those in RAM the data image; gaps between them are zero.
 * What a segment asks for beyond its file bytes (.bss) is RAM that is zero anyway. Source of the format: System V ABI
 * chapters 4 and 5, RISC-V ELF psABI 1.0 section 8 (e_flags).
 */
public final class ElfImage {
    /** The largest data image in bytes, gaps included. */
    public static final int MAXIMUM_IMAGE_BYTES = 16 << 20;

    private static final int HEADER_BYTES = 52;
    private static final int PROGRAM_HEADER_BYTES = 32;
    private static final int MACHINE_RISCV = 243;
    private static final int FLAG_COMPRESSED = 1;
    private static final int SEGMENT_LOAD = 1;
    private static final int SEGMENT_DYNAMIC = 2;
    private static final int SEGMENT_INTERPRETER = 3;
    private static final int PERMISSION_EXECUTE = 1;

    private final ByteBuffer file;
    private final Region text = new Region();
    private final Region image = new Region();

    private ElfImage(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a program.
     *
     * @throws ElfException if the file is none of this machine's programs; the code tells why
     */
    public static Program load(byte[] bytes) throws ElfException {
        ElfImage elf = new ElfImage(bytes);
        elf.checkIdentification();
        elf.checkHeader();
        elf.readSegments();
        return elf.program();
    }

    private void checkIdentification() throws ElfException {
        require(
                file.capacity() >= HEADER_BYTES && file.getInt(0) == 0x464C_457F,
                Code.NOT_ELF,
                "the file is not an ELF file; give the linked program, not its source or an archive");
        require(
                file.get(4) == 1 && file.get(5) == 1 && Short.toUnsignedInt(file.getShort(18)) == MACHINE_RISCV,
                Code.WRONG_ISA,
                "the program is not for 32-bit little-endian RISC-V; compile with -march=rv32im -mabi=ilp32");
    }

    private void checkHeader() throws ElfException {
        int flags = file.getInt(36);
        require(
                (flags & FLAG_COMPRESSED) == 0,
                Code.COMPRESSED,
                "the program has compressed instructions; compile and link with -march=rv32im (no c)");
        require(
                flags == 0,
                Code.WRONG_ISA,
                String.format(
                        Locale.ROOT,
                        "the program's ELF flags 0x%x ask for more than rv32im/ilp32; compile with -mabi=ilp32",
                        flags));
        require(
                file.getShort(16) == 2,
                Code.NOT_EXECUTABLE,
                "the ELF file is not an executable of fixed addresses; link with -static and without -pie");
        require(
                file.getShort(42) == PROGRAM_HEADER_BYTES,
                Code.NOT_ELF,
                "the ELF file's program headers have an unknown size; the file is damaged");
    }

    private void readSegments() throws ElfException {
        long offset = Integer.toUnsignedLong(file.getInt(28));
        int count = Short.toUnsignedInt(file.getShort(44));
        require(
                offset + (long) count * PROGRAM_HEADER_BYTES <= file.capacity(),
                Code.BAD_SEGMENT,
                "the program headers lie outside the file; the file is truncated");
        for (int i = 0; i < count; i++) {
            int header = (int) offset + i * PROGRAM_HEADER_BYTES;
            int type = file.getInt(header);
            require(
                    type != SEGMENT_DYNAMIC && type != SEGMENT_INTERPRETER,
                    Code.NOT_STATIC,
                    "the program is dynamically linked; link with -static");
            if (type == SEGMENT_LOAD && file.getInt(header + 20) != 0) {
                readSegment(header);
            }
        }
    }

    private void readSegment(int header) throws ElfException {
        long fileOffset = Integer.toUnsignedLong(file.getInt(header + 4));
        long address = Integer.toUnsignedLong(file.getInt(header + 8));
        long fileBytes = Integer.toUnsignedLong(file.getInt(header + 16));
        long memoryBytes = Integer.toUnsignedLong(file.getInt(header + 20));
        boolean executable = (file.getInt(header + 24) & PERMISSION_EXECUTE) != 0;
        String where = String.format(Locale.ROOT, "the segment of %d bytes at 0x%08x", memoryBytes, address);
        require(
                fileBytes <= memoryBytes && fileOffset + fileBytes <= file.capacity(),
                Code.BAD_SEGMENT,
                where + " lies outside the file; the file is truncated");
        int base = executable ? MemoryMap.TEXT_BASE : MemoryMap.RAM_BASE;
        int end = executable ? MemoryMap.TEXT_END : MemoryMap.RAM_END;
        require(
                address >= base && address < end,
                Code.BAD_SEGMENT,
                String.format(
                        Locale.ROOT,
                        "%s is %s and must lie in [0x%08x, 0x%08x); link with the linker script of libthimble",
                        where,
                        executable ? "code" : "data",
                        base,
                        end));
        require(address + memoryBytes <= end, Code.TOO_LARGE, where + " does not fit into its region");
        (executable ? text : image).add((int) address, file.slice((int) fileOffset, (int) fileBytes), where);
    }

    private Program program() throws ElfException {
        long entry = Integer.toUnsignedLong(file.getInt(24));
        require(
                (entry & 3) == 0 && entry >= text.base && entry + 4 <= text.end,
                Code.BAD_ENTRY,
                String.format(Locale.ROOT, "the entry 0x%08x is misaligned or outside the program's code", entry));
        int imageBase = image.end > image.base ? image.base : MemoryMap.RAM_BASE;
        return new Program((int) entry, text.base, text.words(), imageBase, image.words());
    }

    private static void require(boolean condition, Code code, String message) throws ElfException {
        if (!condition) {
            throw new ElfException(code, message);
        }
    }

    /** The bytes of all segments of one region, as one contiguous range of whole words. */
    private static final class Region {
        private int base;
        private int end;
        private byte[] bytes = new byte[0];

        void add(int address, ByteBuffer content, String where) throws ElfException {
            if (!content.hasRemaining()) {
                return;
            }
            int from = address & ~3;
            int to = (address + content.remaining() + 3) & ~3;
            int newBase = end > base ? Math.min(base, from) : from;
            int newEnd = Math.max(end, to);
            require(
                    newEnd - newBase <= MAXIMUM_IMAGE_BYTES,
                    Code.TOO_LARGE,
                    where + " makes the image larger than " + MAXIMUM_IMAGE_BYTES + " bytes");
            require(
                    end <= base || address >= end || to <= base,
                    Code.BAD_SEGMENT,
                    where + " overlaps another; link with the linker script of libthimble");
            byte[] grown = new byte[newEnd - newBase];
            System.arraycopy(bytes, 0, grown, end > base ? base - newBase : 0, bytes.length);
            content.get(grown, address - newBase, content.remaining());
            base = newBase;
            end = newEnd;
            bytes = grown;
        }

        int[] words() {
            int[] words = new int[bytes.length / 4];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
            return words;
        }
    }
}
