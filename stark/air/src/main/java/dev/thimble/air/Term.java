package dev.thimble.air;

/** A value of a row that can stand in a constraint: a column on this row, or an expression over columns. */
public sealed interface Term permits Expr, Column {

    /** This term as a node of the tape. */
    Expr expr();

    default Expr plus(Term other) {
        return expr().combine(Tape.Op.ADD, other.expr());
    }

    default Expr plus(long constant) {
        return plus(expr().constant(constant));
    }

    default Expr minus(Term other) {
        return expr().combine(Tape.Op.SUB, other.expr());
    }

    default Expr minus(long constant) {
        return minus(expr().constant(constant));
    }

    default Expr times(Term other) {
        return expr().combine(Tape.Op.MUL, other.expr());
    }

    default Expr times(long constant) {
        return times(expr().constant(constant));
    }

    /** 1 − this: the negation of a flag. */
    default Expr not() {
        return expr().constant(1).minus(this);
    }

    default Expr negated() {
        return expr().constant(0).minus(this);
    }
}
