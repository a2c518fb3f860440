package dev.thimble.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The base field against big integers and against published numbers (Plonky3, koala-bear/src/koala_bear.rs). */
class KoalaBearTest {
    private static final BigInteger P = BigInteger.valueOf(KoalaBear.P);
    private static final int[] EXTREMES = {0, 1, 2, KoalaBear.P - 1, KoalaBear.P - 2, KoalaBear.P / 2, 1 << 30, 0xFFFFFF
    };

    @Test
    void theConstantsAreWhatTheirNamesSay() {
        assertThat((int) ((long) KoalaBear.P * KoalaBear.MU)).isEqualTo(1);
        assertThat(KoalaBear.toCanonical(KoalaBear.ONE)).isEqualTo(1);
        assertThat(KoalaBear.toCanonical(KoalaBear.GENERATOR)).isEqualTo(3);
        assertThat(P.isProbablePrime(50)).isTrue();
    }

    @Test
    void threeGeneratesTheMultiplicativeGroup() {
        for (int prime : new int[] {2, 127}) {
            assertThat(KoalaBear.pow(KoalaBear.GENERATOR, (KoalaBear.P - 1L) / prime))
                    .isNotEqualTo(KoalaBear.ONE);
        }
    }

    @Test
    void thePublishedProduct() {
        int product = KoalaBear.mul(KoalaBear.fromCanonical(873888856), KoalaBear.fromCanonical(1643323515));
        assertThat(KoalaBear.toCanonical(product)).isEqualTo(1421110145);
    }

    @Test
    void thePublishedRootsOfUnity() {
        int[] published = {
            1,
            2130706432,
            2113994754,
            1748172362,
            148625052,
            170455089,
            1548376985,
            699882112,
            392596362,
            665670555,
            860702919,
            2000983452,
            1989134074,
            809067698,
            1047035213,
            1168510561,
            1848593786,
            373019801,
            1816824389,
            339671193,
            1364057261,
            1213133211,
            542991299,
            1760025929,
            1791270792
        };
        for (int log = 0; log <= KoalaBear.TWO_ADICITY; log++) {
            assertThat(KoalaBear.toCanonical(KoalaBear.rootOfUnity(log))).isEqualTo(published[log]);
        }
        assertThatThrownBy(() -> KoalaBear.rootOfUnity(25)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyOperationAgreesWithBigIntegers() {
        SplittableRandom random = TestRandom.seeded(1);
        for (int a : EXTREMES) {
            for (int b : EXTREMES) {
                check(a, b);
            }
        }
        for (int i = 0; i < 100_000; i++) {
            check(random.nextInt(KoalaBear.P), random.nextInt(KoalaBear.P));
        }
    }

    private static void check(int a, int b) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        int p = KoalaBear.fromCanonical(a);
        int q = KoalaBear.fromCanonical(b);
        assertThat(KoalaBear.toCanonical(p)).isEqualTo(a);
        same(KoalaBear.add(p, q), x.add(y));
        same(KoalaBear.sub(p, q), x.subtract(y));
        same(KoalaBear.neg(p), x.negate());
        same(KoalaBear.mul(p, q), x.multiply(y));
        same(KoalaBear.square(p), x.multiply(x));
        same(KoalaBear.add(KoalaBear.halve(p), KoalaBear.halve(p)), x);
    }

    private static void same(int element, BigInteger expected) {
        assertThat(element).isBetween(0, KoalaBear.P - 1);
        assertThat(BigInteger.valueOf(KoalaBear.toCanonical(element))).isEqualTo(expected.mod(P));
    }

    @Test
    void inversesAndPowers() {
        SplittableRandom random = TestRandom.seeded(2);
        for (int i = 0; i < 1000; i++) {
            int a = 1 + random.nextInt(KoalaBear.P - 1);
            assertThat(KoalaBear.mul(a, KoalaBear.inverse(a))).isEqualTo(KoalaBear.ONE);
            long exponent = random.nextLong(1L << 40);
            BigInteger expected = BigInteger.valueOf(KoalaBear.toCanonical(a)).modPow(BigInteger.valueOf(exponent), P);
            same(KoalaBear.pow(a, exponent), expected);
        }
        assertThat(KoalaBear.pow(0, 0)).isEqualTo(KoalaBear.ONE);
        assertThatThrownBy(() -> KoalaBear.inverse(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KoalaBear.pow(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longsOfAnySignAreReduced() {
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, KoalaBear.P, Long.MAX_VALUE}) {
            same(KoalaBear.fromLong(value), BigInteger.valueOf(value));
        }
    }

    @Test
    void onlyCanonicalIntegersAreTaken() {
        for (int value : new int[] {KoalaBear.P, KoalaBear.P + 1, -1, Integer.MIN_VALUE}) {
            assertThat(KoalaBear.isCanonical(value)).isFalse();
            assertThatThrownBy(() -> KoalaBear.fromCanonical(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toUnsignedString(value));
        }
    }
}
