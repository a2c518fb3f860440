package dev.thimble.riscv;

/**
 * All that is needed, beside the program, to execute one segment again: the circuit input of one instance of the main
 * circuit. Immutable. {@link SegmentCodec} has its canonical bytes.
 */
public final class SegmentInput {
    private final int segment;
    private final int entryPc;
    private final int rows;
    private final BoundaryRecords boundary;
    private final int[] hints;

    /**
     * Makes a segment input.
     *
     * @param segment number of the segment, from 0
     * @param entryPc byte address of its first instruction
     * @param rows instruction and transfer rows
     * @param boundary one record per touched address
     * @param hints hint words written in this segment, in order
     */
    public SegmentInput(int segment, int entryPc, int rows, BoundaryRecords boundary, int[] hints) {
        if (segment < 0 || rows < 1) {
            throw new IllegalArgumentException("segment " + segment + " or rows " + rows + " is out of range");
        }
        this.segment = segment;
        this.entryPc = entryPc;
        this.rows = rows;
        this.boundary = boundary;
        this.hints = hints.clone();
    }

    /** Returns the number of the segment, from 0. */
    public int segment() {
        return segment;
    }

    /** Returns the byte address of the first instruction. */
    public int entryPc() {
        return entryPc;
    }

    /** Returns the number of rows: instructions and transfers. */
    public int rows() {
        return rows;
    }

    /** Returns the touched addresses. */
    public BoundaryRecords boundary() {
        return boundary;
    }

    /** Returns a copy of the hint words. */
    public int[] hints() {
        return hints.clone();
    }
}
