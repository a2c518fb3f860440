package dev.thimble.transcript;

import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Searches the smallest nonce whose absorption at a given rate position makes the first output element end in zero bits.
 * Windows of nonces are tried in rising order; inside a window tasks run in parallel and the smallest hit wins, so the
 * result is the smallest nonce of all.
 */
final class NonceSearch {
    private static final int NONCES_PER_TASK = 256;
    private static final int TASKS_PER_THREAD = 16;

    private final int[] state;
    private final int position;
    private final int mask;
    private final HashKernels kernels;
    private final AtomicInteger best = new AtomicInteger(Integer.MAX_VALUE);

    private NonceSearch(int[] state, int position, int bits, HashKernels kernels) {
        this.state = state;
        this.position = position;
        this.mask = (1 << bits) - 1;
        this.kernels = kernels;
    }

    static int smallest(int[] state, int position, int bits, Workers workers, HashKernels kernels) {
        var search = new NonceSearch(state, position, bits, kernels);
        int tasks = TASKS_PER_THREAD * workers.threads();
        long window = (long) tasks * NONCES_PER_TASK;
        for (long first = 0; first + window <= KoalaBear.P; first += window) {
            int windowStart = (int) first;
            workers.forEach(tasks, task -> search.scan(windowStart + task * NONCES_PER_TASK));
            if (search.best.get() != Integer.MAX_VALUE) {
                return search.best.get();
            }
        }
        throw new IllegalStateException("no nonce for " + Integer.bitCount(search.mask) + " bits");
    }

    private void scan(int firstNonce) {
        if (firstNonce >= best.get()) {
            return;
        }
        int[] states = new int[NONCES_PER_TASK * Poseidon2.WIDTH];
        for (int j = 0; j < Poseidon2.WIDTH; j++) {
            Arrays.fill(states, j * NONCES_PER_TASK, (j + 1) * NONCES_PER_TASK, state[j]);
        }
        for (int i = 0; i < NONCES_PER_TASK; i++) {
            states[position * NONCES_PER_TASK + i] = KoalaBear.fromCanonical(firstNonce + i);
        }
        kernels.permute(states, NONCES_PER_TASK);
        for (int i = 0; i < NONCES_PER_TASK; i++) {
            if ((KoalaBear.toCanonical(states[i]) & mask) == 0) {
                best.accumulateAndGet(firstNonce + i, Math::min);
                return;
            }
        }
    }
}
