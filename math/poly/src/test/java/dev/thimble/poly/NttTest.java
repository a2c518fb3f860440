package dev.thimble.poly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transform against its definition and against values computed by an independent program. */
class NttTest {
    static List<FieldKernels> twins() {
        return Stream.concat(Stream.of(FieldKernels.scalar()), FieldKernels.vector().stream())
                .toList();
    }

    static int[] random(SplittableRandom random, int length) {
        return random.ints(length, 0, KoalaBear.P).toArray();
    }

    static int[] naive(int[] coefficients, int logSize) {
        int[] values = new int[1 << logSize];
        for (int k = 0; k < values.length; k++) {
            values[k] = valueAt(coefficients, KoalaBear.pow(KoalaBear.rootOfUnity(logSize), k));
        }
        return values;
    }

    static int valueAt(int[] coefficients, int x) {
        int value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = KoalaBear.add(KoalaBear.mul(value, x), coefficients[i]);
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void vectors(FieldKernels kernels) {
        int[] expected = {
            136,
            1649616138,
            65952552,
            1679651060,
            133693424,
            2082519668,
            1929272121,
            1517711018,
            2130706425,
            612995399,
            201434296,
            48186749,
            1997012993,
            451055357,
            2064753865,
            481090279
        };
        int[] values = new int[16];
        Arrays.setAll(values, i -> KoalaBear.fromCanonical(i + 1));
        new Ntt(4, kernels).forward(values);
        assertThat(Arrays.stream(values).map(KoalaBear::toCanonical).toArray()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everySizeAgreesWithTheDefinitionInBothDirections(FieldKernels kernels) {
        SplittableRandom random = new SplittableRandom(1);
        for (int log = 0; log <= 9; log++) {
            Ntt ntt = new Ntt(log, kernels);
            int[] coefficients = random(random, 1 << log);
            int[] expected = naive(coefficients, log);
            int[] values = coefficients.clone();
            ntt.forward(values);
            assertThat(values).isEqualTo(expected);
            ntt.inverse(values);
            assertThat(values).isEqualTo(coefficients);
            int[] offset = new int[(1 << log) + 3];
            System.arraycopy(coefficients, 0, offset, 3, 1 << log);
            ntt.forwardDif(offset, 3);
            int[] reversed = Arrays.copyOfRange(offset, 3, offset.length);
            Ntt.reverseBits(reversed, log);
            assertThat(reversed).isEqualTo(expected);
            assertThat(Arrays.copyOf(offset, 3)).containsOnly(0);
            int[] input = coefficients.clone();
            Ntt.reverseBits(input, log);
            ntt.forwardDit(input, 0, 0);
            assertThat(input).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void extremesAndLargeSizes(FieldKernels kernels) {
        for (int log : new int[] {12, 15}) {
            Ntt ntt = new Ntt(log, kernels);
            for (int element : new int[] {0, KoalaBear.P - 1, KoalaBear.ONE}) {
                int[] values = new int[1 << log];
                Arrays.fill(values, element);
                ntt.forward(values);
                int[] expected = new int[1 << log];
                expected[0] = KoalaBear.mul(element, KoalaBear.fromLong(1L << log));
                assertThat(values).isEqualTo(expected);
            }
            int[] coefficients = random(new SplittableRandom(log), 1 << log);
            int[] values = coefficients.clone();
            ntt.forward(values);
            for (int k : new int[] {0, 1, 7, (1 << log) - 1}) {
                assertThat(values[k]).isEqualTo(valueAt(coefficients, KoalaBear.pow(KoalaBear.rootOfUnity(log), k)));
            }
        }
    }
}
