package dev.thimble.riscv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The execution log of one segment: one entry per row in every column. The arrays are handed out without copying and must
 * not be changed. There are no clocks: the row number is the clock.
 *
 * <p>An <b>instruction row</b> accesses three registers in this order: rs1, rs2, and rd iff {@code rd ≠ 0}; then one memory
 * word iff {@code memoryAddress ≠ 0}. Register indices come from the instruction; rs1 and rs2 are accessed always (x0
 * included); both read accesses keep the value. An ECALL row has rs1 = t0, rs2 = a0, rd = a1 with equal old and new value.
 *
 * <p>A <b>transfer row</b> accesses no register (all register columns are 0) and exactly one memory word.
 *
 * <p>In every row {@code nextPc[i] = pc[i + 1]}: the ECALL row's next pc is the address after the ECALL, transfer rows have
 * that address as pc and as next pc.
 */
public final class SegmentLog {
    private final int rows;
    private int exitPc;
    private boolean halted;
    final int[] pc;
    final int[] nextPc;
    final int[] instructionWord;
    final int[] instructionIndex;
    final int[] rs1Value;
    final int[] rs2Value;
    final int[] rd;
    final int[] rdOldValue;
    final int[] rdNewValue;
    final int[] memoryAddress;
    final int[] memoryOldValue;
    final int[] memoryNewValue;
    final int[] syscall;
    final int[] transferIndex;

    SegmentLog(int rows) {
        this.rows = rows;
        pc = new int[rows];
        nextPc = new int[rows];
        instructionWord = new int[rows];
        instructionIndex = new int[rows];
        rs1Value = new int[rows];
        rs2Value = new int[rows];
        rd = new int[rows];
        rdOldValue = new int[rows];
        rdNewValue = new int[rows];
        memoryAddress = new int[rows];
        memoryOldValue = new int[rows];
        memoryNewValue = new int[rows];
        syscall = new int[rows];
        transferIndex = new int[rows];
    }

    void end(int newExitPc, boolean newHalted) {
        exitPc = newExitPc;
        halted = newHalted;
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the address of the instruction after the last row: the entry pc of the next segment. */
    public int exitPc() {
        return exitPc;
    }

    /** Tells whether the last row is a HALT. */
    public boolean halted() {
        return halted;
    }

    /** Tells what a row is. */
    public RowKind kind(int row) {
        return transferIndex[row] < 0 ? RowKind.INSTRUCTION : RowKind.TRANSFER;
    }

    /** Address of the instruction; on transfer rows the address after the ECALL. */
    public int[] pc() {
        return pc;
    }

    /** pc of the next row. */
    public int[] nextPc() {
        return nextPc;
    }

    /** Encoded instruction; 0 on transfer rows. */
    public int[] instructionWord() {
        return instructionWord;
    }

    /** Index of the instruction in the program's text, (pc − textBase) / 4; −1 on transfer rows. */
    public int[] instructionIndex() {
        return instructionIndex;
    }

    /** Value of register rs1. */
    public int[] rs1Value() {
        return rs1Value;
    }

    /** Value of register rs2. */
    public int[] rs2Value() {
        return rs2Value;
    }

    /** Number of the third register accessed, 0 if there is none. */
    public int[] rd() {
        return rd;
    }

    /** Value of register rd before the row. */
    public int[] rdOldValue() {
        return rdOldValue;
    }

    /** Value of register rd after the row. */
    public int[] rdNewValue() {
        return rdNewValue;
    }

    /** Word address (byte address / 4) of the memory access, 0 if there is none. */
    public int[] memoryAddress() {
        return memoryAddress;
    }

    /** The word before the row. */
    public int[] memoryOldValue() {
        return memoryOldValue;
    }

    /** The word after the row; equal to the old one on loads and READ transfers. */
    public int[] memoryNewValue() {
        return memoryNewValue;
    }

    /** Number of the system call on ECALL rows and their transfer rows, otherwise 0. */
    public int[] syscall() {
        return syscall;
    }

    /** Index of the transfer in its system call's list; −1 on instruction rows. */
    public int[] transferIndex() {
        return transferIndex;
    }

    /** Returns the calls of precompiles that the transfer rows make up, in order. */
    public List<PrecompileCall> calls(SyscallTable syscalls, int segment) {
        List<PrecompileCall> calls = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Optional<Syscall> call = syscalls.find(syscall[row]).filter(Syscall::isPrecompile);
            if (kind(row) == RowKind.INSTRUCTION && call.isPresent()) {
                int from = row + 1;
                int to = from + call.get().transfers().size();
                calls.add(new PrecompileCall(
                        syscall[row],
                        segment,
                        row,
                        Arrays.copyOfRange(memoryOldValue, from, to),
                        Arrays.copyOfRange(memoryNewValue, from, to)));
            }
        }
        return calls;
    }

    /** Tells whether two logs say the same. */
    public boolean sameAs(SegmentLog other) {
        return exitPc == other.exitPc && halted == other.halted && Arrays.deepEquals(columns(), other.columns());
    }

    private int[][] columns() {
        return new int[][] {
            pc,
            nextPc,
            instructionWord,
            instructionIndex,
            rs1Value,
            rs2Value,
            rd,
            rdOldValue,
            rdNewValue,
            memoryAddress,
            memoryOldValue,
            memoryNewValue,
            syscall,
            transferIndex
        };
    }
}
