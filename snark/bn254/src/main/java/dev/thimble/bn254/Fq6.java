package dev.thimble.bn254;

/** c0 + c1·v + c2·v² in Fq2[v]/(v³ - ξ). */
record Fq6(Fq2 c0, Fq2 c1, Fq2 c2) {
    static final Fq6 ZERO = new Fq6(Fq2.ZERO, Fq2.ZERO, Fq2.ZERO);
    static final Fq6 ONE = new Fq6(Fq2.ONE, Fq2.ZERO, Fq2.ZERO);

    Fq6 add(Fq6 other) {
        return new Fq6(c0.add(other.c0), c1.add(other.c1), c2.add(other.c2));
    }

    Fq6 sub(Fq6 other) {
        return new Fq6(c0.sub(other.c0), c1.sub(other.c1), c2.sub(other.c2));
    }

    Fq6 negate() {
        return new Fq6(c0.negate(), c1.negate(), c2.negate());
    }

    /** Toom-style: six products of Fq2. */
    Fq6 mul(Fq6 other) {
        Fq2 t0 = c0.mul(other.c0);
        Fq2 t1 = c1.mul(other.c1);
        Fq2 t2 = c2.mul(other.c2);
        Fq2 s12 = c1.add(c2).mul(other.c1.add(other.c2)).sub(t1).sub(t2);
        Fq2 s01 = c0.add(c1).mul(other.c0.add(other.c1)).sub(t0).sub(t1);
        Fq2 s02 = c0.add(c2).mul(other.c0.add(other.c2)).sub(t0).sub(t2);
        return new Fq6(t0.add(s12.mulByXi()), s01.add(t2.mulByXi()), s02.add(t1));
    }

    Fq6 mulByV() {
        return new Fq6(c2.mulByXi(), c0, c1);
    }

    Fq6 inverse() {
        Fq2 t0 = c0.square().sub(c1.mul(c2).mulByXi());
        Fq2 t1 = c2.square().mulByXi().sub(c0.mul(c1));
        Fq2 t2 = c1.square().sub(c0.mul(c2));
        Fq2 norm = c0.mul(t0).add(c2.mul(t1).add(c1.mul(t2)).mulByXi()).inverse();
        return new Fq6(t0.mul(norm), t1.mul(norm), t2.mul(norm));
    }
}
