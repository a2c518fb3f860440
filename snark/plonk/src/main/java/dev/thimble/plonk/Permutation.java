package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import dev.thimble.plonkverifier.VerificationKey;
import java.util.Arrays;

/**
 * The permutation σ of a circuit's 3n wire positions: its cycles are the signals. Each position points to the signal's previous one, the
 * first to the last; padding rows hold the zero signal. Position i of column j is identified by kⱼ·ωⁱ with k = 1, 2, 3.
 */
final class Permutation {
    private final int power;
    private final int[] previous;

    Permutation(PlonkCircuit circuit) {
        power = circuit.power();
        int rows = 1 << power;
        previous = new int[3 * rows];
        int[] first = new int[circuit.signals()];
        int[] last = new int[circuit.signals()];
        Arrays.fill(first, -1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 3; column++) {
                int signal = row < circuit.gates() ? circuit.signal(column, row) : 0;
                int position = column * rows + row;
                if (first[signal] < 0) {
                    first[signal] = position;
                } else {
                    previous[position] = last[signal];
                }
                last[signal] = position;
            }
        }
        for (int signal = 0; signal < first.length; signal++) {
            if (first[signal] >= 0) {
                previous[first[signal]] = last[signal];
            }
        }
    }

    /** The values of Sⱼ on the domain, for column j = 0, 1, 2. */
    long[] values(int column, Parallel parallel) {
        int rows = 1 << power;
        long[] roots = Fft.powers(Fr.ONE, Fft.root(power), rows, parallel);
        long[] cosets = new long[12];
        Fr.ONE.store(cosets, 0);
        VerificationKey.K1.store(cosets, 4);
        VerificationKey.K2.store(cosets, 8);
        long[] values = new long[4 * rows];
        parallel.forRange(rows, 1024, (from, to) -> {
            for (int i = from; i < to; i++) {
                int target = previous[column * rows + i];
                int row = target & (rows - 1);
                PrimeField.FR.mul(values, 4 * i, roots, 4 * row, cosets, 4 * (target >>> power));
            }
        });
        return values;
    }
}
