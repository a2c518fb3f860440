package dev.thimble.riscvcircuits;

import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;
import dev.thimble.testkit.Assembler;
import dev.thimble.testkit.Cell;
import dev.thimble.testkit.MutationHarness.Change;
import dev.thimble.testkit.MutationHarness.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** First moves of attacks on {@link AttackProgram} that no single change of a cell leads to. */
final class HandAttacks {
    private static final int MAIN_VM = 0;
    private static final int MEMORY = 1;
    private static final int LAST = Profile.TEST.height() - 1;

    private final AttackScenes scenes;
    private final SegmentLog log;
    private final int halted;

    HandAttacks(AttackScenes scenes) {
        this.scenes = scenes;
        this.log = scenes.batch.logs.getFirst();
        this.halted = log.rows() + 1;
    }

    /** The honest batch with all first moves. */
    Scene scene() {
        Scene honest = scenes.honest("by hand");
        List<List<Change>> starts = new ArrayList<>();
        twoKindsThatCancel(starts);
        calls(starts);
        transfers(starts);
        memory(starts);
        // x0 is written on a row that executes nothing.
        int time = 4 * halted + 4;
        int before = value("boundary.lastTime", 0);
        starts.add(List.of(
                main("writes", halted, 1),
                main("rd.previous", halted, before),
                main("rd.gapLow", halted, time - before - 1),
                main("boundary.lastTime", 0, time),
                main("result.low", halted, 5),
                main("boundary.out.low", 0, 5)));
        starts.add(List.of(main("writes", firstAdd(), 0), main("signedY", firstAdd(), 2)));
        quotients(starts);
        subWords(starts);
        return new Scene(honest.name(), honest.batch(), List.of(), starts);
    }

    private Change main(String column, int row, long value) {
        return change(MAIN_VM, column, row, value);
    }

    private Change change(int instance, String name, int row, long value) {
        return AttackScenes.change(instance == MEMORY ? scenes.memory : scenes.mainVm, instance, name, row, value);
    }

    /** The honest value of a main column. */
    private int value(String column, int row) {
        Cell cell = main(column, row, 0).cell();
        int[] values = scenes.batch.instances.getFirst().trace().stage(cell.stage())[cell.column()];
        return KoalaBear.toCanonical(values[row]);
    }

    private int row(IntPredicate condition) {
        return IntStream.range(0, log.rows()).filter(condition).findFirst().orElseThrow();
    }

    private int call(int number, int a0) {
        return row(r -> SystemCall.isCall(log, r) && log.syscall()[r] == number && log.rs2Value()[r] == a0);
    }

    private int firstAdd() {
        return row(r -> (log.instructionWord()[r] & 0xFE00_707F) == 0x33);
    }

    private int division(int a, int b) {
        return row(r -> (log.instructionWord()[r] & 0xFE00_707F) == 0x0200_4033
                && log.rs1Value()[r] == a
                && log.rs2Value()[r] == b);
    }

    private int instruction(int code, int a) {
        return row(r -> (log.instructionWord()[r] & 0xFE00_707F) == code && log.rs1Value()[r] == a);
    }

