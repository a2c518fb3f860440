package dev.thimble.field;

/**
 * An element c0 + c1 x + c2 x^2 + c3 x^3 of the quartic extension F[x]/(x^4 - 3) of KoalaBear, a field of 123.95 bits.
 * Coefficients are Montgomery ints, canonical.
 *
 * <p>Source: Plonky3, koala-bear/src/koala_bear.rs (W = 3).
 */
public record Ext4(int c0, int c1, int c2, int c3) {
    /** The degree over the base field. */
    public static final int DEGREE = 4;

    public static final Ext4 ZERO = new Ext4(0, 0, 0, 0);
    public static final Ext4 ONE = new Ext4(KoalaBear.ONE, 0, 0, 0);

    /** Embeds a base field element. */
    public static Ext4 of(int base) {
        return new Ext4(base, 0, 0, 0);
    }

    /** Reads four coefficients from {@code elements} at {@code offset}. */
    public static Ext4 of(int[] elements, int offset) {
        return new Ext4(elements[offset], elements[offset + 1], elements[offset + 2], elements[offset + 3]);
    }

    /** Reads row {@code row} of four coefficient columns. */
    public static Ext4 ofColumns(int[][] columns, int row) {
        return new Ext4(columns[0][row], columns[1][row], columns[2][row], columns[3][row]);
    }

    /** Returns coefficient {@code index}, 0 to 3. */
    public int coefficient(int index) {
        return switch (index) {
            case 0 -> c0;
            case 1 -> c1;
            case 2 -> c2;
            case 3 -> c3;
            default -> throw new IllegalArgumentException("index " + index + " is not in [0, 4)");
        };
    }

    /** Writes the four coefficients to {@code out} at {@code offset}. */
    public void store(int[] out, int offset) {
        out[offset] = c0;
        out[offset + 1] = c1;
        out[offset + 2] = c2;
        out[offset + 3] = c3;
    }

    /** Writes the coefficients to row {@code row} of four columns. */
    public void storeColumns(int[][] columns, int row) {
        columns[0][row] = c0;
        columns[1][row] = c1;
        columns[2][row] = c2;
        columns[3][row] = c3;
    }

    public boolean isZero() {
        return (c0 | c1 | c2 | c3) == 0;
    }

    public Ext4 plus(Ext4 b) {
        return new Ext4(
                KoalaBear.add(c0, b.c0), KoalaBear.add(c1, b.c1), KoalaBear.add(c2, b.c2), KoalaBear.add(c3, b.c3));
    }

    public Ext4 plus(int base) {
        return new Ext4(KoalaBear.add(c0, base), c1, c2, c3);
    }

    public Ext4 minus(Ext4 b) {
        return new Ext4(
                KoalaBear.sub(c0, b.c0), KoalaBear.sub(c1, b.c1), KoalaBear.sub(c2, b.c2), KoalaBear.sub(c3, b.c3));
    }

    public Ext4 minus(int base) {
        return new Ext4(KoalaBear.sub(c0, base), c1, c2, c3);
    }

    public Ext4 negated() {
        return new Ext4(KoalaBear.neg(c0), KoalaBear.neg(c1), KoalaBear.neg(c2), KoalaBear.neg(c3));
    }

    public Ext4 times(Ext4 b) {
        int b1 = triple(b.c1);
        int b2 = triple(b.c2);
        int b3 = triple(b.c3);
        return new Ext4(
                dot(c0, b.c0, c1, b3, c2, b2, c3, b1),
                dot(c0, b.c1, c1, b.c0, c2, b3, c3, b2),
                dot(c0, b.c2, c1, b.c1, c2, b.c0, c3, b3),
                dot(c0, b.c3, c1, b.c2, c2, b.c1, c3, b.c0));
    }

    public Ext4 times(int base) {
        return new Ext4(
                KoalaBear.mul(c0, base), KoalaBear.mul(c1, base), KoalaBear.mul(c2, base), KoalaBear.mul(c3, base));
    }

    public Ext4 square() {
        return times(this);
    }

    /** Returns this^exponent for an exponent of at least 0; 0^0 = 1. */
    public Ext4 pow(long exponent) {
        if (exponent < 0) {
            throw new IllegalArgumentException("exponent " + exponent + " is negative");
        }
        Ext4 result = ONE;
        Ext4 power = this;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = result.times(power);
            }
            power = power.square();
        }
        return result;
    }

    /**
     * Returns 1 / this; throws IllegalArgumentException for 0.
     *
     * <p>With y = x^2 the element is A + xB, A = c0 + c2 y, B = c1 + c3 y, and (A + xB)(A - xB) = A^2 - yB^2 = n0 + n1 y
     * lies in F[y]/(y^2 - 3), where the inverse is the conjugate over the norm n0^2 - 3 n1^2.
     */
    public Ext4 inverse() {
        if (isZero()) {
            throw new IllegalArgumentException("0 has no inverse");
        }
        int n0 = KoalaBear.sub(
                KoalaBear.add(KoalaBear.square(c0), triple(KoalaBear.square(c2))),
                triple(twice(KoalaBear.mul(c1, c3))));
        int n1 = KoalaBear.sub(
                twice(KoalaBear.mul(c0, c2)), KoalaBear.add(KoalaBear.square(c1), triple(KoalaBear.square(c3))));
        int norm = KoalaBear.inverse(KoalaBear.sub(KoalaBear.square(n0), triple(KoalaBear.square(n1))));
        int m0 = KoalaBear.mul(n0, norm);
        int m1 = KoalaBear.neg(KoalaBear.mul(n1, norm));
        return new Ext4(c0, KoalaBear.neg(c1), c2, KoalaBear.neg(c3)).times(new Ext4(m0, 0, m1, 0));
    }

    private static int twice(int a) {
        return KoalaBear.add(a, a);
    }

    private static int triple(int a) {
        return KoalaBear.add(a, twice(a));
    }

    /** ab + cd + ef + gh; two products fit below p * 2^32. */
    private static int dot(int a, int b, int c, int d, int e, int f, int g, int h) {
        return KoalaBear.add(
                KoalaBear.reduce((long) a * b + (long) c * d), KoalaBear.reduce((long) e * f + (long) g * h));
    }
}
