package dev.thimble.fri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thimble.fri.Soundness.Shape;
import dev.thimble.fri.Soundness.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of an independent calculator (ethereum/soundcalc at 809896f) for the layers of the system. */
final class SoundnessTest {
    private static final Shape MAIN = new Shape(18, 48, 450, 3, 600);

    @Test
    void termsWithoutGrindingAreThePublishedOnes() {
        List<Term> blowup2 = ungrinded(1, MAIN);
        assertTerm(blowup2, "lookup", 100.4);
        assertTerm(blowup2, "constraints", 115);
        assertTerm(blowup2, "out of domain", 104);
        assertTerm(blowup2, "batching", 97.7);
        assertTerm(blowup2, "fold 1", 107);
        List<Term> server = ungrinded(1, new Shape(20, 48, 450, 3, 600));
        assertTerm(server, "lookup", 98.4);
        assertTerm(server, "out of domain", 102);
        assertTerm(server, "batching", 95.7);
        assertTerm(ungrinded(2, MAIN), "batching", 96.1);
        assertTerm(ungrinded(2, MAIN), "fold 1", 105.6);
        assertTerm(ungrinded(3, MAIN), "batching", 94.9);
        assertTerm(ungrinded(3, MAIN), "fold 1", 104.3);
    }

    @Test
    void johnsonTermsAreThePublishedOnes() {
        var johnson = new Regime.Johnson(3);
        assertTerm(terms(1, johnson, MAIN), "batching", 85.8);
        assertTerm(terms(1, johnson, MAIN), "fold 1", 95.2);
        assertTerm(terms(3, johnson, MAIN), "batching", 80.8);
        assertTerm(terms(3, johnson, MAIN), "fold 1", 90.2);
    }

    @Test
    void queryBitsPerRate() {
        double[] unique = {0.415, 0.678, 0.830, 0.913, 0.956};
        double[] johnson = {0.278, 0.778, 1.278, 1.778, 2.278, 2.778};
        for (int log = 1; log <= unique.length; log++) {
            assertThat(bits(ungrinded(log, MAIN), "queries")).isCloseTo(unique[log - 1], within(0.001));
        }
        for (int log = 1; log <= johnson.length; log++) {
            assertThat(bits(terms(log, new Regime.Johnson(3), new Shape(14, 48, 450, 3, 600)), "queries"))
                    .isCloseTo(johnson[log - 1], within(0.001));
        }
    }

    @Test
    void everyLayerReachesTheTarget() {
        assertLayer(FriParameters.BASE, MAIN, 101.3, 101.0);
        assertLayer(FriParameters.SERVER, new Shape(20, 48, 450, 3, 600), 101.3, 101.2);
        assertLayer(FriParameters.SCHEDULER, new Shape(16, 16, 450, 3, 650), 101.3, 101.1);
        assertLayer(FriParameters.SHRINK, new Shape(14, 16, 450, 3, 650), 102.1, 100.2);
    }

    @Test
    void aTermBelowTheTargetIsSeenAlone() {
        var weak = new FriParameters(1, 190, 3, 4, 5, FriParameters.BASE.grinding(), Regime.uniqueDecoding());
        assertThat(Soundness.reachesTarget(Soundness.terms(weak, MAIN))).isFalse();
    }

    @Test
    void sharedColumnsExcludeJohnson() {
        var columns = new SoundnessReport.Columns(24, 24, 96, 108, 8);
        assertThatThrownBy(() -> SoundnessReport.Layer.of("main", columns, FriParameters.SHRINK, MAIN))
                .hasMessageContaining("unique decoding");
        assertThat(SoundnessReport.Layer.of("main", columns, FriParameters.BASE, MAIN)
                        .reachesTarget())
                .isTrue();
    }

    private static void assertLayer(FriParameters parameters, Shape shape, double minimum, double sum) {
        List<Term> terms = Soundness.terms(parameters, shape);
        assertThat(Soundness.reachesTarget(terms)).isTrue();
        assertThat(Soundness.minimumBits(terms)).isCloseTo(minimum, within(0.1));
        assertThat(Soundness.sumBits(terms)).isCloseTo(sum, within(0.15));
    }

    private static List<Term> ungrinded(int logBlowup, Shape shape) {
        return terms(logBlowup, Regime.uniqueDecoding(), shape);
    }

    private static List<Term> terms(int logBlowup, Regime regime, Shape shape) {
        return Soundness.terms(new FriParameters(logBlowup, 1, 3, 4, 5, Grinding.NONE, regime), shape);
    }

    private static void assertTerm(List<Term> terms, String name, double bits) {
        assertThat(bits(terms, name)).as(name).isCloseTo(bits, within(0.2));
    }

    private static double bits(List<Term> terms, String name) {
        return terms.stream()
                .filter(term -> term.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bits();
    }
}
