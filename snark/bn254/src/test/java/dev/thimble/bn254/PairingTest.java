package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final Fr A = Fr.of(new BigInteger("123456789012345678901234567890123456789"));
    private static final Fr B = Fr.of(987654321987654321L);

    @Test
    void isBilinear() {
        Fq12 value = Pairing.pairing(G1.GENERATOR.multiply(A), G2.GENERATOR.multiply(B));
        Fq12 expected = Pairing.pairing(G1.GENERATOR, G2.GENERATOR).pow(A.mul(B).toBigInteger());
        assertThat(value).isEqualTo(expected);
    }

    @Test
    void isNotDegenerateAndHasOrderR() {
        Fq12 value = Pairing.pairing(G1.GENERATOR, G2.GENERATOR);
        assertThat(value).isNotEqualTo(Fq12.ONE);
        assertThat(value.pow(PrimeField.FR.modulus())).isEqualTo(Fq12.ONE);
    }

    /** The addition chain of the final exponentiation against the exponent itself. */
    @Test
    void finalExponentiationIsThePowerItClaims() {
        BigInteger q = PrimeField.FQ.modulus();
        Fq12 miller = Pairing.millerLoop(G1.GENERATOR, G2.GENERATOR);
        BigInteger exponent = q.pow(12).subtract(BigInteger.ONE).divide(PrimeField.FR.modulus());
        assertThat(Pairing.finalExponentiation(miller)).isEqualTo(miller.pow(exponent));
    }

    @Test
    void infinityCountsAsOne() {
        assertThat(Pairing.productIsOne(List.of(
                        new Pairing.Pair(G1.INFINITY, G2.GENERATOR), new Pairing.Pair(G1.GENERATOR, G2.INFINITY))))
                .isTrue();
    }

    @Test
    void twistPointsOutsideTheSubgroupAreRecognised() {
        G2 outside = TwistPoints.outsideSubgroup();
        assertThat(outside.isOnCurve()).isTrue();
        assertThat(outside.isInSubgroup()).isFalse();
        assertThat(G2.GENERATOR.isInSubgroup()).isTrue();
        assertThat(G2.GENERATOR.multiply(A).isInSubgroup()).isTrue();
        assertThat(G2.INFINITY.isInSubgroup()).isFalse();
        assertThat(new G2(G2.GENERATOR.x(), G2.GENERATOR.x()).isInSubgroup()).isFalse();
    }
}
