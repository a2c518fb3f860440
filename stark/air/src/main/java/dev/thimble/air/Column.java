package dev.thimble.air;

/** A named base column of one stage; as a {@link Term} it is the column's value on the current row. */
public final class Column implements Term {
    private final TapeBuilder tape;
    private final Stage stage;
    private final int index;
    private final String name;

    Column(TapeBuilder tape, Stage stage, int index, String name) {
        this.tape = tape;
        this.stage = stage;
        this.index = index;
        this.name = name;
    }

    public Stage stage() {
        return stage;
    }

    /** The position within the stage's matrix. */
    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    @Override
    public Expr expr() {
        return new Expr(tape, tape.column(stage, index, 0));
    }

    /** The column's value on the next row; the last row is followed by the first. */
    public Expr next() {
        return new Expr(tape, tape.column(stage, index, 1));
    }

    @Override
    public String toString() {
        return name;
    }
}
