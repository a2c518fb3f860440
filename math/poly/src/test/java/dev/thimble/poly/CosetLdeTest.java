package dev.thimble.poly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extension against direct evaluation of the interpolated polynomial, and barycentric evaluation against Horner. */
class CosetLdeTest {
    static List<FieldKernels> twins() {
        return NttTest.twins();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theExtensionIsTheDirectEvaluation(FieldKernels kernels) {
        SplittableRandom random = new SplittableRandom(2);
        for (int logHeight = 0; logHeight <= 6; logHeight++) {
            for (int logBlowup = 0; logBlowup <= 3; logBlowup++) {
                int[] coefficients = NttTest.random(random, 1 << logHeight);
                int[] column = NttTest.naive(coefficients, logHeight);
                CosetLde lde = new CosetLde(logHeight, logBlowup, kernels);
                int[] expected = directly(coefficients, logHeight + logBlowup);
                assertThat(lde.extend(column)).isEqualTo(expected);
                assertThat(lde.coefficients(column)).isEqualTo(coefficients);
                assertThat(lde.evaluate(coefficients)).isEqualTo(expected);
                assertThat(Arrays.copyOf(lde.coefficientsOfExtended(expected), 1 << logHeight))
                        .isEqualTo(coefficients);
            }
        }
    }

    private static int[] directly(int[] coefficients, int log) {
        int[] points = Interpolation.cosetPoints(log, KoalaBear.GENERATOR);
        return Arrays.stream(points).map(x -> NttTest.valueAt(coefficients, x)).toArray();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void largeColumnsAreExtendedAlikeByAnyNumberOfThreads(FieldKernels kernels) {
        SplittableRandom random = new SplittableRandom(3);
        int[][] columns = new int[5][];
        Arrays.setAll(columns, i -> NttTest.random(random, 1 << 13));
        CosetLde reference = new CosetLde(13, 1, FieldKernels.scalar());
        CosetLde lde = new CosetLde(13, 1, kernels);
        try (Workers two = new Workers(2)) {
            int[][] extended = lde.extend(columns, two);
            for (int i = 0; i < columns.length; i++) {
                assertThat(extended[i]).isEqualTo(reference.extend(columns[i]));
            }
            int[] coefficients = reference.coefficients(columns[0]);
            assertThat(extended[0][5])
                    .isEqualTo(NttTest.valueAt(
                            coefficients,
                            KoalaBear.mul(KoalaBear.GENERATOR, KoalaBear.pow(KoalaBear.rootOfUnity(14), 5))));
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void barycentricEvaluationAgreesWithHorner(FieldKernels kernels) {
        SplittableRandom random = new SplittableRandom(4);
        try (Workers workers = new Workers(2)) {
            for (int log : new int[] {0, 1, 3, 6, 13}) {
                Ext4 point = new Ext4(random.nextInt(KoalaBear.P), 1, 2, 3);
                int[] coefficients = NttTest.random(random, 1 << log);
                Ext4[] lifted = Arrays.stream(coefficients).mapToObj(Ext4::of).toArray(Ext4[]::new);
                for (int shift : new int[] {KoalaBear.ONE, KoalaBear.GENERATOR}) {
                    CosetLde lde = new CosetLde(log, 0, kernels);
                    int[] values = shift == KoalaBear.ONE ? forward(coefficients, log) : lde.evaluate(coefficients);
                    int[][] weights = Interpolation.weights(log, shift, point, kernels, workers);
                    assertThat(Interpolation.evaluate(new int[][] {values}, weights, kernels, workers))
                            .containsExactly(Interpolation.horner(lifted, point));
                }
            }
        }
    }

    private static int[] forward(int[] coefficients, int log) {
        int[] values = coefficients.clone();
        new Ntt(log, FieldKernels.scalar()).forward(values);
        return values;
    }

    @Test
    void lagrangeReproducesThePolynomial() {
        SplittableRandom random = new SplittableRandom(5);
        Ext4[] coefficients = new Ext4[8];
        Arrays.setAll(coefficients, i -> Ext4.of(NttTest.random(random, 4), 0));
        int[] xs = Interpolation.cosetPoints(3, KoalaBear.fromCanonical(12345));
        Ext4[] values = Arrays.stream(xs)
                .mapToObj(x -> Interpolation.horner(coefficients, Ext4.of(x)))
                .toArray(Ext4[]::new);
        Ext4 z = Ext4.of(NttTest.random(random, 4), 0);
        assertThat(Interpolation.lagrange(xs, values, z)).isEqualTo(Interpolation.horner(coefficients, z));
    }

    @Test
    void badShapesAreNamed() {
        CosetLde lde = new CosetLde(3, 1, FieldKernels.scalar());
        assertThatThrownBy(() -> lde.extend(new int[7])).hasMessageContaining("column.length 7");
        assertThatThrownBy(() -> new CosetLde(24, 1, FieldKernels.scalar())).hasMessageContaining("logHeight 24");
        assertThatThrownBy(() -> Interpolation.weights(
                        3, KoalaBear.ONE, Ext4.of(KoalaBear.ONE), FieldKernels.scalar(), Workers.single()))
                .hasMessageContaining("on the coset");
    }
}
