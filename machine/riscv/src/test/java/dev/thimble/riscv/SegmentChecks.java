package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/** The memory argument in plain Java: what the circuits will prove of segment records and logs. */
final class SegmentChecks {
    private record Key(int space, int address) {}

    private record Token(int value, int timestamp) {}

    private SegmentChecks() {}

    /** Checks the chain of all segments: pcs, rows, memory tokens from the initial to the final values. */
    static void check(TestMachine machine, GuestInput input, SegmentLimits limits) {
        Map<Key, Token> tokens = new HashMap<>();
        int pc = machine.program.entryPc();
        long rows = 0;
        for (int s = 0; s < machine.segments.size(); s++) {
            SegmentInput segment = machine.segments.get(s);
            SegmentLog log = machine.logs.get(s);
            assertThat(segment.segment()).isEqualTo(s);
            assertThat(segment.entryPc()).isEqualTo(pc);
            assertThat(segment.rows()).isEqualTo(log.rows()).isLessThanOrEqualTo(limits.rows());
            assertThat(segment.boundary().size()).isLessThanOrEqualTo(limits.touchedAddresses());
            assertThat(log.halted()).isEqualTo(s == machine.segments.size() - 1);
            checkRows(machine.program, segment, log);
            checkTokens(machine.program, input, segment, tokens);
            pc = log.exitPc();
            rows += log.rows();
        }
        assertThat(machine.execution.segments()).isEqualTo(machine.segments.size());
        assertThat(machine.execution.rows()).isEqualTo(rows);
        checkSummary(machine.execution.memory(), machine.program, input, tokens);
    }

    private static void checkTokens(Program program, GuestInput input, SegmentInput segment, Map<Key, Token> tokens) {
        BoundaryRecords boundary = segment.boundary();
        for (int i = 0; i < boundary.size(); i++) {
            Key key = new Key(boundary.space(i), boundary.address(i));
            Token token = tokens.getOrDefault(key, new Token(initial(program, input, key), 0));
            assertThat(new Token(boundary.valueIn(i), boundary.timestampIn(i))).isEqualTo(token);
            tokens.put(key, new Token(boundary.valueOut(i), segment.segment() + 1));
        }
    }

    private static int initial(Program program, GuestInput input, Key key) {
        if (key.space == MemoryMap.SPACE_REGISTER) {
            return 0;
        }
        int imageIndex = key.address - (program.imageBase() >>> 2);
        int inputIndex = key.address - (MemoryMap.INPUT_BASE >>> 2);
        if (inputIndex >= 0) {
            return inputIndex < input.length() ? input.words()[inputIndex] : 0;
        }
        return imageIndex >= 0 && imageIndex < program.imageLength() ? program.image()[imageIndex] : 0;
    }

    private static void checkSummary(MemorySummary summary, Program program, GuestInput input, Map<Key, Token> tokens) {
        assertThat(summary.size()).isEqualTo(tokens.size());
        long previous = -1;
        for (int i = 0; i < summary.size(); i++) {
            Key key = new Key(summary.space(i), summary.address(i));
            long order = ((long) key.space << 32) | key.address;
            assertThat(order).isGreaterThan(previous);
            previous = order;
            assertThat(summary.initialValue(i)).isEqualTo(initial(program, input, key));
            assertThat(new Token(summary.finalValue(i), summary.finalTimestamp(i)))
                    .isEqualTo(tokens.get(key));
        }
    }

    /** Checks a log against its records: every access finds the value that the access before left. */
    private static void checkRows(Program program, SegmentInput segment, SegmentLog log) {
        Map<Key, Integer> values = new HashMap<>();
        BoundaryRecords boundary = segment.boundary();
        for (int i = 0; i < boundary.size(); i++) {
            values.put(new Key(boundary.space(i), boundary.address(i)), boundary.valueIn(i));
        }
        Map<Key, Integer> touched = new HashMap<>();
        Decoder decoder = new Decoder(WordWidth.RV32);
        assertThat(log.pc()[0]).isEqualTo(segment.entryPc());
        for (int row = 0; row < log.rows(); row++) {
            assertThat(log.nextPc()[row]).isEqualTo(row + 1 < log.rows() ? log.pc()[row + 1] : log.exitPc());
            if (log.kind(row) == RowKind.INSTRUCTION) {
                Instruction instruction = decoder.decode(log.instructionWord()[row]);
                assertThat(instruction.word()).isEqualTo(program.textWord(log.instructionIndex()[row]));
                assertThat(log.rd()[row]).isEqualTo(instruction.rd());
                access(values, touched, 0, instruction.rs1(), log.rs1Value()[row], log.rs1Value()[row]);
                access(values, touched, 0, instruction.rs2(), log.rs2Value()[row], log.rs2Value()[row]);
                if (instruction.rd() != 0) {
                    access(values, touched, 0, instruction.rd(), log.rdOldValue()[row], log.rdNewValue()[row]);
                }
            } else {
                assertThat(log.rd()[row]).isZero();
                assertThat(log.memoryAddress()[row]).isNotZero();
            }
            if (log.memoryAddress()[row] != 0) {
                access(
                        values,
                        touched,
                        1,
                        log.memoryAddress()[row],
                        log.memoryOldValue()[row],
                        log.memoryNewValue()[row]);
            }
        }
        assertThat(touched).hasSize(boundary.size());
        for (int i = 0; i < boundary.size(); i++) {
            assertThat(touched.get(new Key(boundary.space(i), boundary.address(i))))
                    .isEqualTo(boundary.valueOut(i));
        }
        assertThat(values.getOrDefault(new Key(0, 0), 0)).isZero();
    }

    private static void access(
            Map<Key, Integer> values, Map<Key, Integer> touched, int space, int address, int old, int value) {
        Key key = new Key(space, address);
        assertThat(values.get(key)).isEqualTo(old);
        values.put(key, value);
        touched.put(key, value);
    }
}
