package dev.thimble.starkprover;

import dev.thimble.air.Tape;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;

/** The values of the nodes that depend on no column, for one proof's public inputs and challenges. */
final class Scalars {
    private final Ext4[] values;

    Scalars(Tape tape, int[] publicInputs, Ext4[] challenges) {
        values = new Ext4[tape.size()];
        boolean[] scalar = TapePlan.scalars(tape);
        int[] a = tape.a();
        int[] b = tape.b();
        for (int node = 0; node < values.length; node++) {
            if (scalar[node]) {
                values[node] = switch (tape.ops()[node]) {
                    case CONSTANT -> Ext4.of(KoalaBear.fromCanonical(a[node]));
                    case PUBLIC -> Ext4.of(publicInputs[a[node]]);
                    case CHALLENGE -> challenges[a[node]];
                    case ADD -> values[a[node]].plus(values[b[node]]);
                    case SUB -> values[a[node]].minus(values[b[node]]);
                    case MUL -> values[a[node]].times(values[b[node]]);
                    case PREPROCESSED, SHARED, MAIN, LOOKUP -> throw new IllegalStateException("column");
                };
            }
        }
    }

    Ext4 value(Operand operand) {
        return values[operand.index()];
    }

    /** The value of a base scalar. */
    int base(Operand operand) {
        return values[operand.index()].c0();
    }
}
