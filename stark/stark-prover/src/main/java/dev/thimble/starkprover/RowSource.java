package dev.thimble.starkprover;

/**
 * The columns that a plan reads, and which of their rows: point i of the evaluated domain is row i·stride, its next row is
 * {@code shift} rows on, cyclically.
 *
 * @param preprocessed columns of equal length
 * @param shared columns of equal length
 * @param main columns of equal length
 * @param lookup four base columns per extension column
 * @param logLength log₂ of the columns' length
 * @param stride rows between points
 * @param shift rows to the next row
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of references to large columns, never compared
record RowSource(
        int[][] preprocessed, int[][] shared, int[][] main, int[][] lookup, int logLength, int stride, int shift) {

    int[] column(Operand operand) {
        return switch (operand.kind()) {
            case PREPROCESSED -> preprocessed[operand.index()];
            case SHARED -> shared[operand.index()];
            case MAIN -> main[operand.index()];
            case BASE_SCALAR, EXT_SCALAR, LOOKUP, BASE_REGISTER, EXT_REGISTER ->
                throw new IllegalArgumentException("operand is no base column: " + operand);
        };
    }

    int length() {
        return 1 << logLength;
    }
}
