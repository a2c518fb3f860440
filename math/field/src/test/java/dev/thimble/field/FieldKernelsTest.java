package dev.thimble.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb of every twin against single elements, at sizes that straddle the lanes, with extreme elements. */
class FieldKernelsTest {
    private static final int[] SIZES = {0, 1, 4, 6, 7, 8, 9, 13, 16, 207, 4098};
    private static final int A = 3;
    private static final int B = 1;
    private static final int OUT = 2;

    static List<FieldKernels> twins() {
        List<FieldKernels> twins = new ArrayList<>(List.of(FieldKernels.scalar(), FieldKernels.best()));
        FieldKernels.vector().ifPresent(twins::add);
        return twins;
    }

    /** Two operands and a destination, at three different offsets, surrounded by elements that must stay. */
    private static final class Operands {
        final int length;
        final int[][] a = new int[4][];
        final int[][] b = new int[4][];
        final int[][] out = new int[4][];
        final int[][] before = new int[4][];

        Operands(SplittableRandom random, int length) {
            this.length = length;
            for (int i = 0; i < 4; i++) {
                a[i] = TestRandom.elements(random, length + 5);
                b[i] = TestRandom.elements(random, length + 5);
                out[i] = TestRandom.elements(random, length + 5);
                before[i] = out[i].clone();
            }
        }

        Ext4 a(int i) {
            return Ext4.ofColumns(a, A + i);
        }

        Ext4 b(int i) {
            return Ext4.ofColumns(b, B + i);
        }

        Ext4 before(int i) {
            return Ext4.ofColumns(before, OUT + i);
        }

        void expectBase(IntUnaryOperator expected) {
            int[] all = before[0].clone();
            for (int i = 0; i < length; i++) {
                all[OUT + i] = expected.applyAsInt(i);
            }
            assertThat(out[0]).isEqualTo(all);
            reset();
        }

        void expectExt(IntFunction<Ext4> expected) {
            int[][] all = {before[0].clone(), before[1].clone(), before[2].clone(), before[3].clone()};
            for (int i = 0; i < length; i++) {
                expected.apply(i).storeColumns(all, OUT + i);
            }
            assertThat(out).isDeepEqualTo(all);
            reset();
        }

