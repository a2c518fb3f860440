package dev.thimble.riscv;

import dev.thimble.testkit.Assembler;
import java.util.SplittableRandom;

/**
 * Random programs that end: straight pieces of random instructions with forward branches and calls, inside one counted
 * loop. Register x8 points into a buffer, x9 counts; all others are random.
 */
final class RandomProgram {
    static final int BUFFER_WORDS = 1024;
    private static final int POINTER = 8;
    private static final int COUNTER = 9;

    private final SplittableRandom random;
    private final Assembler a = new Assembler();
    private int labels;

    private RandomProgram(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a program whose end (system calls) is still to be added; x1..x31 are at {@code "registers"} then. */
    static Assembler of(long seed, int length, int loops) {
        return new RandomProgram(seed).generate(length, loops);
    }

    private Assembler generate(int length, int loops) {
        int[] buffer = new int[BUFFER_WORDS];
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = random.nextInt();
        }
        int base = a.data("buffer", buffer);
        a.data("registers", new int[32]);
        for (int register = 1; register < 32; register++) {
            a.li(register, value());
        }
        a.li(POINTER, base + 2048);
        a.li(COUNTER, loops);
        a.label("loop");
        for (int i = 0; i < length; i++) {
            instruction();
        }
        a.addi(COUNTER, COUNTER, -1);
        a.beq(COUNTER, 0, "end");
        a.j("loop");
        a.label("end");
        a.li(POINTER, base + 4 * BUFFER_WORDS);
        for (int register = 1; register < 32; register++) {
            a.sw(register, 4 * register, POINTER);
        }
        return a;
    }

    private int value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-3, 4);
            case 1 -> Integer.MIN_VALUE + random.nextInt(-2, 3);
            case 2 -> random.nextInt() >>> random.nextInt(32);
            default -> random.nextInt();
        };
    }

    private int source() {
        return random.nextInt(32);
    }

    private int target() {
        int register = random.nextInt(32);
        return register == POINTER || register == COUNTER ? 0 : register;
    }

    private void instruction() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> register();
            case 3, 4 -> immediate();
            case 5 -> load();
            case 6 -> store();
            case 7 -> branch();
            case 8 -> upper();
            default -> jump();
        }
    }

    private void register() {
        int funct3 = random.nextInt(8);
        int funct7 = random.nextInt(3) < 2 ? 1 : (funct3 == 0 || funct3 == 5) && random.nextBoolean() ? 0x20 : 0;
        a.word((funct7 << 25) | (source() << 20) | (source() << 15) | (funct3 << 12) | (target() << 7) | 0x33);
    }

    private void immediate() {
        int funct3 = random.nextInt(8);
        int bits = random.nextInt(4096);
        if (funct3 == 1) {
            bits &= 31;
        } else if (funct3 == 5) {
            bits &= 0x41F;
        }
        a.word((bits << 20) | (source() << 15) | (funct3 << 12) | (target() << 7) | 0x13);
    }

    private void load() {
        int offset = random.nextInt(-2048, 2048);
        switch (random.nextInt(5)) {
            case 0 -> a.lb(target(), offset, POINTER);
            case 1 -> a.lbu(target(), offset, POINTER);
            case 2 -> a.lh(target(), offset & ~1, POINTER);
            case 3 -> a.lhu(target(), offset & ~1, POINTER);
            default -> a.lw(target(), offset & ~3, POINTER);
        }
    }

    private void store() {
        int offset = random.nextInt(-2048, 2048);
        switch (random.nextInt(3)) {
            case 0 -> a.sb(source(), offset, POINTER);
            case 1 -> a.sh(source(), offset & ~1, POINTER);
            default -> a.sw(source(), offset & ~3, POINTER);
        }
    }

    private void branch() {
        String label = "l" + labels++;
        int left = source();
        int right = source();
        switch (random.nextInt(6)) {
            case 0 -> a.beq(left, right, label);
            case 1 -> a.bne(left, right, label);
            case 2 -> a.blt(left, right, label);
            case 3 -> a.bge(left, right, label);
            case 4 -> a.bltu(left, right, label);
            default -> a.bgeu(left, right, label);
        }
        register();
        immediate();
        a.label(label);
    }

    private void upper() {
        if (random.nextBoolean()) {
            a.lui(target(), random.nextInt(1 << 20));
        } else {
            a.auipc(target(), random.nextInt(1 << 20));
        }
    }

    private void jump() {
        String label = "l" + labels++;
        if (random.nextBoolean()) {
            a.jal(target(), label);
        } else {
            a.auipc(7, 0);
            a.jalr(target(), 4 * 4 + random.nextInt(2), 7);
        }
        register();
        register();
        a.label(label);
    }
}
