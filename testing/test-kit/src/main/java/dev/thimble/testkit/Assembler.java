package dev.thimble.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small RV32IM assembler for tests: text from 0x00010000 with labels, data words from 0x01000000, and the result as the
 * bytes of an ELF file, so that programs take the same way into the machine as compiled ones. Execution starts at the first
 * instruction.
 */
public final class Assembler extends Rv32Encoder {
    public static final int TEXT_BASE = 0x0001_0000;
    public static final int DATA_BASE = 0x0100_0000;
    public static final int INPUT_BASE = 0x2000_0000;

    private static final int HEADER_BYTES = 52;
    private static final int PROGRAM_HEADER_BYTES = 32;
    /** Operating systems map whole pages, so file offsets and addresses agree modulo a page. */
    private static final int PAGE_BYTES = 4096;

    private record Fixup(int index, String label) {}

    private int[] text = new int[64];
    private int textLength;
    private final List<Integer> data = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Fixup> fixups = new ArrayList<>();

    @Override
    public void word(int word) {
        if (textLength == text.length) {
            text = Arrays.copyOf(text, 2 * textLength);
        }
        text[textLength++] = word;
    }

    @Override
    protected void wordTo(int word, String label) {
        fixups.add(new Fixup(textLength, label));
        word(word);
    }

    /** Names the next instruction. */
    public void label(String name) {
        define(name, pc());
    }

    private void define(String name, int address) {
        if (labels.putIfAbsent(name, address) != null) {
            throw new IllegalArgumentException("label " + name + " is defined twice");
        }
    }

    /** Returns the address of the next instruction. */
    public int pc() {
        return TEXT_BASE + 4 * textLength;
    }

    /** Adds named words to the data image and returns their address. */
    public int data(String name, int... words) {
        int address = DATA_BASE + 4 * data.size();
        define(name, address);
        for (int word : words) {
            data.add(word);
        }
        return address;
    }

    /** Loads a constant, in one or two instructions. */
    public void li(int rd, int value) {
        if (value >= -2048 && value <= 2047) {
            addi(rd, 0, value);
            return;
        }
        lui(rd, ((value + 0x800) >>> 12) & 0xFFFFF);
        addi(rd, rd, (value << 20) >> 20);
    }

    /** Loads the address of a label that is defined already. */
    public void la(int rd, String label) {
        Integer address = labels.get(label);
        if (address == null) {
            throw new IllegalArgumentException("label " + label + " is not defined before its address is taken");
        }
        li(rd, address);
    }

    /** ADDI rd, rs, 0. */
    public void mv(int rd, int rs) {
        addi(rd, rs, 0);
    }

    /** ADDI x0, x0, 0. */
    public void nop() {
        addi(0, 0, 0);
    }

    /** JAL x0, label. */
    public void j(String label) {
        jal(0, label);
    }

    /** Calls a system call by number; its arguments are in a0, a1. Changes t0. */
    public void syscall(int number) {
        li(T0, number);
        ecall();
    }

    /** Commits a register as an output word. Changes t0, a0, a1. */
    public void commit(int index, int register) {
        mv(A1, register);
        li(A0, index);
        syscall(0x10);
    }

    /** Halts with an exit code. Changes t0, a0. */
    public void halt(int exitCode) {
        li(A0, exitCode);
        syscall(0x00);
    }

    /** Commits zero for every output word from {@code first} on and halts with exit code 0. */
    public void finish(int first) {
        for (int index = first; index < 8; index++) {
            commit(index, ZERO);
        }
        halt(0);
    }

    /** Returns the instruction words, labels filled in. */
    public int[] text() {
        int[] words = Arrays.copyOf(text, textLength);
        for (Fixup fixup : fixups) {
            Integer target = labels.get(fixup.label());
            if (target == null) {
                throw new IllegalArgumentException("label " + fixup.label() + " is not defined");
            }
            int offset = target - (TEXT_BASE + 4 * fixup.index());
            words[fixup.index()] |= offsetBits(words[fixup.index()], offset);
        }
        return words;
    }

    /** Returns the program as an ELF file. */
    public byte[] elf() {
        int[] code = text();
        int dataOffset = PAGE_BYTES + roundUp(4 * code.length);
        ByteBuffer elf = ByteBuffer.allocate(dataOffset + 4 * data.size()).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0x464C_457F).put((byte) 1).put((byte) 1).put((byte) 1).position(16);
        elf.putShort((short) 2).putShort((short) 243).putInt(1).putInt(TEXT_BASE);
        elf.putInt(HEADER_BYTES).putInt(0).putInt(0);
        elf.putShort((short) HEADER_BYTES)
                .putShort((short) PROGRAM_HEADER_BYTES)
                .putShort((short) 2);
        elf.position(HEADER_BYTES);
        programHeader(elf, PAGE_BYTES, TEXT_BASE, 4 * code.length, 5);
        programHeader(elf, dataOffset, DATA_BASE, 4 * data.size(), 6);
        elf.position(PAGE_BYTES);
        for (int word : code) {
            elf.putInt(word);
        }
        elf.position(dataOffset);
        for (int word : data) {
            elf.putInt(word);
        }
        return elf.array();
    }

    private static int roundUp(int bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    private static void programHeader(ByteBuffer elf, int offset, int address, int bytes, int flags) {
        elf.putInt(1).putInt(offset).putInt(address).putInt(address);
        elf.putInt(bytes).putInt(bytes).putInt(flags).putInt(4);
    }
}
