package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
    private static final long SEED = 4242L;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 13, 15})
    void evaluatesOnTheSubgroupAndBack(int logSize) {
        try (Parallel parallel = new Parallel(2)) {
            Fft fft = new Fft(logSize, parallel);
            long[] coefficients = MsmTest.randomScalars(new SplittableRandom(SEED), fft.size());
            long[] values = coefficients.clone();
            fft.forward(values);
            for (int i = 0; i < fft.size(); i += Math.max(1, fft.size() / 7)) {
                Fr point = fft.root().pow(BigInteger.valueOf(i));
                assertThat(Fr.load(values, 4 * i)).isEqualTo(horner(coefficients, point));
            }
            fft.inverse(values);
            assertThat(values).isEqualTo(coefficients);
        }
    }

    @Test
    void evaluatesOnACoset() {
        try (Parallel parallel = new Parallel(1)) {
            Fft fft = new Fft(6, parallel);
            long[] coefficients = MsmTest.randomScalars(new SplittableRandom(SEED), fft.size());
            long[] values = coefficients.clone();
            Fr shift = Fr.of(7);
            fft.scaleByPowers(values, shift);
            fft.forward(values);
            for (int i = 0; i < fft.size(); i++) {
                Fr point = shift.mul(fft.root().pow(BigInteger.valueOf(i)));
                assertThat(Fr.load(values, 4 * i)).isEqualTo(horner(coefficients, point));
            }
            assertThatThrownBy(() -> fft.forward(new long[8])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The 2^28-th root of unity that arkworks and gnark publish for 5 as generator. */
    @Test
    void usesThePublishedRoot() {
        assertThat(Fft.root(28).toBigInteger())
                .isEqualTo(new BigInteger(
                        "19103219067921713944291392827692070036145651957329286315305642004821462161904"));
        assertThat(Fft.root(1)).isEqualTo(Fr.ONE.negate());
    }

    private static Fr horner(long[] coefficients, Fr point) {
        Fr result = Fr.ZERO;
        for (int i = coefficients.length / 4 - 1; i >= 0; i--) {
            result = result.mul(point).add(Fr.load(coefficients, 4 * i));
        }
        return result;
    }
}