    /** A row of kind X times −1 and Y times 1 is no instruction, but moves pc, halts or gives output. */
    private void twoKindsThatCancel(List<List<Change>> starts) {
        List<String> kinds = new ArrayList<>(List.of("halt", "hint", "print", "inPlace", "reading"));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.ECALL) {
                kinds.add("is" + kind);
            }
        }
        for (String kind : kinds) {
            for (String other :
                    new String[] {"isADD", "isOR", "isSLL", "isREM", "isLB", "isLW", "isSH", "isSW", "hint", "inPlace"
                    }) {
                if (!kind.equals(other)) {
                    starts.add(List.of(main(kind, halted, -1), main(other, halted, 1)));
                    starts.add(List.of(main(kind, LAST, -1), main(other, LAST, 1)));
                }
            }
        }
        // An output that the program prints is committed, and taken back on a row that executes nothing.
        int print = call(Syscall.WRITE, 0);
        starts.add(List.of(
                main("print", print, 0),
                main("commit", print, 1),
                main("b.low", print, Syscall.COMMIT),
                main("memory.old.low", print, 77),
                main("commit", LAST, -1),
                main("isOR", LAST, 1),
                main("memory.old.low", LAST, 77),
                main("rdOld.low", LAST, 77),
                main("result.low", LAST, 77),
                main("y0", LAST, 77),
                main("y.low", LAST, 77),
                main("immediate.low", LAST, 77 - 2 * Syscall.COMMIT),
                main("sum.low", LAST, 77),
                main("b.low", LAST, Syscall.COMMIT)));
    }

    private void quotients(List<List<Change>> starts) {
        // 7 / 7 = 0, remainder 7, and 1 >> 0 = 0, remainder 1.
        for (int row : new int[] {division(7, 7), instruction(0x5033, 1)}) {
            starts.add(List.of(
                    main("x0", row, 0),
                    main("and0", row, 0),
                    main("remainder.low", row, value("a.low", row)),
                    main("carryLow", row, 0),
                    main("carryHigh", row, 0),
                    main("sum.low", row, 0),
                    main("sum.high", row, 0),
                    main("result.low", row, 0)));
        }
        // |0xFFF98003| = 0x7F067FFE: the sum of the low limbs is 65537, whose 2^-16 part wraps.
        int row = instruction(0x0200_4033, 0);
        starts.add(List.of(
                main("y0", row, 0xFE),
                main("y3", row, 0x7F),
                main("sum.low", row, 0x8002),
                main("sum.high", row, 0x80F9)));
        starts.add(List.of(main("y3", row, 1)));
        starts.add(List.of(
                main("isSRL", LAST, -1),
                main("isSLL", LAST, 1),
                main("y0", LAST, 1),
                main("carryLow", LAST, 1),
                main("carryHigh", LAST, 1),
                main("sum.low", LAST, 0xFFFF),
                main("sum.high", LAST, 0xFFFF)));
    }

    private void subWords(List<List<Change>> starts) {
        int load = instruction(0x1003, 0x3FFF_FF00);
        starts.add(List.of(
                main("memory.offset0", load, 1),
                main("sum.low", load, value("sum.low", load) + 1),
                main("a.low", load, value("a.low", load) + 1)));
        int store = instruction(0x1023, 0x1000_0010);
        starts.add(List.of(
                main("memory.newHalf", store, value("memory.newHalf", store) + 1),
                main("memory.new.low", store, value("memory.new.low", store) + 1)));
        int stored = row(r -> (log.instructionWord()[r] & 0x707F) == 0x23
                && log.rs1Value()[r] == Assembler.DATA_BASE
                && (log.instructionWord()[r] >>> 7 & 3) == 3);
        starts.add(List.of(
                main("memory.newHalf", stored, value("memory.newHalf", stored) + 1),
                main("memory.new.high", stored, value("memory.new.high", stored) + 1)));
        // A half-word is loaded from an input word whose other half is no limb.
        starts.add(List.of(change(MEMORY, "initial.high", recordOf(1, 0x3FFF_FF00 >>> 2), 1 << 16)));
        starts.add(List.of(change(MEMORY, "initial.low", recordOf(1, 0x3FFF_FE00 >>> 2), 1 << 16)));
    }

    private void calls(List<List<Change>> starts) {
        int print = call(Syscall.WRITE, 0);
        int commit = call(Syscall.COMMIT, 0);
        starts.add(List.of(
                main("print", print, 0),
                main("commit", print, 1),
                main("memory.old.low", print, 77),
                main("commit", commit, 0),
                main("print", commit, 1)));
        starts.add(List.of(main("b.high", commit, 1)));
        starts.add(List.of(main("a.high", commit, 1)));
        starts.add(List.of(main("a.low", call(Syscall.HALT, 0), 1)));
    }

    private void transfers(List<List<Change>> starts) {
        int last = row(r -> log.syscall()[r] == Syscall.HINT && log.transferIndex()[r] == AttackProgram.HINT_WORDS - 1);
        // The instruction after the call is executed in the call's last transfer row.
        int first = value("a.previous", last + 1);
        List<Change> early = new ArrayList<>(List.of(
                main("isAND", last, 1),
                main("isAND", last + 1, 0),
                main("pc", last + 1, log.pc()[last + 1] + 4),
                main("a.previous", last, first),
                main("a.gapLow", last, 4 * last - first),
                main("b.previous", last, 4 * last + 1)));
        for (String access : new String[] {"a", "b"}) {
            int row = last + 2;
            if (value(access + ".previous", row) == 4 * (last + 1) + 2) {
                early.add(main(access + ".previous", row, 4 * last + 2));
                early.add(main(access + ".gapLow", row, value(access + ".gapLow", row) + 4));
            }
        }
        starts.add(early);
        starts.add(List.of(main("memory.address", last, log.memoryAddress()[last] + 1)));
        starts.add(hintBehindItsPointer(last));
        // The last word read is the one before it once more.
        int read = row(r -> log.syscall()[r] == Syscall.SECP256K1_ADD && log.transferIndex()[r] == 15);
        int address = log.memoryAddress()[read];
        List<Change> again = new ArrayList<>(List.of(
                main("memory.address", read, address - 1),
                main("sum.low", read, value("sum.low", read) - 4),
                main("memory.previous", read, 4 * (read - 1) + 3),
                main("memory.gapLow", read, 3),
                main("boundary.lastTime", record(address - 1), 4 * read + 3),
                main("boundary.lastTime", record(address), 0)));
        int word = log.memoryOldValue()[read - 1];
        for (String column : new String[] {"memory.old", "memory.new", "remainder"}) {
            again.add(main(column + ".low", read, word & 0xFFFF));
            again.add(main(column + ".high", read, word >>> 16));
        }
        starts.add(again);
    }

    /** A HINT that writes its eight words one further than a0 says. */
    private List<Change> hintBehindItsPointer(int last) {
        List<Change> moved = new ArrayList<>();
        int call = last - AttackProgram.HINT_WORDS;
        moved.add(main("pointer", call, log.memoryAddress()[call + 1] + 1));
        for (int row = call + 1; row <= last; row++) {
            int address = log.memoryAddress()[row];
            int record = recordOf(1, address);
            moved.add(main("pointer", row, address + 1));
            moved.add(main("memory.address", row, address + 1));
            moved.add(main("sum.low", row, value("sum.low", row) + 4));
            moved.add(main("boundary.address", record(address), address + 1));
            moved.add(change(MEMORY, "address", record, address + 1));
            moved.add(change(MEMORY, "offset", record, address + 1));
            moved.add(change(MEMORY, "offset.low", record, (address + 1) & 0xFFFF));
            moved.add(change(MEMORY, "previousKey", record + 1, address + 2 + (1 << 28)));
        }
        int first = recordOf(1, log.memoryAddress()[call + 1]);
        moved.add(change(MEMORY, "gap.low", first, memoryValue("gap.low", first) + 1));
        int behind = first + AttackProgram.HINT_WORDS;
        moved.add(change(MEMORY, "gap.low", behind, memoryValue("gap.low", behind) - 1));
        return moved;
    }

    private int memoryValue(String column, int row) {
        Cell cell = change(MEMORY, column, row, 0).cell();
        int[] values = scenes.batch.instances.get(MEMORY).trace().stage(cell.stage())[cell.column()];
        return KoalaBear.toCanonical(values[row]);
    }

    /** The row of a memory word's boundary record. */
    private int record(int address) {
        var boundary = scenes.batch.segments.getFirst().boundary();
        return IntStream.range(0, boundary.size())
                .filter(i -> boundary.space(i) == 1 && boundary.address(i) == address)
                .findFirst()
                .orElseThrow();
    }

    private void memory(List<List<Change>> starts) {
        int zero = recordOf(
                1, log.memoryAddress()[row(r -> log.syscall()[r] == Syscall.HINT && log.transferIndex()[r] == 0)]);
        starts.add(List.of(
                change(MEMORY, "isImage", zero, 1),
                change(MEMORY, "isRam", zero, 1),
                change(MEMORY, "isInput", zero, -1)));
        // The address that rows behind the image offer, taken −1 times.
        int count = scenes.batch.memory.size();
        int key = 1 + scenes.batch.memory.address(count - 1) + (1 << 28);
        int offset = (1 << 27) - imageEnd();
        starts.add(List.of(
                change(MEMORY, "selected", count, 1),
                change(MEMORY, "space", count, 1),
                change(MEMORY, "address", count, MemoryCircuit.NO_ADDRESS),
                change(MEMORY, "isImage", count, -1),
                change(MEMORY, "isRam", count, 1),
                change(MEMORY, "isInput", count, 1),
                change(MEMORY, "offset", count, offset),
                change(MEMORY, "offset.low", count, offset & 0xFFFF),
                change(MEMORY, "ended", count, 0),
                change(MEMORY, "previousKey", count, key),
                change(MEMORY, "gap.low", count, ((1 << 29) - key) & 0xFFFF)));
        int free = scenes.batch.segments.getFirst().boundary().size();
        int untouched = recordOf(0, AttackProgram.UNTOUCHED);
        starts.add(List.of(
                change(MEMORY, "selected", untouched, 2),
                main("boundary.selected", free, 1),
                main("boundary.address", free, AttackProgram.UNTOUCHED)));
    }

    private int imageEnd() {
        var program = scenes.batch.circuits.program();
        return (program.imageBase() >>> 2) + program.imageLength();
    }

    /** The row of an address in MEMORY. */
    private int recordOf(int space, int address) {
        var summary = scenes.batch.memory;
        return IntStream.range(0, summary.size())
                .filter(i -> summary.space(i) == space && summary.address(i) == address)
                .findFirst()
                .orElseThrow();
    }
}
