package dev.thimble.fri;

import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that fixes the FRI protocol for a given degree; part of the verification key.
 *
 * @param logBlowup log₂ of the inverse rate 1/ρ
 * @param queries the number of query positions, drawn with repetition
 * @param logArity log₂ of the folding factor; the last fold may be smaller
 * @param logFinalPolynomial log₂ of the number of coefficients that are sent in clear
 * @param logCap log₂ of the number of digests of a Merkle cap; smaller trees send all their leaf digests
 * @param grinding grinding bits per challenge
 * @param regime how soundness is counted
 */
public record FriParameters(
        int logBlowup,
        int queries,
        int logArity,
        int logFinalPolynomial,
        int logCap,
        Grinding grinding,
        Regime regime) {

    /** Segments, leaves and nodes: blow-up 2, unique decoding, for up to 2^18 rows. */
    public static final FriParameters BASE = unique(1, 196, new Grinding(8, 0, 0, 8, List.of(), 20));
    /** As {@link #BASE}, for up to 2^20 rows. */
    public static final FriParameters SERVER = unique(1, 196, new Grinding(12, 0, 4, 12, List.of(), 20));
    /** The scheduler: blow-up 8, unique decoding. */
    public static final FriParameters SCHEDULER = unique(3, 98, new Grinding(8, 0, 0, 8, List.of(), 20));
    /** The shrinking layer: blow-up 64, Johnson. No shared columns. */
    public static final FriParameters SHRINK = johnson(6, 30, new Grinding(8, 0, 4, 25, List.of(16, 13, 10, 7), 20));

    public FriParameters {
        require("logBlowup", logBlowup, 1, 10);
        require("queries", queries, 1, 1024);
        require("logArity", logArity, 1, 4);
        require("logFinalPolynomial", logFinalPolynomial, 0, 10);
        require("logCap", logCap, 0, 10);
    }

    private static FriParameters unique(int logBlowup, int queries, Grinding grinding) {
        return new FriParameters(logBlowup, queries, 3, 4, 5, grinding, Regime.uniqueDecoding());
    }

    private static FriParameters johnson(int logBlowup, int queries, Grinding grinding) {
        return new FriParameters(logBlowup, queries, 3, 4, 5, grinding, new Regime.Johnson(3));
    }

    /**
     * log₂ of each folding factor for a polynomial of fewer than 2^logDegree coefficients, first fold first. Their sum is
     * logDegree − logFinalPolynomial, or there is none.
     */
    public List<Integer> foldLogArities(int logDegree) {
        require("logDegree", logDegree, 0, KoalaBear.TWO_ADICITY - logBlowup);
        List<Integer> folds = new ArrayList<>();
        for (int log = logDegree; log > logFinalPolynomial; log -= logArity) {
            folds.add(Math.min(logArity, log - logFinalPolynomial));
        }
        return List.copyOf(folds);
    }

    /** log₂ of the number of coefficients in clear for a polynomial of fewer than 2^logDegree coefficients. */
    public int logFinalDegree(int logDegree) {
        return Math.min(logFinalPolynomial, logDegree);
    }

    /** log₂ of the cap of a tree with 2^logLeaves leaves. */
    public int logCapOf(int logLeaves) {
        return Math.min(logCap, logLeaves);
    }

    private static void require(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " must be in " + from + ".." + to + ": " + value);
        }
    }
}
