package dev.thimble.riscvcircuits;

import dev.thimble.riscv.Program;
import dev.thimble.riscv.Syscall;
import dev.thimble.testkit.Assembler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A short program with every kind of row, for forgers. Operands come from the input, which a forger may choose; results go
 * to a register that nothing reads again, so that a wrong one has few consequences; a wrong jump lands on an instruction.
 */
final class AttackProgram {
    private static final int A = 18;
    private static final int B = 19;
    private static final int RESULT = 20;
    private static final int POINTER = 22;
    private static final int INPUT = 23;
    /** Only read, once: it stays 0. */
    static final int UNTOUCHED = 31;

    /** A word of the data image, 0, that the program does not touch: the number of words before it. */
    static final int UNTOUCHED_WORD = 14;

    /** The words that a HINT transfers. */
    static final int HINT_WORDS = 8;

    private static final int WINDOW = 256;
    private static final int[][] PAIRS = {
        {0x8765_4321, 0x0001_2345}, {100, -7}, {-5, 0}, {7, 0}, {7, 7}, {0, 0xFFF9_8003}, {1, 32}
    };

    private interface Operation {
        void emit(int rd, int rs1, int rs2);
    }

    private interface Branch {
        void emit(int rs1, int rs2, String label);
    }

    private final List<Integer> operands = new ArrayList<>();
    private final Program program;

    AttackProgram() {
        this.program = MachinePrograms.program(this::emit);
    }

    Program program() {
        return program;
    }

    /** The input: the operands. */
    byte[] input() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * operands.size()).order(ByteOrder.LITTLE_ENDIAN);
        operands.forEach(bytes::putInt);
        return bytes.array();
    }

    private void load(Assembler a, int register, int value) {
        if (operands.size() % WINDOW == 0 && !operands.isEmpty()) {
            a.addi(INPUT, INPUT, 4 * WINDOW);
        }
        a.lw(register, 4 * (operands.size() % WINDOW), INPUT);
        operands.add(value);
    }

    private void emit(Assembler a) {
        a.data("words", 0x8081_7F80, 0xFFFE_0001, 0x0102_0304, 0x7FFF_FFFF);
        a.data("buffer", new int[12]);
        int[] points = new int[48];
        Arrays.setAll(points, i -> 0x7FED_CBA9 + i * 0x0123_4567);
        a.data("points", points);
        a.li(INPUT, Assembler.INPUT_BASE + 4);
        arithmetic(a);
        immediates(a);
        memory(a);
        control(a);
        calls(a);
    }

    private void arithmetic(Assembler a) {
        List<Operation> operations = List.of(
                a::add, a::sub, a::sll, a::slt, a::sltu, a::xor, a::srl, a::sra, a::or, a::and, a::mul, a::mulh,
                a::mulhsu, a::mulhu, a::div, a::divu, a::rem, a::remu);
        for (int[] pair : PAIRS) {
            for (Operation operation : operations) {
                load(a, A, pair[0]);
                load(a, B, pair[1]);
                operation.emit(RESULT, A, B);
            }
        }
    }

    private void immediates(Assembler a) {
        a.addi(RESULT, A, -5);
        a.slti(RESULT, A, 7);
        a.srai(RESULT, A, 31);
        a.slli(RESULT, A, 0);
        a.mul(0, A, B);
        a.lui(RESULT, 0x80001);
        a.auipc(RESULT, 1);
        a.fence();
    }

    private void memory(Assembler a) {
        a.li(POINTER, Assembler.DATA_BASE);
        load(a, A, 0x00AB_CDEF);
        for (int offset = 0; offset < 4; offset++) {
            a.lb(RESULT, offset, POINTER);
            a.lbu(RESULT, offset, POINTER);
            a.sb(A, offset, POINTER);
        }
        for (int offset = 4; offset < 8; offset += 2) {
            a.lh(RESULT, offset, POINTER);
            a.lhu(RESULT, offset, POINTER);
            a.sh(A, offset, POINTER);
        }
        a.sw(A, 12, POINTER);
        for (int address : new int[] {Assembler.DATA_BASE + 8, 0x1000_0000, 0x3FFF_FFFC}) {
            load(a, POINTER, address);
            a.lw(RESULT, 0, POINTER);
        }
        for (int address : new int[] {0x1000_0004, 0x3FFF_FF00, 0x3FFF_FE02}) {
            load(a, POINTER, address);
            a.lh(RESULT, 0, POINTER);
        }
        a.add(0, UNTOUCHED, UNTOUCHED);
        load(a, POINTER, 0x1000_0010);
        a.sh(A, 0, POINTER);
        load(a, POINTER, 0x1FFF_FFFC);
        a.sw(A, 0, POINTER);
    }

    private void control(Assembler a) {
        List<Branch> branches = List.of(a::beq, a::bne, a::blt, a::bge, a::bltu, a::bgeu);
        for (int i = 0; i < branches.size(); i++) {
            for (int j = 0; j < 3; j++) {
                load(a, A, j == 0 ? 5 : -1);
                load(a, B, j == 1 ? 5 : -1);
                twoWays(a, branches.get(i), i + "." + j);
            }
        }
        load(a, A, 9);
        load(a, B, 5);
        a.blt(A, B, "near");
        a.j("joined");
        a.label("near");
        a.nop();
        a.j("joined");
        a.label("joined");
        a.jal(1, "jumped");
        a.nop();
        a.nop();
        a.label("jumped");
        a.addi(1, 1, 21);
        a.jalr(RESULT, 0, 1);
        for (int i = 0; i < 6; i++) {
            a.nop();
        }
    }

    /** Both ways take equally many rows. */
    private static void twoWays(Assembler a, Branch branch, String name) {
        branch.emit(A, B, "taken" + name);
        a.nop();
        a.j("joined" + name);
        a.label("taken" + name);
        a.nop();
        a.j("joined" + name);
        a.label("joined" + name);
    }

    private void calls(Assembler a) {
        a.la(Assembler.A0, "buffer");
        a.syscall(0x01F1);
        a.and(0, 0, 0);
        a.la(Assembler.A0, "points");
        load(a, Assembler.A1, Assembler.DATA_BASE + 4 * (16 + 16));
        load(a, Assembler.T0, Syscall.SECP256K1_ADD);
        a.ecall();
        load(a, Assembler.T0, Syscall.SECP256K1_DOUBLE);
        a.ecall();
        load(a, Assembler.A0, 0);
        load(a, Assembler.A1, 77);
        load(a, Assembler.T0, 2);
        a.ecall();
        for (int index = 0; index < 8; index++) {
            load(a, Assembler.A0, index);
            load(a, Assembler.A1, 0x1234_5678 + index);
            load(a, Assembler.T0, 0x10);
            a.ecall();
        }
        load(a, Assembler.A0, 0);
        load(a, Assembler.T0, 0);
        a.ecall();
    }
}
