package dev.thimble.riscv;

/**
 * Modular inverse by division steps, in variable time: 30 steps at a time are done on the low bits alone and then applied
 * to the full numbers as a 2×2 matrix. Source: Bernstein and Yang, "Fast constant-time gcd computation and modular
 * inversion", ePrint 2019/266, with steps of higher radix where the low bits allow them.
 *
 * <p>Numbers are nine limbs of 30 bits, low limb first, the top one with the sign.
 */
final class DivisionSteps {
    private static final int BITS = 30;
    private static final int LIMBS = 9;
    private static final int MASK = (1 << BITS) - 1;

    private final int[] modulus;
    /** −1/modulus mod 2^30. */
    private final int negatedInverse;

    private final int[] f;
    private final int[] g;
    /** f = d·a and g = e·a modulo the modulus, up to the power of two that is divided out. */
    private final int[] d = new int[LIMBS];

    private final int[] e = new int[LIMBS];
    private int delta = 1;
    private int u;
    private int v;
    private int q;
    private int r;

    /** For an odd modulus and 0 &lt; a &lt; modulus, coprime, eight words each. */
    DivisionSteps(int[] modulusWords, int[] a) {
        this.modulus = limbs(modulusWords);
        this.f = modulus.clone();
        this.g = limbs(a);
        this.e[0] = 1;
        int inverse = modulus[0];
        for (int bits = 3; bits < BITS; bits *= 2) {
            inverse *= 2 - modulus[0] * inverse;
        }
        this.negatedInverse = -inverse;
    }

    int[] inverse() {
        while (!isZero(g)) {
            steps();
            applyToRemainders();
            applyToCofactors();
        }
        // f = ±1
        normalize(f[LIMBS - 1] < 0);
        return words(d);
    }

    /**
     * 30 division steps on the low bits: (f, g) → (g, (g − f)/2) if δ &gt; 0 and g is odd, else (f, (g + (g mod 2)·f)/2). The
     * matrix (u v; q r) takes the full numbers to 2^30 times their successors.
     */
    private void steps() {
        int lowF = f[0];
        int lowG = g[0];
        u = 1;
        v = 0;
        q = 0;
        r = 1;
        int left = BITS;
        while (true) {
            int zeros = Integer.numberOfTrailingZeros(lowG | (-1 << left));
            lowG >>= zeros;
            u <<= zeros;
            v <<= zeros;
            delta += zeros;
            left -= zeros;
            if (left == 0) {
                return;
            }
            if (delta > 0) {
                delta = -delta;
                int swap = lowF;
                lowF = lowG;
                lowG = -swap;
                swap = u;
                u = q;
                q = -swap;
                swap = v;
                v = r;
                r = -swap;
            }
            // As δ ≤ 0 for the next 1 − δ steps, they only add multiples of f: cancel up to six bits of g at once.
            int bits = Math.min(Math.min(1 - delta, left), 6);
            int multiple = (lowG * lowF * (lowF * lowF - 2)) & ((1 << bits) - 1);
            lowG += lowF * multiple;
            q += u * multiple;
            r += v * multiple;
        }
    }

    private void applyToRemainders() {
        long carryF = (long) u * f[0] + (long) v * g[0];
        long carryG = (long) q * f[0] + (long) r * g[0];
        carryF >>= BITS;
        carryG >>= BITS;
        for (int i = 1; i < LIMBS; i++) {
            carryF += (long) u * f[i] + (long) v * g[i];
            carryG += (long) q * f[i] + (long) r * g[i];
            f[i - 1] = (int) carryF & MASK;
            g[i - 1] = (int) carryG & MASK;
            carryF >>= BITS;
            carryG >>= BITS;
        }
        f[LIMBS - 1] = (int) carryF;
        g[LIMBS - 1] = (int) carryG;
    }

    /** As for the remainders, plus the multiple of the modulus that makes the low limb vanish; stays in (−2m, m). */
    private void applyToCofactors() {
        int signD = d[LIMBS - 1] >> 31;
        int signE = e[LIMBS - 1] >> 31;
        int addD = (u & signD) + (v & signE);
        int addE = (q & signD) + (r & signE);
        long carryD = (long) u * d[0] + (long) v * e[0];
        long carryE = (long) q * d[0] + (long) r * e[0];
        addD -= (addD - negatedInverse * (int) carryD) & MASK;
        addE -= (addE - negatedInverse * (int) carryE) & MASK;
        carryD += (long) modulus[0] * addD;
        carryE += (long) modulus[0] * addE;
        carryD >>= BITS;
        carryE >>= BITS;
        for (int i = 1; i < LIMBS; i++) {
            carryD += (long) u * d[i] + (long) v * e[i] + (long) modulus[i] * addD;
            carryE += (long) q * d[i] + (long) r * e[i] + (long) modulus[i] * addE;
            d[i - 1] = (int) carryD & MASK;
            e[i - 1] = (int) carryE & MASK;
            carryD >>= BITS;
            carryE >>= BITS;
        }
        d[LIMBS - 1] = (int) carryD;
        e[LIMBS - 1] = (int) carryE;
    }

    /** Brings d from (−2m, m) to [0, m), negated if asked for. */
    private void normalize(boolean negate) {
        if (d[LIMBS - 1] < 0) {
            combine(1, 1);
        }
        if (negate) {
            combine(-1, 0);
        }
        if (d[LIMBS - 1] < 0) {
            combine(1, 1);
        }
    }

    /** d = factor·d + multiple·modulus. */
    private void combine(int factor, int multiple) {
        int carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += factor * d[i] + multiple * modulus[i];
            d[i] = i == LIMBS - 1 ? carry : carry & MASK;
            carry >>= BITS;
        }
    }

    private static boolean isZero(int[] limbs) {
        int all = 0;
        for (int limb : limbs) {
            all |= limb;
        }
        return all == 0;
    }

    private static int[] limbs(int[] words) {
        int[] limbs = new int[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            int bit = BITS * i;
            long pair = words[bit >>> 5] & 0xFFFF_FFFFL;
            if ((bit >>> 5) + 1 < words.length) {
                pair |= (long) words[(bit >>> 5) + 1] << 32;
            }
            limbs[i] = (int) (pair >>> (bit & 31)) & MASK;
        }
        return limbs;
    }

    private static int[] words(int[] limbs) {
        int[] words = new int[8];
        for (int i = 0; i < LIMBS; i++) {
            int bit = BITS * i;
            long shifted = (long) limbs[i] << (bit & 31);
            words[bit >>> 5] |= (int) shifted;
            if ((bit >>> 5) + 1 < words.length) {
                words[(bit >>> 5) + 1] |= (int) (shifted >>> 32);
            }
        }
        return words;
    }
}
