package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;

/**
 * Folding at one point. With f(x) = Σ_j x^j f_j(x^m), m = 2^logArity, the fold by β is Σ_j β^j f_j at x^m. It is computed by
 * halving: f(x) = e(x²) + x·o(x²) folds to e + β·o, then β and x are squared.
 */
final class Folding {
    private Folding() {}

    /**
     * Folds the values f(x·η^k), k = 0 … m − 1, η the root of unity of order m.
     *
     * @param values the m values; not changed
     * @param x the point of value 0, not zero
     */
    static Ext4 fold(Ext4[] values, int x, Ext4 beta) {
        Ext4[] current = values.clone();
        int inverseX = KoalaBear.inverse(x);
        Ext4 challenge = beta;
        int logLength = Integer.numberOfTrailingZeros(values.length);
        for (; logLength > 0; logLength--) {
            int half = 1 << (logLength - 1);
            int inverseRoot = KoalaBear.inverse(KoalaBear.rootOfUnity(logLength));
            int inversePoint = inverseX;
            for (int k = 0; k < half; k++) {
                Ext4 even = current[k].plus(current[k + half]);
                Ext4 odd = current[k].minus(current[k + half]).times(inversePoint);
                current[k] = even.plus(challenge.times(odd)).times(KoalaBear.halve(KoalaBear.ONE));
                inversePoint = KoalaBear.mul(inversePoint, inverseRoot);
            }
            inverseX = KoalaBear.square(inverseX);
            challenge = challenge.square();
        }
        return current[0];
    }
}
