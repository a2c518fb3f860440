package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import java.math.BigInteger;

/**
 * The four cosets gₖ·H, gₖ = 5·ηᵏ with η of order 4n, on which the quotient is evaluated. Xⁿ is the constant gₖⁿ on each, so a polynomial of
 * degree n + few is folded into n coefficients first, and Z_H is a constant, too.
 */
final class Cosets {
    private static final PrimeField F = PrimeField.FR;

    private final Fft fft;
    private final Parallel parallel;
    private final Fr[] shifts = new Fr[ProvingKey.COSETS];
    private final Fr[] shiftsToN = new Fr[ProvingKey.COSETS];

    Cosets(Fft fft, int power, Parallel parallel) {
        this.fft = fft;
        this.parallel = parallel;
        Fr eta = Fft.root(power + 2);
        for (int k = 0; k < shifts.length; k++) {
            shifts[k] = k == 0 ? Fr.of(5) : shifts[k - 1].mul(eta);
            shiftsToN[k] = shifts[k].pow(BigInteger.valueOf(fft.size()));
        }
    }

    Fr shift(int coset) {
        return shifts[coset];
    }

    /** Xⁿ - 1 on the coset. */
    Fr vanishing(int coset) {
        return shiftsToN[coset].sub(Fr.ONE);
    }

    /** The values of a polynomial of at least n coefficients. */
    long[] evaluate(long[] coefficients, int coset) {
        int n = fft.size();
        long[] values = new long[4 * n];
        System.arraycopy(coefficients, 0, values, 0, 4 * n);
        long[] factor = new long[4];
        shiftsToN[coset].store(factor, 0);
        long[] t = new long[4];
        for (int i = n; i < coefficients.length / 4; i++) {
            F.mul(t, 0, coefficients, 4 * i, factor, 0);
            F.add(values, 4 * (i - n), values, 4 * (i - n), t, 0);
        }
        fft.scaleByPowers(values, shifts[coset]);
        fft.forward(values);
        return values;
    }

    /**
     * From the values of T on the four cosets to its coefficients, in place: part j then holds those of Xʲⁿ … . With Vₖ the interpolation on coset k,
     * T₍ⱼₙ₊ₘ₎ = (5ⁿ)⁻ʲ/4 · Σₖ i⁻ʲᵏ Vₖ[m], where i = ηⁿ.
     */
    void interpolate(long[][] parts) {
        for (int k = 0; k < parts.length; k++) {
            fft.inverse(parts[k]);
            fft.scaleByPowers(parts[k], shifts[k].inverse());
        }
        Fr quarter = Fr.of(4).inverse();
        Fr base = shiftsToN[0].inverse();
        Fr imaginary = shiftsToN[1].mul(base).inverse();
        long[][] matrix = new long[4][16];
        for (int j = 0; j < 4; j++) {
            for (int k = 0; k < 4; k++) {
                Fr entry = quarter.mul(base.pow(BigInteger.valueOf(j)))
                        .mul(imaginary.pow(BigInteger.valueOf((long) j * k)));
                entry.store(matrix[j], 4 * k);
            }
        }
        parallel.forRange(fft.size(), 1024, (from, to) -> multiply(matrix, parts, from, to));
    }

    private static void multiply(long[][] matrix, long[][] parts, int from, int to) {
        long[] result = new long[16];
        long[] t = new long[4];
        for (int m = from; m < to; m++) {
            for (int j = 0; j < 4; j++) {
                F.mul(result, 4 * j, matrix[j], 0, parts[0], 4 * m);
                for (int k = 1; k < 4; k++) {
                    F.mul(t, 0, matrix[j], 4 * k, parts[k], 4 * m);
                    F.add(result, 4 * j, result, 4 * j, t, 0);
                }
            }
            for (int j = 0; j < 4; j++) {
                System.arraycopy(result, 4 * j, parts[j], 4 * m, 4);
            }
        }
    }
}
