package dev.thimble.field;

import java.util.Optional;

/**
 * Bulk arithmetic over arrays of field elements (Montgomery ints, canonical in and out).
 *
 * <p>Every verb works on {@code length} consecutive elements of each array, from the offset that follows the array;
 * the destination comes last. The destination may be one of the sources at the same offset; other overlaps are not
 * allowed. An array of extension elements is four arrays of coefficients with a common offset. Offsets and lengths are
 * arbitrary: no alignment and no padding is asked for. Twins give equal results.
 */
public interface FieldKernels {
    /** Returns the twin in plain Java. */
    static FieldKernels scalar() {
        return ScalarFieldKernels.INSTANCE;
    }

    /** Returns the Vector API twin, or nothing if this JVM was started without the incubator module. */
    static Optional<FieldKernels> vector() {
        return FieldKernelChoice.VECTOR;
    }

    /**
     * Returns the twin to prove with, decided once per process: one that starts with the scalar twin and changes to the
     * vector twin as soon as that is compiled, or the scalar twin (with a logged reason) where there is no other.
     */
    static FieldKernels best() {
        return FieldKernelChoice.best();
    }

    /** The twin's name, for logs and reports. */
    String name();

    /** out = a + b. */
    void add(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length);

    /** out = a - b. */
    void sub(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length);

    /** out = a * b. */
    void mul(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length);

    /** out = out + a * b. */
    void mulAdd(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length);

    /** out = a + constant. */
    void addConstant(int[] a, int aOffset, int constant, int[] out, int outOffset, int length);

    /** out = constant - a. */
    void subFromConstant(int constant, int[] a, int aOffset, int[] out, int outOffset, int length);

    /** out = factor * a. */
    void scale(int[] a, int aOffset, int factor, int[] out, int outOffset, int length);

    /** out = out + factor * a. */
    void scaleAdd(int[] a, int aOffset, int factor, int[] out, int outOffset, int length);

    /** out = the Montgomery form of the canonical integers a, which must be in [0, p). */
    void toMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length);

    /** out = the canonical integers of a. */
    void fromMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length);

    /** out = 1 / a; throws IllegalArgumentException if an element is 0 (out is then undefined). */
    void batchInverse(int[] a, int aOffset, int[] out, int outOffset, int length);

    /** out = a + b over the extension. */
    default void extAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            add(a[i], aOffset, b[i], bOffset, out[i], outOffset, length);
        }
    }

    /** out = a - b over the extension. */
    default void extSub(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            sub(a[i], aOffset, b[i], bOffset, out[i], outOffset, length);
        }
    }

    /** out = a * b over the extension. */
    void extMul(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length);

    /** out = out + a * b over the extension. */
    void extMulAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length);

    /** out = a * b, a over the extension, b over the base field. */
    default void extMulBase(int[][] a, int aOffset, int[] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            mul(a[i], aOffset, b, bOffset, out[i], outOffset, length);
        }
    }

    /** out = out + a * b, a over the extension, b over the base field. */
    default void extMulBaseAdd(int[][] a, int aOffset, int[] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            mulAdd(a[i], aOffset, b, bOffset, out[i], outOffset, length);
        }
    }

    /** out = factor * a over the extension. */
    void extScale(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length);

    /** out = out + factor * a over the extension. */
    void extScaleAdd(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length);

    /** out = factor * a, a over the base field. */
    default void liftScale(int[] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            scale(a, aOffset, factor.coefficient(i), out[i], outOffset, length);
        }
    }

    /** out = out + factor * a, a over the base field. */
    default void liftScaleAdd(int[] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            scaleAdd(a, aOffset, factor.coefficient(i), out[i], outOffset, length);
        }
    }

    /**
     * out = out + sum of factors[j] * columns[j] over the columns j from 0 to factors.length - 1, which are over the base
     * field; the columns are read from {@code columnsOffset}.
     */
    void liftCombine(int[][] columns, int columnsOffset, Ext4[] factors, int[][] out, int outOffset, int length);

    /** Returns the sum of a[i] * weights[i], a over the base field, weights over the extension. */
    Ext4 dot(int[] a, int aOffset, int[][] weights, int weightsOffset, int length);

    /** out = 1 / a over the extension; throws IllegalArgumentException if an element is 0 (out is then undefined). */
    default void extBatchInverse(int[][] a, int aOffset, int[][] out, int outOffset, int length) {
        ExtInverses.invert(this, a, aOffset, out, outOffset, length);
    }

    /**
     * The decimation-in-frequency network, in place on values[offset, offset + 2^logSize): natural order in,
     * bit-reversed order out, out[rev(k)] = sum of values[i] w^(ik) for the w of {@code twiddles}.
     *
     * @param twiddles twiddles[h + i] = u^i for h = 1, 2, 4, ..., 2^(logSize - 1) and i below h, u of order 2h
     */
    void dif(int[] values, int offset, int logSize, int[] twiddles);

    /**
     * The decimation-in-time network, in place: bit-reversed order in, natural order out, without its first
     * {@code skippedLevels} levels.
     *
     * @param twiddles as for {@link #dif}
     */
    void dit(int[] values, int offset, int logSize, int skippedLevels, int[] twiddles);
}