        private void reset() {
            for (int i = 0; i < 4; i++) {
                System.arraycopy(before[i], 0, out[i], 0, before[i].length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void baseVerbs(FieldKernels kernels) {
        SplittableRandom random = TestRandom.seeded(21);
        for (int n : SIZES) {
            Operands o = new Operands(random, n);
            int f = TestRandom.element(random);
            kernels.add(o.a[0], A, o.b[0], B, o.out[0], OUT, n);
            o.expectBase(binary(o, KoalaBear::add));
            kernels.sub(o.a[0], A, o.b[0], B, o.out[0], OUT, n);
            o.expectBase(binary(o, KoalaBear::sub));
            kernels.mul(o.a[0], A, o.b[0], B, o.out[0], OUT, n);
            o.expectBase(binary(o, KoalaBear::mul));
            kernels.mulAdd(o.a[0], A, o.b[0], B, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.add(o.before[0][OUT + i], KoalaBear.mul(o.a[0][A + i], o.b[0][B + i])));
            kernels.addConstant(o.a[0], A, f, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.add(o.a[0][A + i], f));
            kernels.subFromConstant(f, o.a[0], A, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.sub(f, o.a[0][A + i]));
            kernels.scale(o.a[0], A, f, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.mul(f, o.a[0][A + i]));
            kernels.scaleAdd(o.a[0], A, f, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.add(o.before[0][OUT + i], KoalaBear.mul(f, o.a[0][A + i])));
            kernels.fromMontgomery(o.a[0], A, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.toCanonical(o.a[0][A + i]));
            kernels.toMontgomery(o.a[0], A, o.out[0], OUT, n);
            o.expectBase(i -> KoalaBear.fromCanonical(o.a[0][A + i]));
        }
    }

    private static IntUnaryOperator binary(Operands o, IntBinaryOperator operator) {
        return i -> operator.applyAsInt(o.a[0][A + i], o.b[0][B + i]);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void extensionVerbs(FieldKernels kernels) {
        SplittableRandom random = TestRandom.seeded(22);
        for (int n : SIZES) {
            Operands o = new Operands(random, n);
            Ext4 f = TestRandom.extension(random);
            kernels.extAdd(o.a, A, o.b, B, o.out, OUT, n);
            o.expectExt(i -> o.a(i).plus(o.b(i)));
            kernels.extSub(o.a, A, o.b, B, o.out, OUT, n);
            o.expectExt(i -> o.a(i).minus(o.b(i)));
            kernels.extMul(o.a, A, o.b, B, o.out, OUT, n);
            o.expectExt(i -> o.a(i).times(o.b(i)));
            kernels.extMulAdd(o.a, A, o.b, B, o.out, OUT, n);
            o.expectExt(i -> o.before(i).plus(o.a(i).times(o.b(i))));
            kernels.extMulBase(o.a, A, o.b[0], B, o.out, OUT, n);
            o.expectExt(i -> o.a(i).times(o.b[0][B + i]));
            kernels.extMulBaseAdd(o.a, A, o.b[0], B, o.out, OUT, n);
            o.expectExt(i -> o.before(i).plus(o.a(i).times(o.b[0][B + i])));
            kernels.extScale(o.a, A, f, o.out, OUT, n);
            o.expectExt(i -> o.a(i).times(f));
            kernels.extScaleAdd(o.a, A, f, o.out, OUT, n);
            o.expectExt(i -> o.before(i).plus(o.a(i).times(f)));
            kernels.liftScale(o.a[0], A, f, o.out, OUT, n);
            o.expectExt(i -> f.times(o.a[0][A + i]));
            kernels.liftScaleAdd(o.a[0], A, f, o.out, OUT, n);
            o.expectExt(i -> o.before(i).plus(f.times(o.a[0][A + i])));
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sumsOfManyColumnsAndRows(FieldKernels kernels) {
        SplittableRandom random = TestRandom.seeded(23);
        for (int n : SIZES) {
            for (int width = 0; width <= 9; width++) {
                Operands o = new Operands(random, n);
                int[][] columns = new int[width][];
                Ext4[] factors = new Ext4[width];
                for (int j = 0; j < width; j++) {
                    columns[j] = TestRandom.elements(random, n + 5);
                    factors[j] = TestRandom.extension(random);
                }
                kernels.liftCombine(columns, A, factors, o.out, OUT, n);
                o.expectExt(i -> {
                    Ext4 sum = o.before(i);
                    for (int j = 0; j < columns.length; j++) {
                        sum = sum.plus(factors[j].times(columns[j][A + i]));
                    }
                    return sum;
                });
            }
            Operands o = new Operands(random, n);
            Ext4 sum = Ext4.ZERO;
            for (int i = 0; i < n; i++) {
                sum = sum.plus(o.b(i).times(o.a[0][A + i]));
            }
            assertThat(kernels.dot(o.a[0], A, o.b, B, n)).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theLargestElementsDoNotOverflow(FieldKernels kernels) {
        int n = 1 << 16;
        int[] top = new int[n];
        Arrays.fill(top, KoalaBear.P - 1);
        int[][] tops = {top, top, top, top};
        Ext4 element = Ext4.ofColumns(tops, 0);
        int square = KoalaBear.square(KoalaBear.P - 1);
        int sum = KoalaBear.mul(square, KoalaBear.fromLong(n));
        assertThat(kernels.dot(top, 0, tops, 0, n)).isEqualTo(new Ext4(sum, sum, sum, sum));
        int[][] out = new int[4][n];
        kernels.extMul(tops, 0, tops, 0, out, 0, n);
        assertThat(Ext4.ofColumns(out, n - 1)).isEqualTo(element.square());
        kernels.extScale(tops, 0, element, out, 0, n);
        assertThat(Ext4.ofColumns(out, 8)).isEqualTo(element.square());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theDestinationMayBeASource(FieldKernels kernels) {
        SplittableRandom random = TestRandom.seeded(24);
        for (int n : SIZES) {
            Operands o = new Operands(random, n);
            Ext4[] product = new Ext4[n];
            Arrays.setAll(product, i -> o.a(i).times(o.b(i)));
            kernels.extMul(o.a, A, o.b, B, o.b, B, n);
            assertThat(rows(o.b, B, n)).containsExactly(product);
            Ext4 f = TestRandom.extension(random);
            kernels.extScale(o.b, B, f, o.b, B, n);
            Arrays.setAll(product, i -> product[i].times(f));
            assertThat(rows(o.b, B, n)).containsExactly(product);
            Arrays.setAll(product, i -> product[i].square());
            kernels.extMul(o.b, B, o.b, B, o.b, B, n);
            assertThat(rows(o.b, B, n)).containsExactly(product);
        }
    }

    private static Ext4[] rows(int[][] columns, int offset, int n) {
        Ext4[] rows = new Ext4[n];
        Arrays.setAll(rows, i -> Ext4.ofColumns(columns, offset + i));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void inverses(FieldKernels kernels) {
        SplittableRandom random = TestRandom.seeded(25);
        for (int n : SIZES) {
            int[][] a = new int[4][];
            Arrays.setAll(a, k -> random.ints(n + 5, 1, KoalaBear.P).toArray());
            int[][] out = new int[4][n + 5];
            kernels.batchInverse(a[0], A, out[0], OUT, n);
            for (int i = 0; i < n; i++) {
                assertThat(KoalaBear.mul(a[0][A + i], out[0][OUT + i])).isEqualTo(KoalaBear.ONE);
            }
            kernels.extBatchInverse(a, A, out, OUT, n);
            for (int i = 0; i < n; i++) {
                assertThat(Ext4.ofColumns(out, OUT + i))
                        .isEqualTo(Ext4.ofColumns(a, A + i).inverse());
            }
            Ext4[] expected = rows(out, OUT, n);
            kernels.extBatchInverse(a, A, a, A, n);
            assertThat(rows(a, A, n)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void zeroHasNoInverse(FieldKernels kernels) {
        for (int n : new int[] {1, 8, 13, 4098}) {
            for (int zero : new int[] {0, n / 2, n - 1}) {
                int[][] a = new int[4][n];
                Arrays.fill(a[0], KoalaBear.ONE);
                Arrays.fill(a[1], 0, n, 5);
                a[0][zero] = 0;
                int[] base = a[0].clone();
                assertThatThrownBy(() -> kernels.batchInverse(base, 0, new int[n], 0, n))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("element " + zero + " ");
                kernels.extBatchInverse(a, 0, new int[4][n], 0, n);
                a[1][zero] = 0;
                assertThatThrownBy(() -> kernels.extBatchInverse(a, 0, new int[4][n], 0, n))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("element " + zero + " ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void onlyCanonicalIntegersAreTaken(FieldKernels kernels) {
        for (int bad : new int[] {KoalaBear.P, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (int at : new int[] {0, 11, 20}) {
                int[] values = new int[21];
                values[at] = bad;
                assertThatThrownBy(() -> kernels.toMontgomery(values, 0, values, 0, 21))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(Integer.toUnsignedString(bad));
            }
        }
    }

    @Test
    void theVectorTwinIsTestedHere() {
        assumeTrue(FieldKernels.vector().isPresent(), "no jdk.incubator.vector in this JVM");
        assertThat(FieldKernels.vector().orElseThrow().name()).isEqualTo("vector");
        assertThat(FieldKernels.scalar().name()).isEqualTo("scalar");
    }

    @Test
    @Tag("full")
    void warmVectorKernelsAllocateNothing() {
        assumeTrue(FieldKernels.vector().isPresent(), "no jdk.incubator.vector in this JVM");
        FieldKernels kernels = FieldKernels.vector().orElseThrow();
        int n = 1 << 12;
        int[][] x = new int[4][n];
        int[][] y = new int[4][n];
        for (int[] column : x) {
            Arrays.fill(column, KoalaBear.ONE);
        }
        int[][] columns = {x[0], x[1], x[2], x[3], x[0], x[1]};
        Ext4 f = new Ext4(1, 2, 3, 4);
        Ext4[] factors = {f, f, f, f, f, f};
        List<Runnable> verbs = List.of(
                () -> kernels.add(x[0], 0, x[1], 0, y[0], 0, n),
                () -> kernels.sub(x[0], 0, x[1], 0, y[0], 0, n),
                () -> kernels.mul(x[0], 0, x[1], 0, y[0], 0, n),
                () -> kernels.mulAdd(x[0], 0, x[1], 0, y[0], 0, n),
                () -> kernels.addConstant(x[0], 0, 7, y[0], 0, n),
                () -> kernels.subFromConstant(7, x[0], 0, y[0], 0, n),
                () -> kernels.scale(x[0], 0, 7, y[0], 0, n),
                () -> kernels.scaleAdd(x[0], 0, 7, y[0], 0, n),
                () -> kernels.toMontgomery(x[0], 0, y[0], 0, n),
                () -> kernels.fromMontgomery(x[0], 0, y[0], 0, n),
                () -> kernels.batchInverse(x[0], 0, y[0], 0, n),
                () -> kernels.extMul(x, 0, x, 0, y, 0, n),
                () -> kernels.extMulAdd(x, 0, x, 0, y, 0, n),
                () -> kernels.extScale(x, 0, f, y, 0, n),
                () -> kernels.extScaleAdd(x, 0, f, y, 0, n),
                () -> kernels.liftCombine(columns, 0, factors, y, 0, n),
                () -> kernels.dif(y[0], 0, 12, x[0]),
                () -> kernels.dit(y[0], 0, 12, 0, x[0]));
        for (int i = 0; i < verbs.size(); i++) {
            assertThat(allocatedWhenWarm(verbs.get(i))).as("verb " + i).isZero();
        }
    }

    /** The fewest bytes allocated by one call, over calls until there are none or the compiler had a minute. */
    private static long allocatedWhenWarm(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (fewest > 0 && System.nanoTime() < end) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
