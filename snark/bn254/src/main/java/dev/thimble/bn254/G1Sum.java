package dev.thimble.bn254;

import java.util.Arrays;

/**
 * A mutable sum of G1 points in Jacobian coordinates (X/Z², Y/Z³), Z = 0 at infinity. Formulas: Explicit-Formulas Database,
 * dbl-2009-l, add-2007-bl, madd-2007-bl for a = 0. Complete: equal, opposite and infinite operands are handled.
 */
final class G1Sum {
    private static final PrimeField F = PrimeField.FQ;
    private static final int X = 0;
    private static final int Y = 4;
    private static final int Z = 8;

    private final long[] p = new long[12];
    private final long[] t = new long[40];
    private final long[] point = new long[8];

    boolean isInfinity() {
        return PrimeField.isZero(p, Z);
    }

    void clear() {
        Arrays.fill(p, 0);
    }

    void add(G1 other) {
        other.store(point, 0);
        add(point, 0);
    }

    /** Adds the affine point at an offset of a flat array. */
    void add(long[] q, int qo) {
        if (PrimeField.isZero(q, qo) && PrimeField.isZero(q, qo + 4)) {
            return;
        }
        if (isInfinity()) {
            System.arraycopy(q, qo, p, X, 8);
            F.setOne(p, Z);
            return;
        }
        F.square(t, 0, p, Z); // Z1Z1
        F.mul(t, 4, q, qo, t, 0); // U2
        F.mul(t, 8, p, Z, t, 0);
        F.mul(t, 8, t, 8, q, qo + 4); // S2
        if (PrimeField.equal(t, 4, p, X)) {
            addSameX(PrimeField.equal(t, 8, p, Y));
            return;
        }
        F.sub(t, 12, t, 4, p, X); // H
        F.sub(t, 16, t, 8, p, Y);
        F.mul(p, Z, p, Z, t, 12); // Z3 = Z1 H
        finish();
    }

    /** Adds another sum. */
    void add(G1Sum other) {
        if (other.isInfinity()) {
            return;
        }
        long[] q = other.p;
        if (isInfinity()) {
            System.arraycopy(q, 0, p, 0, 12);
            return;
        }
        F.square(t, 0, p, Z); // Z1Z1
        F.square(t, 20, q, Z); // Z2Z2
        F.mul(t, 24, p, X, t, 20); // U1
        F.mul(t, 4, q, X, t, 0); // U2
        F.mul(t, 28, p, Y, q, Z);
        F.mul(t, 28, t, 28, t, 20); // S1
        F.mul(t, 8, q, Y, p, Z);
        F.mul(t, 8, t, 8, t, 0); // S2
        if (PrimeField.equal(t, 4, t, 24)) {
            addSameX(PrimeField.equal(t, 8, t, 28));
            return;
        }
        F.sub(t, 12, t, 4, t, 24); // H
        F.sub(t, 16, t, 8, t, 28);
        F.mul(p, Z, p, Z, q, Z);
        F.mul(p, Z, p, Z, t, 12);
        System.arraycopy(t, 24, p, X, 8);
        finish();
    }

    /** With H at 12, R = S2 - S1 at 16, and U1, S1 in place of X, Y: X3 = R² - H³ - 2 U1 H², Y3 = R(U1 H² - X3) - S1 H³. */
    private void finish() {
        F.square(t, 0, t, 12); // H²
        F.mul(t, 4, t, 0, t, 12); // H³
        F.mul(t, 8, p, X, t, 0); // V = U1 H²
        F.mul(t, 20, p, Y, t, 4);
        F.square(t, 0, t, 16);
        F.sub(t, 0, t, 0, t, 4);
        F.sub(t, 0, t, 0, t, 8);
        F.sub(p, X, t, 0, t, 8);
        F.sub(t, 8, t, 8, p, X);
        F.mul(t, 8, t, 8, t, 16);
        F.sub(p, Y, t, 8, t, 20);
    }

    private void addSameX(boolean equal) {
        if (equal) {
            twice();
        } else {
            clear();
        }
    }

    /** Doubles. */
    void twice() {
        if (isInfinity()) {
            return;
        }
        F.square(t, 0, p, X); // A
        F.square(t, 4, p, Y); // B
        F.square(t, 8, t, 4); // C
        F.add(t, 12, p, X, t, 4);
        F.square(t, 12, t, 12);
        F.sub(t, 12, t, 12, t, 0);
        F.sub(t, 12, t, 12, t, 8);
        F.add(t, 12, t, 12, t, 12); // D
        F.add(t, 16, t, 0, t, 0);
        F.add(t, 16, t, 16, t, 0); // E = 3A
        F.mul(p, Z, p, Y, p, Z);
        F.add(p, Z, p, Z, p, Z);
        F.square(p, X, t, 16);
        F.sub(p, X, p, X, t, 12);
        F.sub(p, X, p, X, t, 12);
        F.sub(t, 12, t, 12, p, X);
        F.mul(t, 12, t, 12, t, 16);
        F.add(t, 8, t, 8, t, 8);
        F.add(t, 8, t, 8, t, 8);
        F.add(t, 8, t, 8, t, 8);
        F.sub(p, Y, t, 12, t, 8);
    }

    G1 toAffine() {
        if (isInfinity()) {
            return G1.INFINITY;
        }
        F.inverse(t, 0, p, Z);
        F.square(t, 4, t, 0);
        F.mul(t, 8, p, X, t, 4);
        F.mul(t, 12, t, 4, t, 0);
        F.mul(t, 12, t, 12, p, Y);
        return G1.load(t, 8);
    }
}
