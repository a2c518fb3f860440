package dev.thimble.bn254;

import java.math.BigInteger;

/** Points of the twist that are not in G2. */
final class TwistPoints {
    private static final BigInteger Q = PrimeField.FQ.modulus();

    private TwistPoints() {}

    /** The point of the least x = 1 + k·u, k >= 0; the subgroup is a fraction 1/(2q - r) of the twist, so it is not in it. */
    static G2 outsideSubgroup() {
        for (long k = 0; ; k++) {
            Fq2 x = new Fq2(Fq.ONE, Fq.of(k));
            Fq2 square = x.square().mul(x).add(new Fq2(Fq.of(3), Fq.ZERO).mul(Fq2.XI.inverse()));
            Fq2 root = squareRoot(square);
            if (root.square().equals(square)) {
                return new G2(x, root);
            }
        }
    }

    /** A root if there is one, for q = 3 mod 4 (Adj, Rodríguez-Henríquez, "Square root computation over even extension fields", algorithm 9). */
    private static Fq2 squareRoot(Fq2 value) {
        Fq2 a1 = value.pow(Q.subtract(BigInteger.valueOf(3)).shiftRight(2));
        Fq2 x0 = a1.mul(value);
        Fq2 alpha = a1.mul(x0);
        if (alpha.equals(Fq2.ONE.negate())) {
            return new Fq2(x0.c1().negate(), x0.c0());
        }
        return Fq2.ONE.add(alpha).pow(Q.subtract(BigInteger.ONE).shiftRight(1)).mul(x0);
    }
}
