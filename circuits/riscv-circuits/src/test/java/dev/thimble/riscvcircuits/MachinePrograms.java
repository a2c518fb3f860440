package dev.thimble.riscvcircuits;

import dev.thimble.riscv.ElfException;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.Syscall;
import dev.thimble.testkit.Assembler;
import java.util.List;
import java.util.function.Consumer;

/** Small programs that together execute every RV32IM instruction on edge operands. */
final class MachinePrograms {
    private static final int[] EDGES = {
        0, 1, -1, 2, -2, 31, 32, 33, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF, 0x1_0000, 0x1234_5678, 0xFEDC_BA98
    };
    /** Registers that hold operands, results and the running checksum. */
    private static final int LEFT = 18;

    private static final int RIGHT = 19;
    private static final int RESULT = 20;
    private static final int CHECKSUM = 21;
    private static final int LEFT_POINTER = 22;
    private static final int RIGHT_POINTER = 23;
    private static final int LEFT_END = 24;
    private static final int RIGHT_END = 25;

    private MachinePrograms() {}

    static Program program(Consumer<Assembler> body) {
        Assembler assembler = new Assembler();
        body.accept(assembler);
        try {
            return ElfImage.load(assembler.elf());
        } catch (ElfException e) {
            throw new AssertionError("the assembler made a bad file", e);
        }
    }

    /** All register-register operations on all pairs of edge values. */
    static Program arithmetic() {
        return program(a -> {
            a.data("edges", EDGES);
            a.la(LEFT_POINTER, "edges");
            a.addi(LEFT_END, LEFT_POINTER, 4 * EDGES.length);
            a.mv(RIGHT_END, LEFT_END);
            a.label("outer");
            a.lw(LEFT, 0, LEFT_POINTER);
            a.la(RIGHT_POINTER, "edges");
            a.label("inner");
            a.lw(RIGHT, 0, RIGHT_POINTER);
            registerOperations(a);
            a.addi(RIGHT_POINTER, RIGHT_POINTER, 4);
            a.bne(RIGHT_POINTER, RIGHT_END, "inner");
            a.addi(LEFT_POINTER, LEFT_POINTER, 4);
            a.bne(LEFT_POINTER, LEFT_END, "outer");
            a.commit(0, CHECKSUM);
            a.finish(1);
        });
    }

    private interface Operation {
        void emit(int rd, int rs1, int rs2);
    }

    private static void registerOperations(Assembler a) {
        List<Operation> operations = List.of(
                a::add, a::sub, a::sll, a::slt, a::sltu, a::xor, a::srl, a::sra, a::or, a::and, a::mul, a::mulh,
                a::mulhsu, a::mulhu, a::div, a::divu, a::rem, a::remu);
        for (Operation operation : operations) {
            operation.emit(RESULT, LEFT, RIGHT);
            a.add(CHECKSUM, CHECKSUM, RESULT);
        }
    }

    /** Immediate operations, x0 as target, and one register in all three places. */
    static Program immediates() {
        return program(a -> {
            for (int edge : EDGES) {
                a.li(LEFT, edge);
                for (int immediate : new int[] {0, 1, -1, 2047, -2048}) {
                    a.addi(RESULT, LEFT, immediate);
                    a.slti(RESULT, LEFT, immediate);
                    a.sltiu(RESULT, LEFT, immediate);
                    a.xori(RESULT, LEFT, immediate);
                    a.ori(RESULT, LEFT, immediate);
                    a.andi(RESULT, LEFT, immediate);
                }
                for (int amount : new int[] {0, 1, 15, 16, 31}) {
                    a.slli(RESULT, LEFT, amount);
                    a.srli(RESULT, LEFT, amount);
                    a.srai(RESULT, LEFT, amount);
                }
                List<Operation> operations =
                        List.of(a::add, a::sub, a::mul, a::mulh, a::div, a::rem, a::sll, a::sra, a::and, a::slt);
                for (Operation operation : operations) {
                    operation.emit(0, LEFT, RESULT);
                    a.mv(RESULT, LEFT);
                    operation.emit(RESULT, RESULT, RESULT);
                }
            }
            a.lui(RESULT, 0xFFFFF);
            a.lui(0, 1);
            a.auipc(RESULT, 0);
            a.auipc(RESULT, 0xFFFFF);
            a.fence();
            a.finish(0);
        });
    }

