package dev.thimble.riscvcircuits;

import dev.thimble.air.Trace;
import dev.thimble.riscv.ClaimedSegments;
import dev.thimble.riscv.Fault;
import dev.thimble.riscv.FaultedSegment;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.MemorySummary;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;
import dev.thimble.testkit.Assembler;
import dev.thimble.testkit.ForgedBatch;
import dev.thimble.testkit.MutationHarness.Change;
import dev.thimble.testkit.MutationHarness.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Batches that no honest run makes, each the stage of one attack. */
final class HandScenes {
    private static final int LAST = Profile.TEST.height() - 1;
    private static final int UNUSED_WORD = 0x1000_0000 >>> 2;

    private final AttackScenes scenes;
    private final SegmentLog log;

    HandScenes(AttackScenes scenes) {
        this.scenes = scenes;
        this.log = scenes.batch.logs.getFirst();
    }

    /** All scenes, made when they are needed. */
    List<Supplier<Scene>> all() {
        List<Supplier<Scene>> all = new ArrayList<>();
        int taken = row(0x1063, r -> log.nextPc()[r] != log.pc()[r] + 4);
        all.add(() -> scenes.faulted(new Fault(Fault.Kind.BRANCH, taken, 0, 1)).orElseThrow());
        int near = row(0x4063, r -> log.rs1Value()[r] == 9);
        int next = log.nextPc()[near];
        // jump = 2 stands for signedA = 1 in the packed flags, and jumps twice as far.
        all.add(() -> with(
                scenes.faulted(new Fault(Fault.Kind.PC_AFTER, near, 0, next ^ (next + 8)))
                        .orElseThrow(),
                List.of(main(0, "jump", near, 2), main(0, "signedA", near, 0))));
        all.add(this::transferOnTheFirstRow);
        all.add(this::recordOnTheLastRow);
        all.add(this::endedOnTheFirstRow);
        all.add(this::hintThatIsAPrecompile);
        all.add(this::wordsOfNoCall);
        return all;
    }

    private int row(int opcode, IntPredicate condition) {
        return IntStream.range(0, log.rows())
                .filter(r -> (log.instructionWord()[r] & 0x707F) == opcode && condition.test(r))
                .findFirst()
                .orElseThrow();
    }

    private Scene with(Scene scene, List<Change> start) {
        return new Scene(scene.name(), scene.batch(), List.of(), List.of(start));
    }

    /** A segment that begins with the last transfer of a HINT that nobody called. */
    private Scene transferOnTheFirstRow() {
        FaultedSegment moved =
                ClaimedSegments.moved(scenes.batch.circuits.program(), scenes.batch.segments.getFirst(), 1);
        MemorySummary summary = MemorySummary.ofOneSegment(moved.input());
        Scene scene = scenes.scene(
                "transfer on the first row",
                List.of(scenes.still(0, scenes.batch.circuits.program().entryPc(), false), scenes.trace(moved)),
                List.of(summary.part(0, scenes.batch.circuits.memoryCapacity())),
                List.of(moved));
        int record = IntStream.range(0, moved.input().boundary().size())
                .filter(i -> moved.input().boundary().address(i) == UNUSED_WORD)
                .findFirst()
                .orElseThrow();
        return with(
                scene,
                List.of(
                        main(0, "transfer", 0, 1),
                        main(0, "last", 0, 1),
                        main(0, "index", 0, AttackProgram.HINT_WORDS - 1),
                        main(0, "operation", 0, Syscall.HINT),
                        main(0, "pointer", 0, UNUSED_WORD),
                        main(0, "sum.high", 0, UNUSED_WORD >>> 14),
                        main(0, "memory.address", 0, UNUSED_WORD),
                        main(0, "memory.gapLow", 0, 2),
                        main(0, "boundary.selected", 0, 1),
                        main(0, "boundary.space", 0, 1),
                        main(0, "boundary.address", 0, UNUSED_WORD),
                        main(0, "boundary.lastTime", 0, 3),
                        main(1, "boundary.timestampIn", record, 1)));
    }

    private Change main(int instance, String column, int row, long value) {
        return AttackScenes.change(scenes.mainVm, instance, column, row, value);
    }

    private Change memory(int instance, String column, int row, long value) {
        return AttackScenes.change(scenes.memory, instance, column, row, value);
    }

    /** A record that the next instance of MEMORY does not come behind. */
    private Scene recordOnTheLastRow() {
        Scene scene = twoParts("record on the last row", 5);
        int key = 1 + scenes.batch.memory.address(4);
        int register = AttackProgram.UNTOUCHED;
        return with(
                scene,
                List.of(
                        memory(1, "selected", LAST, 1),
                        memory(1, "address", LAST, register),
                        memory(1, "offset", LAST, register),
                        memory(1, "offset.low", LAST, register),
                        memory(1, "gap.low", LAST, register - key)));
    }

    private Scene endedOnTheFirstRow() {
        MemorySummary summary = scenes.batch.memory;
        int last = summary.size() - 1;
        Scene scene = twoParts("ended on the first row", summary.size());
        int key = 1 + summary.address(last) + (summary.space(last) << 28);
        return with(scene, List.of(memory(2, "previousKey", 0, key)));
    }

