package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multi-scalar multiplication of bases kᵢ·G: the result must be (Σ sᵢ·kᵢ)·G. */
class MsmTest {
    private static final long SEED = 20261122L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 300, 2500, 20_000})
    void agreesWithOneMultiplication(int count) {
        SplittableRandom random = new SplittableRandom(SEED + count);
        long[] logs = randomScalars(random, count);
        long[] scalars = randomScalars(random, count);
        for (int i = 0; i < count; i += 3) {
            Fr special = specials(random)[random.nextInt(8)];
            special.store(scalars, 4 * i);
            Fr.of(random.nextInt(3)).store(logs, 4 * i); // repeated and infinite bases
        }
        assertThat(msm(logs, scalars, count, 1)).isEqualTo(expected(logs, scalars, count));
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() {
        int count = 5000;
        SplittableRandom random = new SplittableRandom(SEED);
        long[] logs = randomScalars(random, count);
        long[] scalars = randomScalars(random, count);
        assertThat(msm(logs, scalars, count, 3)).isEqualTo(msm(logs, scalars, count, 1));
    }

    /** Every bucket addition is then a doubling, or meets its own negative. */
    @Test
    void handlesEqualAndOppositePoints() {
        int count = 4096;
        long[] logs = new long[4 * count];
        long[] scalars = new long[4 * count];
        for (int i = 0; i < count; i++) {
            Fr.of(7).store(logs, 4 * i);
            (i % 4 == 0 ? Fr.of(5).negate() : Fr.of(5)).store(scalars, 4 * i);
        }
        assertThat(msm(logs, scalars, count, 2)).isEqualTo(expected(logs, scalars, count));
    }

    @Test
    void refusesMissingBasesAndStopsWhenCancelled() {
        G1Points bases = G1Points.allocate(4);
        try (Parallel parallel = new Parallel(1);
                Parallel stopped = new Parallel(2, () -> true)) {
            assertThatThrownBy(() -> Msm.multiply(bases, new long[20], 5, parallel))
                    .hasMessageContaining("count = 5 but there are 4 bases");
            assertThatThrownBy(() -> Msm.multiply(bases, new long[16], 4, stopped))
                    .isInstanceOf(CancellationException.class);
            assertThat(Msm.multiply(bases, new long[0], 0, parallel)).isEqualTo(G1.INFINITY);
        }
    }

    private static Fr[] specials(SplittableRandom random) {
        return new Fr[] {
            Fr.ZERO,
            Fr.ONE,
            Fr.ONE.negate(),
            Fr.of(random.nextInt(256)),
            Fr.of(1L << 31),
            Fr.of(2).negate(),
            Fr.reduce(BigInteger.ONE.shiftLeft(253)),
            Fr.reduce(BigInteger.ONE.shiftLeft(253).subtract(BigInteger.ONE))
        };
    }

    private static G1 msm(long[] logs, long[] scalars, int count, int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            G1Points bases = G1Points.allocate(count);
            new FixedBase(G1.GENERATOR).multiplyAll(logs, bases, parallel);
            assertThat(bases.get(count - 1)).isEqualTo(G1.GENERATOR.multiply(Fr.load(logs, 4 * (count - 1))));
            return Msm.multiply(bases, scalars, count, parallel);
        }
    }

    private static G1 expected(long[] logs, long[] scalars, int count) {
        Fr sum = Fr.ZERO;
        for (int i = 0; i < count; i++) {
            sum = sum.add(Fr.load(logs, 4 * i).mul(Fr.load(scalars, 4 * i)));
        }
        return G1.GENERATOR.multiply(sum);
    }

    static long[] randomScalars(SplittableRandom random, int count) {
        long[] scalars = new long[4 * count];
        byte[] bytes = new byte[40];
        for (int i = 0; i < count; i++) {
            random.nextBytes(bytes);
            Fr.reduce(new BigInteger(1, bytes)).store(scalars, 4 * i);
        }
        return scalars;
    }
}
