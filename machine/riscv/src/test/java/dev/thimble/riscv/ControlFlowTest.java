package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Branches both ways, jumps, and every trap of the fetch side. */
class ControlFlowTest {
    private static final int[] EDGES = {0, 1, -1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF, 0x1_0000};

    @FunctionalInterface
    private interface Branch {
        void emit(int rs1, int rs2, String label);
    }

    private static Map<String, Branch> branches(Assembler a) {
        Map<String, Branch> branches = new LinkedHashMap<>();
        branches.put("beq", a::beq);
        branches.put("bne", a::bne);
        branches.put("blt", a::blt);
        branches.put("bge", a::bge);
        branches.put("bltu", a::bltu);
        branches.put("bgeu", a::bgeu);
        return branches;
    }

    @Test
    void branchesForwards() {
        Assembler a = new Assembler();
        int[] count = {0};
        int[] expected = {0};
        branches(a).forEach((name, branch) -> {
            for (int left : EDGES) {
                for (int right : EDGES) {
                    String label = "skip" + count[0]++;
                    a.li(20, left);
                    a.li(21, right);
                    a.slli(22, 22, 1);
                    branch.emit(20, 21, label);
                    a.addi(22, 22, 1);
                    a.label(label);
                    expected[0] = 2 * expected[0] + (Oracle.taken(name, left, right) ? 0 : 1);
                    a.li(23, 31);
                    a.mul(24, 24, 23);
                    a.add(24, 24, 22);
                }
            }
        });
        TestMachine machine = TestMachine.run(finishWith(a, 22));
        assertThat(output(machine)).isEqualTo(expected[0]);
        assertEveryBranchDecision(machine);
    }

    /** Compares every branch row of the logs with the oracle. */
    private static void assertEveryBranchDecision(TestMachine machine) {
        Decoder decoder = new Decoder(WordWidth.RV32);
        int branches = 0;
        for (SegmentLog log : machine.logs) {
            for (int row = 0; row < log.rows(); row++) {
                Instruction instruction = decoder.decode(log.instructionWord()[row]);
                if (instruction.operation().format() == Format.BRANCH) {
                    String name = instruction.operation().name().toLowerCase(java.util.Locale.ROOT);
                    boolean taken = Oracle.taken(name, log.rs1Value()[row], log.rs2Value()[row]);
                    int offset = taken ? instruction.immediate() : 4;
                    assertThat(log.nextPc()[row]).isEqualTo(log.pc()[row] + offset);
                    branches++;
                }
            }
        }
        assertThat(branches).isEqualTo(6 * EDGES.length * EDGES.length);
    }

    private static Assembler finishWith(Assembler a, int register) {
        a.commit(0, register);
        a.finish(1);
        return a;
    }

    private static int output(TestMachine machine) {
        machine.assertHalted();
        return ((Outcome.Halted) machine.execution.outcome()).output().getFirst();
    }

    @Test
    void branchesBackwards() {
        Assembler a = new Assembler();
        a.li(20, 10);
        a.label("loop");
        a.add(21, 21, 20);
        a.addi(20, 20, -1);
        a.bne(20, 0, "loop");
        assertThat(output(TestMachine.run(finishWith(a, 21)))).isEqualTo(55);
    }

    @Test
    void jumpsLink() {
        Assembler a = new Assembler();
        a.jal(Assembler.RA, "function");
        int returnAddress = a.pc();
        a.commit(0, 20);
        a.commit(1, Assembler.S0);
        a.finish(2);
        a.label("function");
        a.mv(20, Assembler.RA);
        a.auipc(21, 0);
        a.addi(21, 21, 4 * 4 + 1);
        a.jalr(21, 0, 21);
        a.ebreak();
        a.mv(Assembler.S0, 21);
        int afterJump = a.pc() - 8;
        a.jalr(0, 0, Assembler.RA);
        TestMachine machine = TestMachine.run(a);
        machine.assertHalted();
        Outcome.Halted halted = (Outcome.Halted) machine.execution.outcome();
        assertThat(halted.output().get(0)).isEqualTo(returnAddress);
        assertThat(halted.output().get(1))
                .as("jalr clears bit 0, reads rs1 before it writes rd")
                .isEqualTo(afterJump);
    }

    private static void assertTrap(Assembler a, TrapKind kind, int pc, int address) {
        TestMachine machine = TestMachine.run(a);
        assertThat(machine.trap().kind()).isEqualTo(kind);
        assertThat(machine.trap().pc()).isEqualTo(pc);
        assertThat(machine.trap().address()).isEqualTo(address);
        assertThat(machine.trap().message())
                .contains(String.format("pc 0x%08x", pc))
                .doesNotContain("\n");
        assertThat(machine.segments).isEmpty();
    }

    @Test
    void trapsOfTheFetchSide() {
        Assembler illegal = new Assembler();
        illegal.nop();
        illegal.word(0);
        assertTrap(illegal, TrapKind.ILLEGAL_INSTRUCTION, 0x1_0004, 0);

        Assembler breakpoint = new Assembler();
        breakpoint.ebreak();
        assertTrap(breakpoint, TrapKind.BREAKPOINT, 0x1_0000, 0x0010_0073);

        Assembler runsOff = new Assembler();
        runsOff.nop();
        assertTrap(runsOff, TrapKind.FETCH_FAULT, 0x1_0004, 0x1_0004);

        Assembler intoData = new Assembler();
        intoData.data("code", 0x0000_0013);
        intoData.la(20, "code");
        int pc = intoData.pc();
        intoData.jalr(0, 0, 20);
        assertThat(pc).isPositive();
        assertTrap(intoData, TrapKind.FETCH_FAULT, 0x0100_0000, 0x0100_0000);

        Assembler toZero = new Assembler();
        toZero.jalr(0, 0, 0);
        assertTrap(toZero, TrapKind.FETCH_FAULT, 0, 0);
    }

    @Test
    void misalignedTargetsTrapAtTheJumpOnlyWhenTaken() {
        Assembler jalr = new Assembler();
        jalr.li(20, 0x1_0006);
        int pc = jalr.pc();
        jalr.jalr(Assembler.RA, 0, 20);
        assertTrap(jalr, TrapKind.FETCH_MISALIGNED, pc, 0x1_0006);

        Assembler jal = new Assembler();
        jal.word(0x0060_00EF);
        assertTrap(jal, TrapKind.FETCH_MISALIGNED, 0x1_0000, 0x1_0006);

        Assembler taken = new Assembler();
        taken.word(0x0000_0363);
        assertTrap(taken, TrapKind.FETCH_MISALIGNED, 0x1_0000, 0x1_0006);

        Assembler notTaken = new Assembler();
        notTaken.word(0x0000_1363);
        notTaken.finish(0);
        TestMachine.run(notTaken).assertHalted();
    }

    @Test
    void wordsThatAreNoInstructionsTrap() {
        int[] words = {
            0xFFFF_FFFF, 0x0000_0001, 0x0000_100F, 0x3000_1073, 0x3020_0073, 0x0000_2063, 0x0000_3003, 0x0000_6003,
            0x0000_3023, 0x4000_1033, 0x0200_1013, 0x4200_5013, 0x0000_1067, 0x0000_001B, 0x0000_202F, 0x0000_0007,
            0x0000_00F3, 0x4200_0033
        };
        for (int word : words) {
            Assembler a = new Assembler();
            a.word(word);
            TestMachine machine = TestMachine.run(a);
            assertThat(machine.trap().kind()).as("0x%08x", word).isEqualTo(TrapKind.ILLEGAL_INSTRUCTION);
            assertThat(machine.trap().address()).isEqualTo(word);
        }
    }
}
