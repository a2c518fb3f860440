package dev.thimble.riscv;

/**
 * The address space of a program, in bytes. All addresses are below 2^30; whatever is in no region traps.
 *
 * <ul>
 *   <li>text: fetched, never loaded or stored;
 *   <li>RAM: the data image (.rodata, .data), bss, heap and stack; zero where the image says nothing;
 *   <li>input: word 0 is the length of the input in bytes, then its bytes, zero padded; loaded, never stored.
 * </ul>
 */
public final class MemoryMap {
    public static final int TEXT_BASE = 0x0001_0000;
    public static final int TEXT_END = 0x0100_0000;
    public static final int RAM_BASE = 0x0100_0000;
    public static final int RAM_END = 0x2000_0000;
    public static final int INPUT_BASE = 0x2000_0000;
    public static final int INPUT_END = 0x4000_0000;

    /** Space of a touched address that is a register: the address is its number. */
    public static final int SPACE_REGISTER = 0;
    /** Space of a touched address that is a word of RAM or input: the address is the byte address / 4. */
    public static final int SPACE_MEMORY = 1;

    private MemoryMap() {}

    /** Tells whether the byte at this address can be loaded: RAM or input. */
    public static boolean isReadable(int address) {
        return Integer.compareUnsigned(address - RAM_BASE, INPUT_END - RAM_BASE) < 0;
    }

    /** Tells whether the byte at this address can be stored to: RAM. */
    public static boolean isWritable(int address) {
        return Integer.compareUnsigned(address - RAM_BASE, RAM_END - RAM_BASE) < 0;
    }

    /** Tells whether the byte at this address lies in the text region. */
    public static boolean isText(int address) {
        return Integer.compareUnsigned(address - TEXT_BASE, TEXT_END - TEXT_BASE) < 0;
    }
}
