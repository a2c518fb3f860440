package dev.thimble.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Field laws of the quartic extension, and products and inverses computed by an independent program. */
class Ext4Test {
    private static Ext4 canonical(int c0, int c1, int c2, int c3) {
        return new Ext4(
                KoalaBear.fromCanonical(c0),
                KoalaBear.fromCanonical(c1),
                KoalaBear.fromCanonical(c2),
                KoalaBear.fromCanonical(c3));
    }

    @Test
    void vectors() {
        Ext4 a = canonical(894848333, 1437655012, 1200606629, 1690012884);
        Ext4 b = canonical(71131202, 1749206695, 1717947831, 120589055);
        assertThat(a.plus(b)).isEqualTo(canonical(965979535, 1056155274, 787848027, 1810601939));
        assertThat(a.times(b)).isEqualTo(canonical(1318606270, 1148453872, 1915459043, 838178573));
        assertThat(a.inverse()).isEqualTo(canonical(675006979, 594355276, 1558592542, 1317845288));
        assertThat(a.pow(KoalaBear.P)).isEqualTo(canonical(894848333, 1463873119, 930099804, 128332038));
    }

    @Test
    void theFourthPowerOfTheGeneratorIsThree() {
        Ext4 x = canonical(0, 1, 0, 0);
        assertThat(x.pow(4)).isEqualTo(Ext4.of(KoalaBear.GENERATOR));
    }

    @Test
    void fieldLaws() {
        SplittableRandom random = TestRandom.seeded(3);
        for (int i = 0; i < 5000; i++) {
            Ext4 a = TestRandom.extension(random);
            Ext4 b = TestRandom.extension(random);
            Ext4 c = TestRandom.extension(random);
            int s = TestRandom.element(random);
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.times(b)).isEqualTo(b.times(a));
            assertThat(a.times(b).times(c)).isEqualTo(a.times(b.times(c)));
            assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.plus(a.negated())).isEqualTo(Ext4.ZERO);
            assertThat(a.times(Ext4.ONE)).isEqualTo(a);
            assertThat(a.times(s)).isEqualTo(a.times(Ext4.of(s)));
            assertThat(a.plus(s)).isEqualTo(a.plus(Ext4.of(s)));
            assertThat(a.minus(s)).isEqualTo(a.minus(Ext4.of(s)));
            assertThat(a.square()).isEqualTo(a.pow(2));
            if (!a.isZero()) {
                assertThat(a.times(a.inverse())).isEqualTo(Ext4.ONE);
            }
        }
    }

    @Test
    void zeroHasNoInverse() {
        assertThatThrownBy(Ext4.ZERO::inverse).isInstanceOf(IllegalArgumentException.class);
    }
}
