package dev.thimble.fri;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The error terms of one proof, round by round, as ε = 2^−bits after each term's own grinding.
 *
 * <p>Let n = 2^logRows/ρ, F = p⁴, L the list size of the regime (1 in unique decoding) and B the number of functions that
 * are batched by powers. The terms are
 *
 * <ul>
 *   <li>lookup: L·slots/F: the sum over all local messages of all rows, as a rational function of α, has a numerator of degree
 *       below their number, and independent γ add nothing (LogUp, ePrint 2022/1530);
 *   <li>constraints: L·(constraints − 1)/F, powers of α (ePrint 2022/1216, Theorem 8, counts one more, and so do we);
 *   <li>out of domain: L·(d·(N + o − 1) + N − 1)/(F − N − n), constraint degree d and o opened points per column (same);
 *   <li>batching: (B − 1)·ε(n), and fold i of factor 2^a onto length n': (2^a − 1)·ε(n');
 *   <li>queries: (1 − δ)^queries;
 * </ul>
 *
 * with, in unique decoding, δ = (1 − ρ)/2 and ε(n) = (δn + 1)/F (ePrint 2025/2055, Corollary 1.4) and, in the Johnson
 * regime, δ = 1 − √ρ(1 + 1/2m), L = (m + ½)/√ρ and ε(n) = [(2(m+½)^5 + 3(m+½)δρ)·n/(3ρ√ρ) + (m+½)/√ρ]/F (Theorem 4.2).
 */
public final class Soundness {
    /** The least bits of every term, and of their sum. */
    public static final double TARGET_BITS = 100;

    private static final double LOG_PRIME = Math.log(2130706433) / Math.log(2);
    /** log₂ of the size of the challenge field, p⁴. */
    public static final double CHALLENGE_FIELD_BITS = 4 * LOG_PRIME;

    /**
     * What of a circuit enters its error terms.
     *
     * @param logRows log₂ of the rows
     * @param slotsPerRow messages of all local buses per row, whether selected or not
     * @param constraints the constraints that α combines
     * @param degree the largest constraint degree
     * @param batchedFunctions the opened (column, point) pairs that the batching challenge combines
     */
    public record Shape(int logRows, int slotsPerRow, int constraints, int degree, int batchedFunctions) {}

    /**
     * One error term.
     *
     * @param name the challenge that must be bad for a false proof to survive
     * @param theorem where the bound is from
     * @param bits −log₂ of the error after grinding
     * @param grinding the grinding bits within
     */
    public record Term(String name, String theorem, double bits, int grinding) {}

    private static final int OPENED_POINTS = 2;
    private static final String UNIQUE = "ePrint 2025/2055, Corollary 1.4 (unique decoding)";
    private static final String JOHNSON = "ePrint 2025/2055, Theorem 4.2 (Johnson)";

    private final FriParameters parameters;
    private final Shape shape;
    private final double rate;

    private Soundness(FriParameters parameters, Shape shape) {
        this.parameters = parameters;
        this.shape = shape;
        this.rate = Math.pow(2, -parameters.logBlowup());
    }

    /** All error terms of a proof, in the order of the protocol's challenges. */
    public static List<Term> terms(FriParameters parameters, Shape shape) {
        var soundness = new Soundness(parameters, shape);
        List<Term> terms = new ArrayList<>();
        soundness.addInteractiveTerms(terms);
        soundness.addProximityTerms(terms);
        return List.copyOf(terms);
    }

    /** −log₂ of the sum of all errors. */
    public static double sumBits(List<Term> terms) {
        return -log2(
                terms.stream().mapToDouble(term -> Math.pow(2, -term.bits())).sum());
    }

    /** The least bits of any term. */
    public static double minimumBits(List<Term> terms) {
        return terms.stream().mapToDouble(Term::bits).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether every term and the sum of all reach {@link #TARGET_BITS}. */
    public static boolean reachesTarget(List<Term> terms) {
        return minimumBits(terms) >= TARGET_BITS && sumBits(terms) >= TARGET_BITS;
    }

    /** The name of the theorem that bounds proximity in a regime. */
    public static String theorem(Regime regime) {
        return switch (regime) {
            case Regime.UniqueDecoding ignored -> UNIQUE;
            case Regime.Johnson ignored -> JOHNSON;
        };
    }

    private void addInteractiveTerms(List<Term> terms) {
        Grinding grinding = parameters.grinding();
        double rows = Math.pow(2, shape.logRows());
        if (shape.slotsPerRow() > 0) {
            terms.add(
                    term("lookup", "ePrint 2022/1530 (LogUp)", list() * shape.slotsPerRow() * rows, grinding.lookup()));
        }
        String ali = "ePrint 2022/1216, Theorem 8 (DEEP-ALI)";
        terms.add(term("constraints", ali, list() * shape.constraints(), grinding.alpha()));
        double roots = shape.degree() * (rows + OPENED_POINTS - 1) + rows - 1;
        terms.add(term("out of domain", ali, list() * roots, grinding.zeta()));
    }

    private void addProximityTerms(List<Term> terms) {
        Grinding grinding = parameters.grinding();
        String theorem = theorem(parameters.regime());
        double length = Math.pow(2, shape.logRows() + parameters.logBlowup());
        int others = Math.max(shape.batchedFunctions() - 1, 1);
        terms.add(term("batching", theorem, others * proximityGap(length), grinding.batching()));
        List<Integer> folds = parameters.foldLogArities(shape.logRows());
        for (int round = 0; round < folds.size(); round++) {
            length /= 1 << folds.get(round);
            double error = ((1 << folds.get(round)) - 1) * proximityGap(length);
            terms.add(term("fold " + (round + 1), theorem, error, grinding.fold(round)));
        }
        double queryBits = -parameters.queries() * log2(1 - distance());
        terms.add(new Term("queries", theorem, queryBits + grinding.query(), grinding.query()));
    }

    /** The term of error {@code timesField}/F with grinding. */
    private static Term term(String name, String theorem, double timesField, int grinding) {
        return new Term(name, theorem, CHALLENGE_FIELD_BITS - log2(timesField) + grinding, grinding);
    }

    /** δ, the relative distance that the queries must reject. */
    private double distance() {
        return switch (parameters.regime()) {
            case Regime.UniqueDecoding ignored -> (1 - rate) / 2;
            case Regime.Johnson(int m) -> 1 - Math.sqrt(rate) * (1 + 1.0 / (2 * m));
        };
    }

    /** L, how many codewords are within δ of a word. */
    private double list() {
        return switch (parameters.regime()) {
            case Regime.UniqueDecoding ignored -> 1;
            case Regime.Johnson(int m) -> (m + 0.5) / Math.sqrt(rate);
        };
    }

    /** F·ε(length). */
    private double proximityGap(double length) {
        DoubleUnaryOperator johnson = m -> {
            double numerator = (2 * Math.pow(m, 5) + 3 * m * distance() * rate) * length;
            return numerator / (3 * rate * Math.sqrt(rate)) + m / Math.sqrt(rate);
        };
        return switch (parameters.regime()) {
            case Regime.UniqueDecoding ignored -> distance() * length + 1;
            case Regime.Johnson(int m) -> johnson.applyAsDouble(m + 0.5);
        };
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
