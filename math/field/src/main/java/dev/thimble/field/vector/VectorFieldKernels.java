package dev.thimble.field.vector;

import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;

/** The bulk kernels with eight elements at a time; what is left over goes to the scalar twin. */
public final class VectorFieldKernels implements FieldKernels {
    static final int LANES = 8;

    private final FieldKernels scalar = FieldKernels.scalar();

    /** Throws UnsupportedOperationException where the hardware has no vectors of 256 bits. */
    public VectorFieldKernels() {
        if (VectorShape.preferredShape().vectorBitSize() < IntVector.SPECIES_256.vectorBitSize()) {
            throw new UnsupportedOperationException("this processor has no vectors of 256 bits");
        }
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void add(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int done = VectorSums.add(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.add(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void sub(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int done = VectorSums.sub(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.sub(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void addConstant(int[] a, int aOffset, int constant, int[] out, int outOffset, int length) {
        int done = VectorSums.addConstant(a, aOffset, constant, out, outOffset, length);
        scalar.addConstant(a, aOffset + done, constant, out, outOffset + done, length - done);
    }

    @Override
    public void subFromConstant(int constant, int[] a, int aOffset, int[] out, int outOffset, int length) {
        int done = VectorSums.subFromConstant(constant, a, aOffset, out, outOffset, length);
        scalar.subFromConstant(constant, a, aOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void mul(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int done = VectorProducts.mul(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.mul(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void mulAdd(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int done = VectorProducts.mulAdd(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.mulAdd(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void scale(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        int done = VectorProducts.scale(a, aOffset, factor, out, outOffset, length);
        scalar.scale(a, aOffset + done, factor, out, outOffset + done, length - done);
    }

    @Override
    public void scaleAdd(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        int done = VectorProducts.scaleAdd(a, aOffset, factor, out, outOffset, length);
        scalar.scaleAdd(a, aOffset + done, factor, out, outOffset + done, length - done);
    }

    @Override
    public void toMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int done = VectorProducts.canonical(a, aOffset, length)
                ? VectorProducts.scale(a, aOffset, VectorProducts.R_SQUARED, out, outOffset, length)
                : 0;
        scalar.toMontgomery(a, aOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void fromMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int done = VectorProducts.fromMontgomery(a, aOffset, out, outOffset, length);
        scalar.fromMontgomery(a, aOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void batchInverse(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int done = VectorInverses.batchInverse(a, aOffset, out, outOffset, length);
        if (done < length) {
            VectorInverses.requireNonZero(a, aOffset, done, length);
            scalar.batchInverse(a, aOffset + done, out, outOffset + done, length - done);
        }
    }

    @Override
    public void extMul(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        int done = VectorExtension.mul(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.extMul(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void extMulAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        int done = VectorExtension.mulAdd(a, aOffset, b, bOffset, out, outOffset, length);
        scalar.extMulAdd(a, aOffset + done, b, bOffset + done, out, outOffset + done, length - done);
    }

    @Override
    public void extScale(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        int done = VectorExtension.scale(a, aOffset, factor, out, outOffset, length);
        scalar.extScale(a, aOffset + done, factor, out, outOffset + done, length - done);
    }

    @Override
    public void extScaleAdd(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        int done = VectorExtension.scaleAdd(a, aOffset, factor, out, outOffset, length);
        scalar.extScaleAdd(a, aOffset + done, factor, out, outOffset + done, length - done);
    }

    @Override
    public void liftCombine(
            int[][] columns, int columnsOffset, Ext4[] factors, int[][] out, int outOffset, int length) {
        int done = VectorExtension.liftCombine(columns, columnsOffset, factors, out, outOffset, length);
        scalar.liftCombine(columns, columnsOffset + done, factors, out, outOffset + done, length - done);
    }

    @Override
    public Ext4 dot(int[] a, int aOffset, int[][] weights, int weightsOffset, int length) {
        int done = length - length % VectorProducts.DOT_STEP;
        Ext4 rest = scalar.dot(a, aOffset + done, weights, weightsOffset + done, length - done);
        return new Ext4(
                        VectorProducts.dot(a, aOffset, weights[0], weightsOffset, done),
                        VectorProducts.dot(a, aOffset, weights[1], weightsOffset, done),
                        VectorProducts.dot(a, aOffset, weights[2], weightsOffset, done),
                        VectorProducts.dot(a, aOffset, weights[3], weightsOffset, done))
                .plus(rest);
    }

    @Override
    public void dif(int[] values, int offset, int logSize, int[] twiddles) {
        if (1 << logSize < LANES) {
            scalar.dif(values, offset, logSize, twiddles);
        } else {
            VectorNetworks.dif(values, offset, 1 << logSize, twiddles);
        }
    }

    @Override
    public void dit(int[] values, int offset, int logSize, int skippedLevels, int[] twiddles) {
        if (1 << logSize < LANES) {
            scalar.dit(values, offset, logSize, skippedLevels, twiddles);
        } else {
            VectorNetworks.dit(values, offset, 1 << logSize, 1 << skippedLevels, twiddles);
        }
    }
}
