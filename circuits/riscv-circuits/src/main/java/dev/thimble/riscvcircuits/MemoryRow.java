package dev.thimble.riscvcircuits;

import dev.thimble.air.Trace;
import dev.thimble.riscv.SegmentLog;

/** The cells of a memory access of one row: see {@link MemoryPart}. */
final class MemoryRow {
    private final LookupTable.Counter counter;
    private final int[] address;
    private final int[] halfColumn;
    private final int[] newHalf;
    private final int[] signWordColumn;
    private final int[] offset0;
    private final int[] offset1;
    private int half;
    private int signWord;

    MemoryRow(MainVmColumns c, Trace trace, LookupTable.Counter counter) {
        this.counter = counter;
        this.address = trace.column(c.memory.address());
        this.halfColumn = trace.column(c.memory.half());
        this.newHalf = trace.column(c.memory.newHalf());
        this.signWordColumn = trace.column(c.memory.signWord());
        this.offset0 = trace.column(c.memory.offset0());
        this.offset1 = trace.column(c.memory.offset1());
    }

    /** The addressed half-word of the row written last. */
    int half() {
        return half;
    }

    /** The word whose top bit is signA. */
    int signWord() {
        return signWord;
    }

    /** Writes the row; returns the loaded value. */
    int instruction(int row, SegmentLog log, InstructionCode code, int a, int b, boolean transferring) {
        Kind kind = code.kind();
        half = 0;
        signWord = a >>> 16;
        int loaded = 0;
        int byteAddress = a + code.immediate();
        if (Kind.LOADS_AND_STORES.contains(kind) || kind == Kind.JALR || transferring) {
            offset0[row] = byteAddress & 1;
            offset1[row] = (byteAddress >>> 1) & 1;
            counter.range(14, (byteAddress & 0xFFFF) >>> 2);
        }
        if (transferring) {
            address[row] = byteAddress >>> 2;
        }
        if (Kind.LOADS_AND_STORES.contains(kind)) {
            address[row] = log.memoryAddress()[row];
            loaded = subWord(row, code, byteAddress, log.memoryOldValue()[row], b);
        }
        signWordColumn[row] = signWord;
        return loaded;
    }

    private int subWord(int row, InstructionCode code, int byteAddress, int word, int stored) {
        Kind kind = code.kind();
        if (kind == Kind.LW || kind == Kind.SW) {
            return word;
        }
        half = (byteAddress & 2) == 0 ? word & 0xFFFF : word >>> 16;
        halfColumn[row] = half;
        boolean highByte = (byteAddress & 1) == 1;
        int selected = highByte ? half >>> 8 : half & 0xFF;
        return switch (kind) {
            case LB -> {
                signWord = selected << 8;
                yield code.signedA() ? (byte) selected : selected;
            }
            case LH -> {
                signWord = half;
                yield code.signedA() ? (short) half : half;
            }
            case SB -> {
                int keep = highByte ? half & 0xFF : half & 0xFF00;
                newHalf[row] = keep | ((stored & 0xFF) << (highByte ? 8 : 0));
                yield 0;
            }
            default -> {
                newHalf[row] = stored & 0xFFFF;
                yield 0;
            }
        };
    }

    /** A transfer row. */
    void transfer(int row, SegmentLog log) {
        address[row] = log.memoryAddress()[row];
        counter.range(14, log.memoryAddress()[row] & 0x3FFF);
    }
}