    /** Loads and stores of every width at every offset it allows. */
    static Program memory() {
        return program(a -> {
            a.data("words", 0x8081_7F80, 0xFFFF_0000, 0x0102_0304);
            a.la(LEFT_POINTER, "words");
            for (int offset = 0; offset < 8; offset++) {
                a.lb(RESULT, offset, LEFT_POINTER);
                a.lbu(RESULT, offset, LEFT_POINTER);
                a.lb(0, offset, LEFT_POINTER);
                a.li(LEFT, 0xA5A5_A580 + offset);
                a.sb(LEFT, offset, LEFT_POINTER);
            }
            for (int offset = 0; offset < 8; offset += 2) {
                a.lh(RESULT, offset, LEFT_POINTER);
                a.lhu(RESULT, offset, LEFT_POINTER);
                a.li(LEFT, 0x1234_8000 + offset);
                a.sh(LEFT, offset, LEFT_POINTER);
            }
            a.lw(RESULT, 8, LEFT_POINTER);
            a.sw(LEFT, 8, LEFT_POINTER);
            a.sw(0, 12, LEFT_POINTER);
            a.li(RIGHT_POINTER, 0x1FFF_FFFC);
            a.lw(RESULT, 0, RIGHT_POINTER);
            a.sw(LEFT, 0, RIGHT_POINTER);
            a.sb(LEFT, 3, RIGHT_POINTER);
            a.li(RIGHT_POINTER, Assembler.INPUT_BASE);
            a.lw(RESULT, 0, RIGHT_POINTER);
            a.lbu(RESULT, 4, RIGHT_POINTER);
            a.finish(0);
        });
    }

    /** Every branch taken and not taken, jumps, and JALR with the low bit set. */
    static Program control() {
        return program(a -> {
            int[][] pairs = {{0, 0}, {0, 1}, {1, 0}, {-1, 1}, {1, -1}, {0x8000_0000, 0x7FFF_FFFF}};
            for (int i = 0; i < pairs.length; i++) {
                a.li(LEFT, pairs[i][0]);
                a.li(RIGHT, pairs[i][1]);
                branches(a, "pair" + i);
            }
            a.jal(1, "subroutine");
            a.j("end");
            a.label("subroutine");
            a.addi(1, 1, 1);
            a.jalr(0, 0, 1);
            a.nop();
            a.label("end");
            a.jal(1, "again");
            a.label("again");
            a.jalr(1, 8, 1);
            a.nop();
            a.finish(0);
        });
    }

    private interface Branch {
        void emit(int rs1, int rs2, String label);
    }

    private static void branches(Assembler a, String name) {
        List<Branch> branches = List.of(a::beq, a::bne, a::blt, a::bge, a::bltu, a::bgeu);
        for (int i = 0; i < branches.size(); i++) {
            String label = name + "." + i;
            branches.get(i).emit(LEFT, RIGHT, label);
            a.addi(RESULT, RESULT, 1);
            a.label(label);
        }
    }

    /** System calls: hints into memory, a debug print, output words that are not zero. */
    static Program calls() {
        return program(a -> {
            a.data("buffer", new int[16]);
            a.la(Assembler.A0, "buffer");
            a.syscall(0x01F1);
            a.lw(RESULT, 4, Assembler.A0);
            a.addi(Assembler.A0, Assembler.A0, 32);
            a.syscall(0x01F1);
            a.lw(CHECKSUM, 28, Assembler.A0);
            a.li(Assembler.A0, 1);
            a.la(Assembler.A1, "buffer");
            a.li(Assembler.A2, 4);
            a.syscall(0x02);
            a.commit(3, RESULT);
            a.commit(0, CHECKSUM);
            a.commit(7, 0);
            for (int index : new int[] {1, 2, 4, 5, 6}) {
                a.commit(index, Assembler.A1);
            }
            a.halt(0);
        });
    }

    /** Every precompile, also on overlapping operands and on words of the input. */
    static Program precompiles() {
        return program(a -> {
            int[] words = new int[64];
            for (int i = 0; i < words.length; i++) {
                words[i] = 0x7FED_CBA9 + i * 0x0123_4567;
            }
            a.data("words", words);
            a.la(Assembler.A0, "words");
            a.syscall(Syscall.KECCAK_PERMUTE);
            a.addi(Assembler.A0, Assembler.A0, 4);
            a.syscall(Syscall.KECCAK_PERMUTE);
            a.syscall(Syscall.SECP256K1_DOUBLE);
            a.addi(Assembler.A1, Assembler.A0, 64);
            a.syscall(Syscall.SECP256K1_ADD);
            a.syscall(Syscall.UINT256_MUL);
            a.addi(Assembler.A1, Assembler.A0, -4);
            a.syscall(Syscall.UINT256_MUL);
            a.li(Assembler.A1, Assembler.INPUT_BASE);
            a.syscall(Syscall.SECP256K1_ADD);
            a.finish(0);
        });
    }

    /** Fills and sums an array: many touched words and more than one segment under the test profile. */
    static Program loop(int words, int rounds) {
        return program(a -> {
            a.li(LEFT, Assembler.DATA_BASE + 0x1000);
            a.li(24, rounds);
            a.label("round");
            a.mv(RIGHT_POINTER, LEFT);
            a.li(25, words);
            a.label("loop");
            a.lw(RESULT, 0, RIGHT_POINTER);
            a.add(RESULT, RESULT, 25);
            a.sw(RESULT, 0, RIGHT_POINTER);
            a.add(CHECKSUM, CHECKSUM, RESULT);
            a.addi(RIGHT_POINTER, RIGHT_POINTER, 4);
            a.addi(25, 25, -1);
            a.bne(25, 0, "loop");
            a.addi(24, 24, -1);
            a.bne(24, 0, "round");
            a.commit(0, CHECKSUM);
            a.finish(1);
        });
    }

    /** The smallest program. */
    static Program nothing() {
        return program(a -> a.finish(0));
    }
}
