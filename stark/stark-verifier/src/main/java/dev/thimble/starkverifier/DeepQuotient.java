package dev.thimble.starkverifier;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.merkle.MerkleOpening;
import java.util.List;

/**
 * The function whose low degree proves all openings: with columns f_j opened at ζ to v_j and columns f_k opened at ζ·w to u_k,
 * D(x) = Σ β^j (f_j(x) − v_j)/(x − ζ) + Σ β^(n+k) (f_k(x) − u_k)/(x − ζ·w), n the number of values at ζ.
 */
final class DeepQuotient {
    private final ProofShape shape;
    private final Ext4[] powers;
    private final Ext4 zeta;
    private final Ext4 zetaNext;
    private final Ext4 currentSum;
    private final Ext4 nextSum;

    DeepQuotient(ProofShape shape, StarkProof proof, Ext4 beta, Ext4 zeta) {
        this.shape = shape;
        this.zeta = zeta;
        this.zetaNext = zeta.times(KoalaBear.rootOfUnity(shape.logRows()));
        this.powers = powers(beta, shape.batchedFunctions());
        this.currentSum = combine(proof.current(), 0);
        this.nextSum = combine(proof.next(), shape.currentOpenings());
    }

    /** 1, β, β², … */
    static Ext4[] powers(Ext4 beta, int count) {
        Ext4[] powers = new Ext4[count];
        Ext4 power = Ext4.ONE;
        for (int i = 0; i < count; i++) {
            powers[i] = power;
            power = power.times(beta);
        }
        return powers;
    }

    private Ext4 combine(List<Ext4> values, int firstPower) {
        Ext4 sum = Ext4.ZERO;
        for (int i = 0; i < values.size(); i++) {
            sum = sum.plus(powers[firstPower + i].times(values.get(i)));
        }
        return sum;
    }

    /** D(x) from the opened rows of all matrices at x. */
    Ext4 value(List<MerkleOpening> rows, int x) {
        Ext4 current = Ext4.ZERO;
        Ext4 next = Ext4.ZERO;
        int power = 0;
        int nextPower = shape.currentOpenings();
        for (int i = 0; i < rows.size(); i++) {
            ProofShape.Matrix matrix = shape.matrices().get(i);
            MerkleOpening row = rows.get(i);
            for (int column = 0; column < matrix.width(); column++) {
                current = current.plus(powers[power++].times(row.value(column)));
            }
            for (int column : matrix.nextColumns()) {
                next = next.plus(powers[nextPower++].times(row.value(column)));
            }
        }
        Ext4 point = Ext4.of(x);
        return current.minus(currentSum)
                .times(point.minus(zeta).inverse())
                .plus(next.minus(nextSum).times(point.minus(zetaNext).inverse()));
    }
}
