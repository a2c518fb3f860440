package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both fields against BigInteger, on random values and on those around limb and modulus boundaries. */
class PrimeFieldTest {
    private static final long SEED = 0x6275_6e32_3534L;

    static List<PrimeField> fields() {
        return List.of(PrimeField.FQ, PrimeField.FR);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void agreesWithBigInteger(PrimeField field) {
        BigInteger p = field.modulus();
        List<BigInteger> values = values(field);
        long[] limbs = new long[12];
        for (BigInteger a : values) {
            for (BigInteger b : values) {
                field.store(a, limbs, 0);
                field.store(b, limbs, 4);
                field.mul(limbs, 8, limbs, 0, limbs, 4);
                assertThat(field.load(limbs, 8)).isEqualTo(a.multiply(b).mod(p));
                field.add(limbs, 8, limbs, 0, limbs, 4);
                assertThat(field.load(limbs, 8)).isEqualTo(a.add(b).mod(p));
                field.sub(limbs, 8, limbs, 0, limbs, 4);
                assertThat(field.load(limbs, 8)).isEqualTo(a.subtract(b).mod(p));
                assertThat(field.isCanonical(limbs, 8)).isTrue();
            }
            field.store(a, limbs, 0);
            field.negate(limbs, 8, limbs, 0);
            assertThat(field.load(limbs, 8)).isEqualTo(a.negate().mod(p));
            if (a.signum() != 0) {
                field.inverse(limbs, 8, limbs, 0);
                assertThat(field.load(limbs, 8)).isEqualTo(a.modInverse(p));
            }
        }
    }

    /** Montgomery limbs at the extremes of their range, where a lost carry shows. */
    @ParameterizedTest
    @MethodSource("fields")
    void multipliesExtremeLimbs(PrimeField field) {
        BigInteger p = field.modulus();
        BigInteger rInverse = BigInteger.ONE.shiftLeft(256).modInverse(p);
        long[] limbs = new long[12];
        List<BigInteger> values = values(field);
        for (BigInteger a : values) {
            for (BigInteger b : values) {
                raw(a, limbs, 0);
                raw(b, limbs, 4);
                field.mul(limbs, 8, limbs, 0, limbs, 4);
                raw(a.multiply(b).multiply(rInverse).mod(p), limbs, 0);
                assertThat(PrimeField.equal(limbs, 0, limbs, 8)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void invertsAll(PrimeField field) {
        List<BigInteger> values =
                values(field).stream().filter(v -> v.signum() != 0).toList();
        long[] limbs = new long[4 * values.size() + 4];
        for (int i = 0; i < values.size(); i++) {
            field.store(values.get(i), limbs, 4 * i + 4);
        }
        field.invertAll(limbs, 4, values.size());
        for (int i = 0; i < values.size(); i++) {
            assertThat(field.load(limbs, 4 * i + 4)).isEqualTo(values.get(i).modInverse(field.modulus()));
        }
        assertThatThrownBy(() -> field.invertAll(limbs, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void refusesValuesOutsideTheField(PrimeField field) {
        long[] limbs = new long[4];
        assertThatThrownBy(() -> field.store(field.modulus(), limbs, 0)).hasMessageContaining("is not in [0, p)");
        assertThatThrownBy(() -> field.store(BigInteger.ONE.negate(), limbs, 0))
                .isInstanceOf(IllegalArgumentException.class);
        raw(field.modulus(), limbs, 0);
        assertThat(field.isCanonical(limbs, 0)).isFalse();
        raw(field.modulus().subtract(BigInteger.ONE), limbs, 0);
        assertThat(field.isCanonical(limbs, 0)).isTrue();
    }

    private static List<BigInteger> values(PrimeField field) {
        List<BigInteger> values = new ArrayList<>();
        for (int bit : new int[] {0, 1, 63, 64, 65, 127, 128, 191, 192, 193, 253}) {
            BigInteger power = BigInteger.ONE.shiftLeft(bit);
            values.add(power.subtract(BigInteger.ONE));
            values.add(power);
            values.add(field.modulus().subtract(power).mod(field.modulus()));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 60; i++) {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            values.add(new BigInteger(1, bytes).mod(field.modulus()));
        }
        return values;
    }

    private static void raw(BigInteger value, long[] limbs, int offset) {
        for (int i = 0; i < 4; i++) {
            limbs[offset + i] = value.shiftRight(64 * i).longValue();
        }
    }
}
