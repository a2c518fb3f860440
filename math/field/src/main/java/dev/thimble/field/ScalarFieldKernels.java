package dev.thimble.field;

/** The bulk kernels in plain Java. */
final class ScalarFieldKernels implements FieldKernels {
    static final ScalarFieldKernels INSTANCE = new ScalarFieldKernels();

    private ScalarFieldKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void add(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.add(a[aOffset + i], b[bOffset + i]);
        }
    }

    @Override
    public void sub(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.sub(a[aOffset + i], b[bOffset + i]);
        }
    }

    @Override
    public void mul(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.mul(a[aOffset + i], b[bOffset + i]);
        }
    }

    @Override
    public void mulAdd(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            int product = KoalaBear.mul(a[aOffset + i], b[bOffset + i]);
            out[outOffset + i] = KoalaBear.add(out[outOffset + i], product);
        }
    }

    @Override
    public void addConstant(int[] a, int aOffset, int constant, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.add(a[aOffset + i], constant);
        }
    }

    @Override
    public void subFromConstant(int constant, int[] a, int aOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.sub(constant, a[aOffset + i]);
        }
    }

    @Override
    public void scale(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.mul(a[aOffset + i], factor);
        }
    }

    @Override
    public void scaleAdd(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.add(out[outOffset + i], KoalaBear.mul(a[aOffset + i], factor));
        }
    }

    @Override
    public void toMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.fromCanonical(a[aOffset + i]);
        }
    }

    @Override
    public void fromMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = KoalaBear.toCanonical(a[aOffset + i]);
        }
    }

    @Override
    public void batchInverse(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int[] prefix = new int[length];
        int product = KoalaBear.ONE;
        for (int i = 0; i < length; i++) {
            prefix[i] = product;
            if (a[aOffset + i] == 0) {
                throw new IllegalArgumentException("element " + i + " is 0 and has no inverse");
            }
            product = KoalaBear.mul(product, a[aOffset + i]);
        }
        int suffix = KoalaBear.inverse(product);
        for (int i = length - 1; i >= 0; i--) {
            int element = a[aOffset + i];
            out[outOffset + i] = KoalaBear.mul(suffix, prefix[i]);
            suffix = KoalaBear.mul(suffix, element);
        }
    }

    @Override
    public void extMul(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            Ext4 product = Ext4.ofColumns(a, aOffset + i).times(Ext4.ofColumns(b, bOffset + i));
            product.storeColumns(out, outOffset + i);
        }
    }

    @Override
    public void extMulAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            Ext4 product = Ext4.ofColumns(a, aOffset + i).times(Ext4.ofColumns(b, bOffset + i));
            Ext4.ofColumns(out, outOffset + i).plus(product).storeColumns(out, outOffset + i);
        }
    }

    @Override
    public void extScale(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            Ext4.ofColumns(a, aOffset + i).times(factor).storeColumns(out, outOffset + i);
        }
    }

    @Override
    public void extScaleAdd(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            Ext4 product = Ext4.ofColumns(a, aOffset + i).times(factor);
            Ext4.ofColumns(out, outOffset + i).plus(product).storeColumns(out, outOffset + i);
        }
    }

    @Override
    public void liftCombine(
            int[][] columns, int columnsOffset, Ext4[] factors, int[][] out, int outOffset, int length) {
        for (int j = 0; j < factors.length; j++) {
            liftScaleAdd(columns[j], columnsOffset, factors[j], out, outOffset, length);
        }
    }

    @Override
    public Ext4 dot(int[] a, int aOffset, int[][] weights, int weightsOffset, int length) {
        return new Ext4(
                dot(a, aOffset, weights[0], weightsOffset, length),
                dot(a, aOffset, weights[1], weightsOffset, length),
                dot(a, aOffset, weights[2], weightsOffset, length),
                dot(a, aOffset, weights[3], weightsOffset, length));
    }

    private static int dot(int[] a, int aOffset, int[] b, int bOffset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum = KoalaBear.add(sum, KoalaBear.mul(a[aOffset + i], b[bOffset + i]));
        }
        return sum;
    }

    @Override
    public void dif(int[] values, int offset, int logSize, int[] twiddles) {
        int size = 1 << logSize;
        for (int half = size >> 1; half > 0; half >>= 1) {
            for (int block = 0; block < size; block += 2 * half) {
                difBlock(values, offset + block, half, twiddles);
            }
        }
    }

    private static void difBlock(int[] values, int offset, int half, int[] twiddles) {
        for (int i = 0; i < half; i++) {
            int low = values[offset + i];
            int high = values[offset + half + i];
            values[offset + i] = KoalaBear.add(low, high);
            values[offset + half + i] = KoalaBear.mul(KoalaBear.sub(low, high), twiddles[half + i]);
        }
    }

    @Override
    public void dit(int[] values, int offset, int logSize, int skippedLevels, int[] twiddles) {
        int size = 1 << logSize;
        for (int half = 1 << skippedLevels; half < size; half <<= 1) {
            for (int block = 0; block < size; block += 2 * half) {
                ditBlock(values, offset + block, half, twiddles);
            }
        }
    }

    private static void ditBlock(int[] values, int offset, int half, int[] twiddles) {
        for (int i = 0; i < half; i++) {
            int low = values[offset + i];
            int high = KoalaBear.mul(values[offset + half + i], twiddles[half + i]);
            values[offset + i] = KoalaBear.add(low, high);
            values[offset + half + i] = KoalaBear.sub(low, high);
        }
    }
}
