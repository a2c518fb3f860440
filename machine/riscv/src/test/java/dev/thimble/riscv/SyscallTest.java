package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.testkit.Assembler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** System calls: output, hints, debug print, a precompile, and the traps around them. */
class SyscallTest {
    private static final int ADDER = 0x0123;

    /** [a1 + 0..1] += [a0 + 0..1] as a toy: two operands read, two words replaced. */
    private static Syscall adder() {
        List<Transfer> transfers = List.of(
                new Transfer(Syscall.REGISTER_A0, 0, Transfer.Direction.READ),
                new Transfer(Syscall.REGISTER_A0, 1, Transfer.Direction.READ),
                new Transfer(Syscall.REGISTER_A1, 0, Transfer.Direction.WRITE),
                new Transfer(Syscall.REGISTER_A1, 1, Transfer.Direction.WRITE));
        return new Syscall(ADDER, "ADDER", transfers, (before, after) -> {
            after[2] = before[0] + before[2];
            after[3] = before[1] + before[3];
            return true;
        });
    }

    private static ExecutionOptions options() {
        return ExecutionOptions.defaults().withMaximumCycles(100_000);
    }

    @Test
    void outputIsWhatWasCommitted() {
        Assembler a = new Assembler();
        for (int i = 7; i >= 0; i--) {
            a.li(20, 0x1111_1111 * i);
            a.commit(i, 20);
        }
        a.halt(0);
        Outcome outcome = TestMachine.run(a).execution.outcome();
        assertThat(outcome)
                .isEqualTo(new Outcome.Halted(
                        0,
                        List.of(
                                0,
                                0x1111_1111,
                                0x2222_2222,
                                0x3333_3333,
                                0x4444_4444,
                                0x5555_5555,
                                0x6666_6666,
                                0x7777_7777)));
    }

    @Test
    void exitCodeOtherThanZeroHasNoOutput() {
        Assembler a = new Assembler();
        a.commit(0, Assembler.SP);
        a.halt(42);
        assertThat(TestMachine.run(a).execution.outcome()).isEqualTo(new Outcome.Halted(42, List.of()));
    }

    private static void assertTrap(Assembler a, ExecutionOptions options, TrapKind kind) {
        assertThat(TestMachine.run(a, new byte[0], options).trap().kind()).isEqualTo(kind);
    }

    @Test
    void outputTraps() {
        Assembler repeated = new Assembler();
        repeated.commit(3, 0);
        repeated.commit(3, 0);
        assertTrap(repeated, options(), TrapKind.OUTPUT_REPEATED);
        Assembler missing = new Assembler();
        missing.finish(1);
        assertTrap(missing, options(), TrapKind.OUTPUT_INCOMPLETE);
        for (int index : new int[] {8, -1, 0x0100_0000}) {
            Assembler outside = new Assembler();
            outside.commit(index, 0);
            assertTrap(outside, options(), TrapKind.OUTPUT_INDEX);
        }
        Assembler unknown = new Assembler();
        unknown.syscall(0x77);
        assertTrap(unknown, options(), TrapKind.UNKNOWN_SYSCALL);
        Assembler negative = new Assembler();
        negative.syscall(-1);
        assertTrap(negative, options(), TrapKind.UNKNOWN_SYSCALL);
    }

    @Test
    void hintsAreWrittenInOrder() {
        Assembler a = new Assembler();
        int buffer = a.data("buffer", new int[20]);
        a.la(Assembler.A0, "buffer");
        a.syscall(Syscall.HINT);
        a.addi(Assembler.A0, Assembler.A0, 4 * 9);
        a.syscall(Syscall.HINT);
        a.finish(0);
        int[] hints = new int[16];
        for (int i = 0; i < hints.length; i++) {
            hints[i] = 0xABC0_0000 + i;
        }
        TestMachine machine = TestMachine.run(a, new byte[0], options().withHints(HintSource.of(hints)));
        machine.assertHalted();
        for (int i = 0; i < 8; i++) {
            assertThat(machine.word(buffer + 4 * i)).isEqualTo(hints[i]);
            assertThat(machine.word(buffer + 36 + 4 * i)).isEqualTo(hints[8 + i]);
        }
        assertThat(machine.execution.rows()).isEqualTo(machine.execution.cycles() + 16);
        assertThat(machine.segments.getFirst().hints()).isEqualTo(hints);
        assertTransferRows(machine.logs.getFirst());
    }

