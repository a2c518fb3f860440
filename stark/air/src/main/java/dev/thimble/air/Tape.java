package dev.thimble.air;

import java.util.Arrays;

/**
 * A straight-line program over the values of one row and the next: node i is computed from nodes before it.
 *
 * <p>A node is {@code (op, a, b)}. Base nodes hold one field element, extension nodes four. The result of an arithmetic
 * node is an extension value iff one of its operands is.
 *
 * @param ops the operation of each node
 * @param a first argument: a node, or what the leaf says
 * @param b second argument: a node, or what the leaf says
 * @param extension whether a node holds an extension value
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tape(Op[] ops, int[] a, int[] b, boolean[] extension) {

    /** The kinds of nodes. */
    public enum Op {
        /** The constant a, canonical in [0, p). */
        CONSTANT(0),
        /** Column b/2 of the preprocessed matrix on row + b%2. */
        PREPROCESSED(1),
        /** Column b/2 of the shared matrix on row + b%2. */
        SHARED(2),
        /** Column b/2 of the main matrix on row + b%2. */
        MAIN(3),
        /** Extension column b/2 of the lookup matrix (base columns 4·(b/2) to 4·(b/2)+3) on row + b%2. */
        LOOKUP(4),
        /** Public input a of the circuit (a base element). */
        PUBLIC(5),
        /** Extension value a of {@link Challenges}. */
        CHALLENGE(6),
        ADD(7),
        SUB(8),
        MUL(9);

        private final int code;

        Op(int code) {
            this.code = code;
        }

        /** The number that stands for the operation in {@link AirEncoding}. */
        public int code() {
            return code;
        }

        public boolean isLeaf() {
            return code < 7;
        }
    }

    public int size() {
        return ops.length;
    }

    /** For a column leaf: the column's index within its stage. */
    public int columnIndex(int node) {
        return b[node] >> 1;
    }

    /** For a column leaf: 0 for this row, 1 for the next. */
    public int rotation(int node) {
        return b[node] & 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tape(Op[] o, int[] x, int[] y, boolean[] e)
                && Arrays.equals(ops, o)
                && Arrays.equals(a, x)
                && Arrays.equals(b, y)
                && Arrays.equals(extension, e);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ops) + 31 * (Arrays.hashCode(a) + 31 * Arrays.hashCode(b));
    }

    @Override
    public String toString() {
        return "Tape[" + ops.length + " nodes]";
    }
}
