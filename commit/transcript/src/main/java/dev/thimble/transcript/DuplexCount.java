package dev.thimble.transcript;

import dev.thimble.hash.Poseidon2;

/** Counts the permutations that a {@link Transcript} takes for a sequence of calls, without values. */
public final class DuplexCount {
    private int observed;
    private int available;
    private long permutations;

    /** Observes {@code count} base elements. */
    public void observe(int count) {
        for (int i = 0; i < count; i++) {
            available = 0;
            observed++;
            if (observed == Poseidon2.RATE) {
                permute();
            }
        }
    }

    /** Samples {@code count} base elements. */
    public void sample(int count) {
        for (int i = 0; i < count; i++) {
            if (observed > 0 || available == 0) {
                permute();
            }
            available--;
        }
    }

    /** Observes a nonce and samples its bits, unless there are none. */
    public void grind(int bits) {
        if (bits > 0) {
            observe(1);
            sample(1);
        }
    }

    public long permutations() {
        return permutations;
    }

    private void permute() {
        permutations++;
        observed = 0;
        available = Poseidon2.RATE;
    }
}
