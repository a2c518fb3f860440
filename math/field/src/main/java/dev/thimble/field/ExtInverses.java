package dev.thimble.field;

/**
 * Inverses over the extension by one inverse of a norm over the base field. With y = x^2 an element is A + xB,
 * A = c0 + c2 y, B = c1 + c3 y; (A + xB)(A - xB) = A^2 - y B^2 = n0 + n1 y; its norm n0^2 - 3 n1^2 is in the base field.
 */
final class ExtInverses {
    private static final int BLOCK = 256;

    /** Per thread: blocks of n0, n1, the norm, two temporaries and the copied element. */
    private static final ThreadLocal<int[][]> BLOCKS = ThreadLocal.withInitial(() -> new int[9][BLOCK]);

    private final FieldKernels kernels;
    private final int[] n0;
    private final int[] n1;
    private final int[] norm;
    private final int[] left;
    private final int[] right;
    private final int[][] element;

    private ExtInverses(FieldKernels kernels, int[][] blocks) {
        this.kernels = kernels;
        this.n0 = blocks[0];
        this.n1 = blocks[1];
        this.norm = blocks[2];
        this.left = blocks[3];
        this.right = blocks[4];
        this.element = new int[][] {blocks[5], blocks[6], blocks[7], blocks[8]};
    }

    static void invert(FieldKernels kernels, int[][] a, int aOffset, int[][] out, int outOffset, int length) {
        ExtInverses inverses = new ExtInverses(kernels, BLOCKS.get());
        for (int i = 0; i < length; i += BLOCK) {
            inverses.block(a, aOffset + i, out, outOffset + i, i, Math.min(BLOCK, length - i));
        }
    }

    private void block(int[][] a, int aOffset, int[][] out, int outOffset, int first, int length) {
        for (int k = 0; k < Ext4.DEGREE; k++) {
            System.arraycopy(a[k], aOffset, element[k], 0, length);
        }
        halfNorm(length);
        norm(length);
        for (int i = 0; i < length; i++) {
            if (norm[i] == 0) {
                throw new IllegalArgumentException("element " + (first + i) + " is 0 and has no inverse");
            }
        }
        kernels.batchInverse(norm, 0, norm, 0, length);
        kernels.mul(n0, 0, norm, 0, n0, 0, length);
        kernels.mul(n1, 0, norm, 0, n1, 0, length);
        conjugate(out, outOffset, length);
    }

    /** n0 = c0^2 + 3 c2^2 - 6 c1 c3, n1 = 2 c0 c2 - c1^2 - 3 c3^2. */
    private void halfNorm(int length) {
        mul(element[2], element[2], left, length);
        mul(element[1], element[3], right, length);
        kernels.add(right, 0, right, 0, right, 0, length);
        kernels.sub(left, 0, right, 0, left, 0, length);
        mul(element[0], element[0], n0, length);
        kernels.scaleAdd(left, 0, KoalaBear.GENERATOR, n0, 0, length);
        mul(element[3], element[3], left, length);
        kernels.scale(left, 0, KoalaBear.GENERATOR, left, 0, length);
        kernels.mulAdd(element[1], 0, element[1], 0, left, 0, length);
        mul(element[0], element[2], n1, length);
        kernels.add(n1, 0, n1, 0, n1, 0, length);
        kernels.sub(n1, 0, left, 0, n1, 0, length);
    }

    private void norm(int length) {
        mul(n0, n0, norm, length);
        mul(n1, n1, left, length);
        kernels.scale(left, 0, KoalaBear.GENERATOR, left, 0, length);
        kernels.sub(norm, 0, left, 0, norm, 0, length);
    }

    /** (A - xB)(n0 - n1 y) for n0, n1 already divided by the norm. */
    private void conjugate(int[][] out, int outOffset, int length) {
        difference(element[2], n0, element[0], n1, out[2], outOffset, length);
        difference(element[1], n1, element[3], n0, out[3], outOffset, length);
        kernels.scale(n1, 0, KoalaBear.GENERATOR, n1, 0, length);
        difference(element[0], n0, element[2], n1, out[0], outOffset, length);
        difference(element[3], n1, element[1], n0, out[1], outOffset, length);
    }

    /** out = ab - cd. */
    private void difference(int[] a, int[] b, int[] c, int[] d, int[] out, int outOffset, int length) {
        mul(a, b, left, length);
        mul(c, d, right, length);
        kernels.sub(left, 0, right, 0, out, outOffset, length);
    }

    private void mul(int[] a, int[] b, int[] out, int length) {
        kernels.mul(a, 0, b, 0, out, 0, length);
    }
}
