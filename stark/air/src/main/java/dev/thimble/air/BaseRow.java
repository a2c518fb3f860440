package dev.thimble.air;

import dev.thimble.air.Tape.Op;
import dev.thimble.field.KoalaBear;

/**
 * Evaluates the base nodes of a tape on single rows of a trace in Montgomery form. For checking and debugging: the prover
 * has a reader of its own that works on blocks of rows.
 */
final class BaseRow {
    private final Tape tape;
    private final Trace trace;
    private final int[] publicInputs;
    private final int[] constants;
    private final int[] values;

    BaseRow(AirProgram program, Trace trace, int[] publicInputs) {
        if (!trace.isMontgomery()) {
            throw new IllegalArgumentException("trace of " + program.name() + " must be in Montgomery form");
        }
        if (publicInputs.length < program.publicInputs()) {
            throw new IllegalArgumentException(
                    program.name() + " reads " + program.publicInputs() + " public inputs, got " + publicInputs.length);
        }
        this.tape = program.tape();
        this.trace = trace;
        this.publicInputs = publicInputs.clone();
        this.constants = new int[tape.size()];
        this.values = new int[tape.size()];
        for (int node = 0; node < tape.size(); node++) {
            if (tape.ops()[node] == Op.CONSTANT) {
                constants[node] = KoalaBear.fromCanonical(tape.a()[node]);
            }
        }
    }

    /** Computes all base nodes on a row; {@link #value} then reads them. */
    void evaluate(int row) {
        int[] a = tape.a();
        int[] b = tape.b();
        for (int node = 0; node < values.length; node++) {
            if (!tape.extension()[node]) {
                values[node] = switch (tape.ops()[node]) {
                    case CONSTANT -> constants[node];
                    case PREPROCESSED -> cell(Stage.PREPROCESSED, node, row);
                    case SHARED -> cell(Stage.SHARED, node, row);
                    case MAIN -> cell(Stage.MAIN, node, row);
                    case PUBLIC -> publicInputs[a[node]];
                    case ADD -> KoalaBear.add(values[a[node]], values[b[node]]);
                    case SUB -> KoalaBear.sub(values[a[node]], values[b[node]]);
                    case MUL -> KoalaBear.mul(values[a[node]], values[b[node]]);
                    case LOOKUP, CHALLENGE -> throw new IllegalStateException("extension leaf");
                };
            }
        }
    }

    /** The value of a base node on the row evaluated last. */
    int value(int node) {
        return values[node];
    }

    private int cell(Stage stage, int node, int row) {
        int at = row + tape.rotation(node);
        return trace.stage(stage)[tape.columnIndex(node)][at == trace.height() ? 0 : at];
    }
}