    private Scene twoParts(String name, int size) {
        List<MemoryInput> parts = ClaimedSegments.twoParts(scenes.batch.memory, size);
        Trace segment = scenes.batch.instances.getFirst().trace();
        return scenes.scene(name, List.of(segment), parts, scenes.honestSegments());
    }

    /** A HINT whose operation is that of a precompile: it writes 16 words, and no circuit has to take them. */
    private Scene hintThatIsAPrecompile() {
        int call = IntStream.range(0, log.rows())
                .filter(r -> SystemCall.isCall(log, r) && log.syscall()[r] == Syscall.SECP256K1_DOUBLE)
                .findFirst()
                .orElseThrow();
        List<Change> start = new ArrayList<>(List.of(
                main(0, "inPlace", call, 0),
                main(0, "hint", call, 1),
                main(0, "b.low", call, Syscall.HINT),
                main(0, "b.high", call, 0)));
        for (int row = call + 1; row <= call + 16; row++) {
            start.add(main(0, "precompile", row, 0));
        }
        List<PrecompileCall> others = scenes.batch.calls.stream()
                .filter(c -> c.number() != Syscall.SECP256K1_DOUBLE)
                .toList();
        return with(scenes.honest("hint that is a precompile", others, List.of()), start);
    }

    /** Words that no call transfers, on the first row and on the rows of a HINT. */
    private Scene wordsOfNoCall() {
        int hint = IntStream.range(0, log.rows())
                .filter(r -> log.syscall()[r] == Syscall.HINT && log.transferIndex()[r] == 2)
                .findFirst()
                .orElseThrow();
        ForgedBatch.Claim free = new ForgedBatch.Claim(Buses.PRECOMPILE, -1, new int[8], true);
        Scene scene = scenes.honest("words of no call", scenes.batch.calls, List.of(free));
        return new Scene(
                scene.name(),
                scene.batch(),
                List.of(),
                List.of(List.of(main(0, "precompile", 0, 1)), List.of(main(0, "precompile", hint, 1))));
    }

    // ---------------------------------------------------------------- programs of their own

    /** A segment whose last row, which does not move pc, executes a NOP all the same. */
    static Scene instructionOnTheLastRow() {
        Program program = MachinePrograms.program(a -> {
            a.li(5, 3);
            a.label("loop");
            for (int i = 0; i < 8000; i++) {
                a.nop();
            }
            a.addi(5, 5, -1);
            a.beq(5, 0, "done");
            a.j("loop");
            a.label("done");
            a.finish(0);
        });
        AttackScenes scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, program, new byte[0]));
        Scene honest = scenes.honest("instruction on the last row");
        int before = scenes.batch
                .instances
                .getFirst()
                .trace()
                .get(AttackScenes.column(scenes.mainVm.program(), "boundary.lastTime"), 0);
        return new Scene(
                honest.name(),
                honest.batch(),
                List.of(),
                List.of(List.of(
                        AttackScenes.change(scenes.mainVm, 0, "isADD", LAST, 1),
                        AttackScenes.change(scenes.mainVm, 0, "a.previous", LAST, before),
                        AttackScenes.change(scenes.mainVm, 0, "a.gapLow", LAST, 4 * LAST - before),
                        AttackScenes.change(scenes.mainVm, 0, "b.previous", LAST, 4 * LAST + 1),
                        AttackScenes.change(scenes.mainVm, 0, "boundary.lastTime", 0, 4 * LAST + 2))));
    }

    /** A program that jumps to address 0, and a next segment that begins halted there: no HALT, no exit code. */
    static Scene haltedOnTheFirstRow() {
        Program program = MachinePrograms.program(a -> {
            a.li(7, Assembler.INPUT_BASE);
            for (int index = 0; index < 8; index++) {
                a.commit(index, 0);
            }
            a.lw(6, 4, 7);
            a.jalr(0, 0, 6);
            a.nop();
            a.halt(0);
        });
        int halt = program.textBase() + 4 * (program.textLength() - 3);
        byte[] input = {(byte) halt, (byte) (halt >>> 8), (byte) (halt >>> 16), (byte) (halt >>> 24)};
        AttackScenes scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, program, input));
        SegmentInput honest = scenes.batch.segments.getFirst();
        int jumpWord = program.textWord(program.textLength() - 5);
        int[] words = scenes.batch.logs.getFirst().instructionWord();
        int jump = IntStream.range(0, words.length)
                .filter(r -> words[r] == jumpWord)
                .findFirst()
                .orElseThrow();
        FaultedSegment prefix = ClaimedSegments.prefix(program, honest, jump + 1, address -> 0);
        MemorySummary summary = MemorySummary.ofOneSegment(prefix.input());
        return scenes.scene(
                "halted on the first row",
                List.of(scenes.trace(prefix), scenes.still(1, 0, true)),
                List.of(summary.part(0, scenes.batch.circuits.memoryCapacity())),
                List.of(prefix));
    }
}
