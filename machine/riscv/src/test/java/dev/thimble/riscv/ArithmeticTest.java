package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every ALU instruction on edge operands, in every register arrangement, against {@link Oracle}. */
class ArithmeticTest {
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        7,
        31,
        32,
        33,
        0xFF,
        0x100,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x1_0000,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0xFFFF_0000,
        0xFFFF_8000,
        0xFFFF_FFFE,
        0xFFFF_FFFF,
        0x1234_5678,
        0xDEAD_BEEF
    };
    private static final int[] IMMEDIATES = {0, 1, -1, 2, 31, 255, 2047, -2048, 1365};

    @FunctionalInterface
    private interface ThreeOperands {
        void emit(int rd, int rs1, int rs2);
    }

    private static Map<String, ThreeOperands> registerOperations(Assembler a) {
        Map<String, ThreeOperands> operations = new LinkedHashMap<>();
        operations.put("add", a::add);
        operations.put("sub", a::sub);
        operations.put("sll", a::sll);
        operations.put("slt", a::slt);
        operations.put("sltu", a::sltu);
        operations.put("xor", a::xor);
        operations.put("srl", a::srl);
        operations.put("sra", a::sra);
        operations.put("or", a::or);
        operations.put("and", a::and);
        operations.put("mul", a::mul);
        operations.put("mulh", a::mulh);
        operations.put("mulhsu", a::mulhsu);
        operations.put("mulhu", a::mulhu);
        operations.put("div", a::div);
        operations.put("divu", a::divu);
        operations.put("rem", a::rem);
        operations.put("remu", a::remu);
        return operations;
    }

    private static Map<String, ThreeOperands> immediateOperations(Assembler a) {
        Map<String, ThreeOperands> operations = new LinkedHashMap<>();
        operations.put("add", a::addi);
        operations.put("slt", a::slti);
        operations.put("sltu", a::sltiu);
        operations.put("xor", a::xori);
        operations.put("or", a::ori);
        operations.put("and", a::andi);
        return operations;
    }

    private static Map<String, ThreeOperands> shiftOperations(Assembler a) {
        Map<String, ThreeOperands> operations = new LinkedHashMap<>();
        operations.put("sll", a::slli);
        operations.put("srl", a::srli);
        operations.put("sra", a::srai);
        return operations;
    }

    /** Writes results one after the other to RAM and compares them after the run. */
    private static final class Results {
        private static final int BUFFER = 0x0180_0000;
        final Assembler assembler = new Assembler();
        private final List<Integer> expected = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        Results() {
            assembler.li(Assembler.S0, BUFFER);
        }

        void expect(String name, int register, int value) {
            assembler.sw(register, 0, Assembler.S0);
            assembler.addi(Assembler.S0, Assembler.S0, 4);
            expected.add(value);
            names.add(name);
        }

        void check() {
            assembler.finish(0);
            TestMachine machine = TestMachine.run(assembler);
            machine.assertHalted();
            MemorySummary memory = machine.execution.memory();
            int at = 0;
            while (memory.space(at) != MemoryMap.SPACE_MEMORY || memory.address(at) < BUFFER >>> 2) {
                at++;
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(memory.finalValue(at + i)).as(names.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void registerOperationsOnAllPairsOfEdges() {
        Results results = new Results();
        Assembler a = results.assembler;
        registerOperations(a).forEach((name, operation) -> {
            for (int left : EDGES) {
                a.li(20, left);
                for (int right : EDGES) {
                    a.li(21, right);
                    operation.emit(22, 20, 21);
                    String what = String.format("%s 0x%x 0x%x", name, left, right);
                    results.expect(what, 22, Oracle.compute(name, left, right));
                }
            }
        });
        results.check();
    }

    @Test
    void targetMayBeASourceAndBothSourcesMayBeOne() {
        Results results = new Results();
        Assembler a = results.assembler;
        registerOperations(a).forEach((name, operation) -> {
            for (int value : EDGES) {
                a.li(20, value);
                operation.emit(20, 20, 20);
                results.expect(name + " rd=rs1=rs2 " + value, 20, Oracle.compute(name, value, value));
                a.li(20, value);
                a.li(21, 5);
                operation.emit(20, 20, 21);
                results.expect(name + " rd=rs1 " + value, 20, Oracle.compute(name, value, 5));
                a.li(20, value);
                operation.emit(20, 21, 20);
                results.expect(name + " rd=rs2 " + value, 20, Oracle.compute(name, 5, value));
            }
        });
        results.check();
    }

    @Test
    void registerZeroStaysZero() {
        Results results = new Results();
        Assembler a = results.assembler;
        a.li(20, -5);
        a.li(21, 3);
        registerOperations(a).forEach((name, operation) -> {
            operation.emit(0, 20, 21);
            results.expect(name + " to x0", 0, 0);
            operation.emit(22, 0, 20);
            results.expect(name + " from x0", 22, Oracle.compute(name, 0, -5));
        });
        a.lui(0, 0xFFFFF);
        results.expect("lui to x0", 0, 0);
        a.auipc(0, 1);
        results.expect("auipc to x0", 0, 0);
        a.lw(0, -4, Assembler.S0);
        results.expect("lw to x0", 0, 0);
        a.jal(0, "next");
        a.label("next");
        results.expect("jal to x0", 0, 0);
        results.check();
    }

    @Test
    void immediateOperations() {
        Results results = new Results();
        Assembler a = results.assembler;
        immediateOperations(a).forEach((name, operation) -> {
            for (int left : EDGES) {
                a.li(20, left);
                for (int immediate : IMMEDIATES) {
                    operation.emit(21, 20, immediate);
                    results.expect(name + "i " + left + " " + immediate, 21, Oracle.compute(name, left, immediate));
                }
            }
        });
        shiftOperations(a).forEach((name, operation) -> {
            for (int left : EDGES) {
                a.li(20, left);
                for (int amount : new int[] {0, 1, 7, 8, 15, 16, 30, 31}) {
                    operation.emit(21, 20, amount);
                    results.expect(name + "i " + left + " " + amount, 21, Oracle.compute(name, left, amount));
                }
            }
        });
        results.check();
    }

    @Test
    void upperImmediates() {
        Results results = new Results();
        Assembler a = results.assembler;
        for (int upper : new int[] {0, 1, 0x7FFFF, 0x80000, 0xFFFFF}) {
            a.lui(20, upper);
            results.expect("lui " + upper, 20, upper << 12);
            int pc = a.pc();
            a.auipc(20, upper);
            results.expect("auipc " + upper, 20, pc + (upper << 12));
        }
        a.fence();
        results.check();
    }
}
