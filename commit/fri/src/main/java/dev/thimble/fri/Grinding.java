package dev.thimble.fri;

import java.util.List;

/**
 * Grinding bits before each challenge: a prover must try 2^bits nonces for each new challenge value.
 *
 * @param lookup before the challenges of the local buses
 * @param alpha before the constraint challenge
 * @param zeta before the out-of-domain point
 * @param batching before the challenge that batches the openings
 * @param folds before each folding challenge in order; folds beyond the list have none
 * @param query before the query positions
 */
public record Grinding(int lookup, int alpha, int zeta, int batching, List<Integer> folds, int query) {
    private static final int MAX_BITS = 28;

    /** No grinding, for tests of the protocol itself. */
    public static final Grinding NONE = new Grinding(0, 0, 0, 0, List.of(), 0);

    public Grinding {
        folds = List.copyOf(folds);
        require("lookup", lookup);
        require("alpha", alpha);
        require("zeta", zeta);
        require("batching", batching);
        folds.forEach(bits -> require("fold", bits));
        require("query", query);
    }

    /** The bits before folding challenge {@code round}, counted from 0. */
    public int fold(int round) {
        return round < folds.size() ? folds.get(round) : 0;
    }

    private static void require(String name, int bits) {
        if (bits < 0 || bits > MAX_BITS) {
            throw new IllegalArgumentException(name + " grinding bits must be in 0.." + MAX_BITS + ": " + bits);
        }
    }
}
