package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Constraint;
import dev.thimble.air.Domain;
import dev.thimble.air.Tape;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import java.util.Map;
import java.util.Objects;

/**
 * The identity Σ αⁱ·Cᵢ(ζ)/Z_i(ζ) = Σ ζ^(jN)·Q_j(ζ), where C_i are the circuit's constraints in order and
 * Z_i vanishes on the rows of constraint i: x^N − 1 on all rows, (x^N − 1)/(x − w⁻¹) on all but the last, x − 1 on the
 * first and x − w⁻¹ on the last.
 */
public final class ConstraintIdentity {
    private ConstraintIdentity() {}

    /** Whether the identity holds for the challenges of a transcript. */
    static boolean holds(AirProgram program, OpenedValues opened, int[] publicInputs, StarkChallenges challenges) {
        Ext4[] lookup = challenges.lookup().toArray(Ext4[]::new);
        return holds(program, opened, publicInputs, lookup, challenges.alpha(), challenges.zeta());
    }

    /**
     * Whether the identity holds.
     *
     * @param challenges the values that the tape reads besides columns
     * @param zeta a point that is no row: ζ^N ≠ 1
     */
    public static boolean holds(
            AirProgram program, OpenedValues opened, int[] publicInputs, Ext4[] challenges, Ext4 alpha, Ext4 zeta) {
        Ext4[] nodes = evaluate(program.tape(), opened, publicInputs, challenges);
        Ext4 sum = Ext4.ZERO;
        Ext4 power = Ext4.ONE;
        Map<Domain, Ext4> inverses = inverseZerofiers(program.logHeight(), zeta);
        for (Constraint constraint : program.constraints()) {
            Ext4 quotient = nodes[constraint.node()].times(Objects.requireNonNull(inverses.get(constraint.domain())));
            sum = sum.plus(power.times(quotient));
            power = power.times(alpha);
        }
        return sum.equals(quotient(program, opened, zeta));
    }

    /** The value of every node of a tape at ζ. */
    static Ext4[] evaluate(Tape tape, OpenedValues opened, int[] publicInputs, Ext4[] challenges) {
        Ext4[] values = new Ext4[tape.size()];
        int[] a = tape.a();
        int[] b = tape.b();
        for (int node = 0; node < values.length; node++) {
            int column = tape.columnIndex(node);
            int rotation = tape.rotation(node);
            values[node] = switch (tape.ops()[node]) {
                case CONSTANT -> Ext4.of(KoalaBear.fromCanonical(a[node]));
                case PREPROCESSED -> opened.base(Commitment.PREPROCESSED, column, rotation);
                case SHARED -> opened.base(Commitment.SHARED, column, rotation);
                case MAIN -> opened.base(Commitment.MAIN, column, rotation);
                case LOOKUP -> opened.extension(Commitment.LOOKUP, column, rotation);
                case PUBLIC -> Ext4.of(publicInputs[a[node]]);
                case CHALLENGE -> challenges[a[node]];
                case ADD -> values[a[node]].plus(values[b[node]]);
                case SUB -> values[a[node]].minus(values[b[node]]);
                case MUL -> values[a[node]].times(values[b[node]]);
            };
        }
        return values;
    }

    /** 1/Z of each domain. */
    private static Map<Domain, Ext4> inverseZerofiers(int logHeight, Ext4 zeta) {
        Ext4 all = zeta.pow(1L << logHeight).minus(Ext4.ONE).inverse();
        Ext4 minusLast = zeta.minus(KoalaBear.inverse(KoalaBear.rootOfUnity(logHeight)));
        return Map.of(
                Domain.ALL, all,
                Domain.TRANSITION, all.times(minusLast),
                Domain.FIRST, zeta.minus(Ext4.ONE).inverse(),
                Domain.LAST, minusLast.inverse());
    }

    private static Ext4 quotient(AirProgram program, OpenedValues opened, Ext4 zeta) {
        Ext4 step = zeta.pow(program.height());
        Ext4 sum = Ext4.ZERO;
        for (int chunk = program.quotientChunks() - 1; chunk >= 0; chunk--) {
            sum = sum.times(step).plus(opened.extension(Commitment.QUOTIENT, chunk, 0));
        }
        return sum;
    }
}