    private static void assertTransferRows(SegmentLog log) {
        int row = 0;
        while (log.syscall()[row] != Syscall.HINT) {
            row++;
        }
        assertThat(log.kind(row)).isEqualTo(RowKind.INSTRUCTION);
        assertThat(log.rs1Value()[row]).isEqualTo(Syscall.HINT);
        assertThat(log.rs2Value()[row]).isEqualTo(0x0100_0000);
        assertThat(log.rd()[row]).isEqualTo(Syscall.REGISTER_A1);
        for (int i = 0; i < 8; i++) {
            int transfer = row + 1 + i;
            assertThat(log.kind(transfer)).isEqualTo(RowKind.TRANSFER);
            assertThat(log.transferIndex()[transfer]).isEqualTo(i);
            assertThat(log.memoryAddress()[transfer]).isEqualTo(0x0040_0000 + i);
            assertThat(log.pc()[transfer]).isEqualTo(log.pc()[row] + 4);
        }
    }

    @Test
    void hintTraps() {
        Assembler none = new Assembler();
        none.li(Assembler.A0, 0x0100_0000);
        none.syscall(Syscall.HINT);
        assertTrap(none, options(), TrapKind.HINT_EXHAUSTED);
        assertTrap(none, options().withHints(HintSource.of(new int[7])), TrapKind.HINT_EXHAUSTED);
        ExecutionOptions enough = options().withHints(HintSource.of(new int[8]));
        Assembler misaligned = new Assembler();
        misaligned.li(Assembler.A0, 0x0100_0002);
        misaligned.syscall(Syscall.HINT);
        assertTrap(misaligned, enough, TrapKind.STORE_MISALIGNED);
        for (int address : new int[] {0x1_0000, 0x2000_0000, 0x1FFF_FFE4, 0x00FF_FFFC, 0xFFFF_FFFC}) {
            Assembler outside = new Assembler();
            outside.li(Assembler.A0, address);
            outside.syscall(Syscall.HINT);
            assertTrap(outside, enough, TrapKind.STORE_FAULT);
        }
    }

    @Test
    void debugPrintChangesNothing() {
        Assembler a = new Assembler();
        a.data("text", 0x6C6C_6548, 0x0A21_216F);
        a.la(Assembler.A1, "text");
        a.li(Assembler.A0, 1);
        a.li(Assembler.A2, 8);
        a.syscall(Syscall.WRITE);
        a.li(Assembler.A1, 0x1_0000);
        a.syscall(Syscall.WRITE);
        a.finish(0);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ExecutionOptions options = options().withDebugSink((_, bytes) -> printed.writeBytes(bytes));
        TestMachine machine = TestMachine.run(a, new byte[0], options);
        machine.assertHalted();
        assertThat(printed.toString(StandardCharsets.US_ASCII)).isEqualTo("Hello!!\n");
        assertThat(machine.execution.rows()).isEqualTo(machine.execution.cycles());
    }

    @Test
    void precompilesReadAndReplaceWords() {
        Assembler a = new Assembler();
        int base = a.data("words", 1, 2, 10, 20);
        a.la(Assembler.A0, "words");
        a.addi(Assembler.A1, Assembler.A0, 8);
        a.syscall(ADDER);
        a.addi(Assembler.A1, Assembler.A0, 4);
        a.syscall(ADDER);
        a.finish(0);
        ExecutionOptions options =
                options().withSyscalls(SyscallTable.standard().with(adder()));
        TestMachine machine = TestMachine.run(a, new byte[0], options);
        machine.assertHalted();
        assertThat(machine.word(base)).isEqualTo(1);
        assertThat(machine.word(base + 4))
                .as("overlapping operand is read first")
                .isEqualTo(2 + 1);
        assertThat(machine.word(base + 8)).isEqualTo(11 + 2);
        assertThat(machine.word(base + 12)).isEqualTo(22);
    }

    @Test
    void tablesAreChecked() {
        assertThatThrownBy(() -> SyscallTable.standard().with(Syscall.plain(0x10, "AGAIN", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        List<Transfer> writeFirst = List.of(
                new Transfer(Syscall.REGISTER_A0, 0, Transfer.Direction.WRITE),
                new Transfer(Syscall.REGISTER_A0, 1, Transfer.Direction.READ));
        assertThatThrownBy(() -> Syscall.plain(1, "WRITE_FIRST", writeFirst))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options().withLimits(new SegmentLimits(8, 100)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
