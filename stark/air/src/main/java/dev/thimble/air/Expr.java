package dev.thimble.air;

/**
 * A handle on one node of a tape under construction. Building an expression is compiling it: equal nodes share an id and
 * the degree is known at once.
 */
public final class Expr implements Term {
    private final TapeBuilder tape;
    private final int node;

    Expr(TapeBuilder tape, int node) {
        this.tape = tape;
        this.node = node;
    }

    int node() {
        return node;
    }

    /** The total degree in the columns; public inputs, challenges and constants have degree 0. */
    public int degree() {
        return tape.degree(node);
    }

    @Override
    public Expr expr() {
        return this;
    }

    Expr constant(long value) {
        return new Expr(tape, tape.constant(value));
    }

    Expr combine(Tape.Op op, Expr other) {
        if (other.tape != tape) {
            throw new IllegalArgumentException("the operands belong to different circuits");
        }
        return new Expr(tape, tape.combine(op, node, other.node));
    }
}
