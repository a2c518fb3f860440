package dev.thimble.field;

/** The scalar twin until the vector twin is compiled, the vector twin from then on. */
final class WarmingFieldKernels implements FieldKernels {
    private volatile FieldKernels current;

    WarmingFieldKernels(FieldKernels scalar, FieldKernels vector) {
        this.current = scalar;
        FieldWarmUp work = new FieldWarmUp();
        WarmUp.start("field", () -> work.run(scalar), () -> work.run(vector), () -> current = vector);
    }

    @Override
    public String name() {
        return current.name();
    }

    @Override
    public void add(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        current.add(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void sub(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        current.sub(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void mul(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        current.mul(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void mulAdd(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        current.mulAdd(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void addConstant(int[] a, int aOffset, int constant, int[] out, int outOffset, int length) {
        current.addConstant(a, aOffset, constant, out, outOffset, length);
    }

    @Override
    public void subFromConstant(int constant, int[] a, int aOffset, int[] out, int outOffset, int length) {
        current.subFromConstant(constant, a, aOffset, out, outOffset, length);
    }

    @Override
    public void scale(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        current.scale(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void scaleAdd(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        current.scaleAdd(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void toMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        current.toMontgomery(a, aOffset, out, outOffset, length);
    }

    @Override
    public void fromMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        current.fromMontgomery(a, aOffset, out, outOffset, length);
    }

    @Override
    public void batchInverse(int[] a, int aOffset, int[] out, int outOffset, int length) {
        current.batchInverse(a, aOffset, out, outOffset, length);
    }

    @Override
    public void extAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extAdd(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extSub(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extSub(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extMul(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extMul(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extMulAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extMulAdd(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extMulBase(int[][] a, int aOffset, int[] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extMulBase(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extMulBaseAdd(int[][] a, int aOffset, int[] b, int bOffset, int[][] out, int outOffset, int length) {
        current.extMulBaseAdd(a, aOffset, b, bOffset, out, outOffset, length);
    }

    @Override
    public void extScale(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        current.extScale(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void extScaleAdd(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        current.extScaleAdd(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void liftScale(int[] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        current.liftScale(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void liftScaleAdd(int[] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        current.liftScaleAdd(a, aOffset, factor, out, outOffset, length);
    }

    @Override
    public void liftCombine(
            int[][] columns, int columnsOffset, Ext4[] factors, int[][] out, int outOffset, int length) {
        current.liftCombine(columns, columnsOffset, factors, out, outOffset, length);
    }

    @Override
    public Ext4 dot(int[] a, int aOffset, int[][] weights, int weightsOffset, int length) {
        return current.dot(a, aOffset, weights, weightsOffset, length);
    }

    @Override
    public void extBatchInverse(int[][] a, int aOffset, int[][] out, int outOffset, int length) {
        current.extBatchInverse(a, aOffset, out, outOffset, length);
    }

    @Override
    public void dif(int[] values, int offset, int logSize, int[] twiddles) {
        current.dif(values, offset, logSize, twiddles);
    }

    @Override
    public void dit(int[] values, int offset, int logSize, int skippedLevels, int[] twiddles) {
        current.dit(values, offset, logSize, skippedLevels, twiddles);
    }
}
