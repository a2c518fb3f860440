package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;
import dev.thimble.testkit.ForgedBatch;
import dev.thimble.testkit.MutationHarness.Change;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bugs of other systems, tried here: the numbers are those of docs/bug-classes.md. Each test writes what a forger would
 * have to write and nothing is left to repair but what the class is about.
 */
class BugClassTest {
    private static final int REGISTERS = 0x33;

    private static AttackScenes scenes;
    private static ForgedBatch batch;
    private static SegmentLog log;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, attack.program(), attack.input()));
        batch = scenes.honest("honest").batch();
        log = scenes.batch.logs.getFirst();
    }

    @BeforeEach
    void honest() {
        batch.undoTo(0);
        assertThat(batch.failures()).isEmpty();
    }

    private static int row(IntPredicate condition) {
        return IntStream.range(0, log.rows()).filter(condition).findFirst().orElseThrow();
    }

    private static int instruction(int code, int a, int b) {
        return row(r ->
                (log.instructionWord()[r] & 0xFE00_707F) == code && log.rs1Value()[r] == a && log.rs2Value()[r] == b);
    }

    private static int call(int number) {
        return row(r -> SystemCall.isCall(log, r) && log.syscall()[r] == number);
    }

    private static void set(String column, int row, long value) {
        Change change = AttackScenes.change(scenes.mainVm, 0, column, row, value);
        batch.set(change.cell(), change.value());
    }

    private static void setMemory(String column, int row, long value) {
        Change change = AttackScenes.change(scenes.memory, 1, column, row, value);
        batch.set(change.cell(), change.value());
    }

    private static int get(String column, int row) {
        return batch.get(AttackScenes.change(scenes.mainVm, 0, column, row, 0).cell());
    }

    private static void assertRefused() {
        assertThat(batch.failures()).isNotEmpty();
    }

    /** Two reads of x31 in one row: the second one sees another value. */
    @Test
    void class01TwoReadsOfOneRegister() {
        int row = row(r -> log.instructionWord()[r] == (31 << 20 | 31 << 15 | REGISTERS));
        set("b.low", row, 5);
        set("y.low", row, 5);
        set("sum.low", row, 5);
        set("result.low", row, 5);
        assertRefused();
    }

    /** 7 / 7 = 0, remainder 7; −5 / 0 = 3; both quotients of −5 / 0 are tried with a remainder that fits. */
    @Test
    void class02DivisionWithTwoResults() {
        int row = instruction(0x0200_4033, 7, 7);
        set("x0", row, 0);
        set("and0", row, 0);
        set("remainder.low", row, 7);
        set("carryLow", row, 0);
        set("carryHigh", row, 0);
        set("sum.low", row, 0);
        set("sum.high", row, 0);
        set("result.low", row, 0);
        assertRefused();
        honest();
        int byZero = instruction(0x0200_5033, 7, 0);
        set("x0", byZero, 3);
        set("x1", byZero, 0);
        set("x2", byZero, 0);
        set("x3", byZero, 0);
        set("result.low", byZero, 3);
        set("result.high", byZero, 0);
        assertRefused();
    }

    /** r + 2^16·c = r' + 2^16·c' + p: the carry that a wrapping limb equation would need. */
    @Test
    void class04ProductThatWraps() {
        int row = instruction(0x0200_0033, 0x8765_4321, 0x0001_2345);
        long low = get("result.low", row);
        long carry = get("productCarry0", row);
        // 2^16·(c + 32512) − 2^16·c = p − 1, so low + 1 fits with a carry of c + 32512.
        set("result.low", row, low + 1);
        set("productCarry0", row, carry + (KoalaBear.P - 1L) / (1 << 16));
        assertRefused();
    }

    /** JALR to an odd address whose low bit is not cleared. */
    @Test
    void class08JumpToAnOddAddress() {
        int row = row(r -> (log.instructionWord()[r] & 0x707F) == 0x67);
        assertThat(get("memory.offset0", row)).isEqualTo(1);
        set("memory.offset0", row, 0);
        set("sum.low", row, get("sum.low", row) - 1);
        assertRefused();
    }

    /** A load whose address differs from its word's address by p / 4, or by 2^30. */
    @Test
    void class10AddressThatWraps() {
        int row = row(r -> (log.instructionWord()[r] & 0x707F) == 0x2003);
        set("sum.high", row, get("sum.high", row) + (1 << 14));
        set("carryHigh", row, 0);
        assertRefused();
        honest();
        set("memory.address", row, get("memory.address", row) + (1L << 28));
        assertRefused();
    }

    /** A row that executes nothing writes x0. */
    @Test
    void class11WriteToX0() {
        int row = log.rows() + 1;
        int before = get("boundary.lastTime", 0);
        set("writes", row, 1);
        set("rd.previous", row, before);
        set("rd.gapLow", row, 4 * row + 3 - before);
        set("boundary.lastTime", 0, 4 * row + 4);
        set("result.low", row, 5);
        set("boundary.out.low", 0, 5);
        setMemory("final.low", 0, 5);
        assertRefused();
    }

    /** An exit code whose limbs add up to p, and an ECALL that jumps. */
    @Test
    void class12ExitCodeAndNextPc() {
        int halt = call(Syscall.HALT);
        set("a.low", halt, 1);
        set("a.high", halt, KoalaBear.P - 1L);
        assertRefused();
        honest();
        int call = call(Syscall.WRITE);
        set("pc", call + 1, log.pc()[call] + 8);
        assertRefused();
    }

    /** An immediate, a target or an operand register that the program does not have. */
    @Test
    void class14DecodedFieldsAreThePrograms() {
        int row = row(r -> (log.instructionWord()[r] & 0x707F) == 0x13 && log.rd()[r] != 0);
        for (String column : new String[] {"immediate.low", "immediate.high", "target", "rs1", "rs2", "rd", "jump"}) {
            set(column, row, get(column, row) + 1L);
            assertRefused();
            honest();
        }
    }

    /** A padding row sends: an instruction that is no row of the program, a transfer, an access. */
    @Test
    void class15PaddingRowsAreSilent() {
        for (String flag :
                new String[] {"isADD", "isSW", "isJALR", "transfer", "commit", "halt", "precompile", "read"}) {
            set(flag, log.rows() + 1, 1);
            assertRefused();
            honest();
        }
    }

    /** A read that goes back to a later time. */
    @Test
    void class20TimeDoesNotRunBackwards() {
        int row = row(r -> (log.instructionWord()[r] & 0x707F) == 0x2003);
        set("a.previous", row, 4L * row + 1);
        set("a.gapLow", row, -1);
        assertRefused();
        honest();
        set("a.previous", row, 4L * row - (1L << 17));
        assertRefused();
    }

    /** The same address twice in MEMORY, and two addresses in the wrong order. */
    @Test
    void class21AddressesAscend() {
        int record = 20;
        int address = scenes.batch.memory.address(record - 1);
        setMemory("address", record, address);
        setMemory("offset", record, address);
        setMemory("offset.low", record, address & 0xFFFF);
        setMemory("gap.low", record, -1);
        assertRefused();
    }

    /** A word that a precompile replaces had another value before. */
    @Test
    void class25OldWordsOfAPrecompile() {
        int row = call(Syscall.SECP256K1_DOUBLE) + 3;
        set("memory.old.low", row, get("memory.old.low", row) ^ 1);
        assertRefused();
    }
}
