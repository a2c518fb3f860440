package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** The group law against Bouncy Castle's generic prime curve. */
class G1Test {
    private static final ECCurve CURVE = new ECCurve.Fp(
            PrimeField.FQ.modulus(), BigInteger.ZERO, BigInteger.valueOf(3), PrimeField.FR.modulus(), BigInteger.ONE);
    private static final ECPoint GENERATOR = CURVE.createPoint(BigInteger.ONE, BigInteger.TWO);

    @Test
    void agreesWithBouncyCastle() {
        long[] scalars = MsmTest.randomScalars(new SplittableRandom(77), 40);
        G1 sum = G1.INFINITY;
        ECPoint expected = CURVE.getInfinity();
        for (int i = 0; i < 40; i++) {
            Fr scalar = Fr.load(scalars, 4 * i);
            sum = sum.add(G1.GENERATOR.multiply(scalar));
            expected = expected.add(GENERATOR.multiply(scalar.toBigInteger())).normalize();
            assertThat(sum.x().toBigInteger())
                    .isEqualTo(expected.getAffineXCoord().toBigInteger());
            assertThat(sum.y().toBigInteger())
                    .isEqualTo(expected.getAffineYCoord().toBigInteger());
        }
    }

    @Test
    void handlesTheSpecialCases() {
        G1 g = G1.GENERATOR;
        assertThat(g.add(g)).isEqualTo(g.multiply(Fr.of(2)));
        assertThat(g.add(g.negate())).isEqualTo(G1.INFINITY);
        assertThat(g.add(G1.INFINITY)).isEqualTo(g);
        assertThat(G1.INFINITY.add(g)).isEqualTo(g);
        assertThat(g.multiply(Fr.ZERO)).isEqualTo(G1.INFINITY);
        assertThat(g.multiply(Fr.ONE.negate())).isEqualTo(g.negate());
        assertThat(G1.INFINITY.isOnCurve()).isFalse();
        assertThat(G1.INFINITY.isInfinity()).isTrue();
        assertThat(new G1(Fq.ONE, Fq.ONE).isOnCurve()).isFalse();
    }
}
