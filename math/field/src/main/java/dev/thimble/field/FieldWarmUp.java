package dev.thimble.field;

import java.util.Arrays;

/** A little of everything that the bulk kernels do, to have it compiled. */
final class FieldWarmUp {
    private static final int LOG_LENGTH = 9;
    private static final int LENGTH = 1 << LOG_LENGTH;

    private final int[] a = ones();
    private final int[] b = ones();
    private final int[][] x = {ones(), ones(), ones(), ones()};
    private final int[][] y = {ones(), ones(), ones(), ones()};
    private final int[][] columns = {a, b, a, b, a};
    private final Ext4[] factors = {Ext4.ONE, Ext4.ONE, Ext4.ONE, Ext4.ONE, Ext4.ONE};

    void run(FieldKernels kernels) {
        base(kernels);
        extension(kernels);
        kernels.dif(b, 0, LOG_LENGTH, a);
        kernels.dit(b, 0, LOG_LENGTH, 0, a);
    }

    private void base(FieldKernels kernels) {
        kernels.add(a, 0, a, 0, b, 0, LENGTH);
        kernels.sub(a, 0, b, 0, b, 0, LENGTH);
        kernels.addConstant(a, 0, 1, b, 0, LENGTH);
        kernels.subFromConstant(1, b, 0, b, 0, LENGTH);
        kernels.mul(a, 0, a, 0, b, 0, LENGTH);
        kernels.mulAdd(a, 0, a, 0, b, 0, LENGTH);
        kernels.scale(a, 0, 1, b, 0, LENGTH);
        kernels.scaleAdd(a, 0, 1, b, 0, LENGTH);
        kernels.fromMontgomery(a, 0, b, 0, LENGTH);
        kernels.toMontgomery(b, 0, b, 0, LENGTH);
        kernels.batchInverse(a, 0, b, 0, LENGTH);
    }

    private void extension(FieldKernels kernels) {
        kernels.extMul(x, 0, x, 0, y, 0, LENGTH);
        kernels.extMulAdd(x, 0, x, 0, y, 0, LENGTH);
        kernels.extScale(x, 0, Ext4.ONE, y, 0, LENGTH);
        kernels.extScaleAdd(x, 0, Ext4.ONE, y, 0, LENGTH);
        kernels.extBatchInverse(x, 0, y, 0, LENGTH);
        kernels.liftCombine(columns, 0, factors, y, 0, LENGTH);
        y[0][0] = kernels.dot(a, 0, x, 0, LENGTH).c0();
    }

    private static int[] ones() {
        int[] ones = new int[LENGTH];
        Arrays.fill(ones, KoalaBear.ONE);
        return ones;
    }
}
