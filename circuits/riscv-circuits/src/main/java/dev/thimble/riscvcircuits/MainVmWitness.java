package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLog;
import java.util.Arrays;
import java.util.Objects;

/**
 * Fills the trace of a MAIN_VM instance from the execution log of its segment.
 *
 * <p>It follows the log without judging it: from a log that lies comes a trace that the constraints reject.
 */
final class MainVmWitness {
    private final MainVm circuit;
    private final ProgramTable program;
    private final SegmentInput input;
    private final SegmentLog log;

    MainVmWitness(MainVm circuit, ProgramTable program, SegmentInput input, SegmentLog log) {
        int limit = circuit.program().height() - 1;
        if (log.rows() > limit) {
            throw new IllegalArgumentException("segment of " + log.rows() + " rows, the circuit holds " + limit);
        }
        if (input.boundary().size() > circuit.program().height()) {
            throw new IllegalArgumentException(
                    "segment touches " + input.boundary().size() + " addresses, the circuit holds "
                            + circuit.program().height());
        }
        this.circuit = circuit;
        this.program = program;
        this.input = input;
        this.log = log;
    }

    /** The shared columns alone, in Montgomery form. */
    int[][] shared() {
        AirProgram air = circuit.program();
        int[][] columns = new int[air.width(Stage.SHARED)][air.height()];
        fillShared(columns);
        return Trace.toMontgomery(columns);
    }

    /** The whole trace, in Montgomery form. */
    Trace trace(int[][] preprocessed) {
        Trace trace = new Trace(circuit.program(), preprocessed);
        fillShared(trace.stage(Stage.SHARED));
        LookupTable.Counter counter = circuit.table().counter();
        int[][] programUses = circuit.layout().program().stream()
                .map(group -> trace.column(group.multiplicity()))
                .toArray(int[][]::new);
        MainVmRows rows = new MainVmRows(circuit.layout().machine(), trace, counter, input.boundary());
        for (int row = 0; row < log.rows(); row++) {
            int index = log.instructionIndex()[row];
            if (index < 0) {
                rows.transfer(row, log);
            } else {
                rows.instruction(row, log, Objects.requireNonNull(program.code(index), "not executable"));
                programUses[index / trace.height()][index % trace.height()]++;
            }
        }
        for (int row = log.rows(); row < trace.height(); row++) {
            rows.idle();
        }
        rows.boundary(input.segment());
        counter.fill(trace);
        return trace.toMontgomery();
    }

    private void fillShared(int[][] columns) {
        fillState(columns);
        fillBoundary(columns);
        MainVmColumns c = circuit.layout().machine();
        int[] oldLow = of(columns, c.memory.oldWord().low());
        int[] oldHigh = of(columns, c.memory.oldWord().high());
        int[] newLow = of(columns, c.memory.newWord().low());
        int[] newHigh = of(columns, c.memory.newWord().high());
        int[] commit = of(columns, c.calls.commit());
        for (int row = 0; row < log.rows(); row++) {
            boolean commits = SystemCall.isCommit(log, row);
            int word = commits ? log.rdOldValue()[row] : log.memoryOldValue()[row];
            oldLow[row] = word & 0xFFFF;
            oldHigh[row] = word >>> 16;
            newLow[row] = log.memoryNewValue()[row] & 0xFFFF;
            newHigh[row] = log.memoryNewValue()[row] >>> 16;
            commit[row] = commits ? 1 : 0;
            if (commits) {
                // On an ECALL row the log has rs1 = t0 and rs2 = a0.
                of(columns, c.transfers.index())[row] = log.rs2Value()[row] & 0xFFFF;
            } else if (log.syscall()[row] != 0) {
                fillTransfer(columns, row);
            }
        }
    }

    private void fillTransfer(int[][] columns, int row) {
        MainVmColumns.Transfers t = circuit.layout().machine().transfers;
        int number = log.syscall()[row];
        int index = log.transferIndex()[row];
        boolean precompile = SystemCall.isPrecompile(number);
        if (index < 0 && !SystemCall.hasTransfers(log, row)) {
            return;
        }
        of(columns, t.operation())[row] = number & 0xFFFF;
        of(columns, t.precompile())[row] = precompile && index >= 0 ? 1 : 0;
        of(columns, t.index())[row] = index >= 0 ? index : precompile ? number >>> 16 : 0;
    }

    private void fillState(int[][] columns) {
        MainVmColumns.State state = circuit.layout().machine().state;
        int[] segment = of(columns, state.segment());
        int[] pc = of(columns, state.pc());
        int[] halted = of(columns, state.halted());
        Arrays.fill(segment, input.segment());
        System.arraycopy(log.pc(), 0, pc, 0, log.rows());
        for (int row = log.rows(); row < pc.length; row++) {
            pc[row] = log.halted() ? 0 : log.exitPc();
            halted[row] = log.halted() ? 1 : 0;
        }
    }

    private void fillBoundary(int[][] columns) {
        MainVmColumns.Boundary b = circuit.layout().machine().boundary;
        for (int i = 0; i < input.boundary().size(); i++) {
            of(columns, b.selected())[i] = 1;
            of(columns, b.space())[i] = input.boundary().space(i);
            of(columns, b.address())[i] = input.boundary().address(i);
            of(columns, b.in().low())[i] = input.boundary().valueIn(i) & 0xFFFF;
            of(columns, b.in().high())[i] = input.boundary().valueIn(i) >>> 16;
            of(columns, b.timestampIn())[i] = input.boundary().timestampIn(i);
            of(columns, b.out().low())[i] = input.boundary().valueOut(i) & 0xFFFF;
            of(columns, b.out().high())[i] = input.boundary().valueOut(i) >>> 16;
        }
    }

    private static int[] of(int[][] columns, Column column) {
        return columns[column.index()];
    }
}
