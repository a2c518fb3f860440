package dev.thimble.testkit;

import dev.thimble.air.Stage;
import dev.thimble.field.KoalaBear;
import dev.thimble.testkit.Repairs.Assignment;
import dev.thimble.testkit.Repairs.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for a change of a batch that leaves nothing wrong but what the forger is allowed to leave wrong: start with one
 * cell, then repair what fails, the repair that leaves least wrong first, never changing a cell twice.
 */
final class ForgerySearch {
    private static final int DEPTH = 20;
    private static final int MAXIMUM_WRONG = 30;
    private static final int[] DETOURS = {0, 1, 3, 6};

    private final ForgedBatch batch;
    private final Predicate<Failure> tolerated;
    private final Set<Cell> given;
    private final Set<Cell> fixed = new HashSet<>();
    private final Repairs repairs;
    private int steps;

    /** {@code tolerated}: what may stay wrong. */
    ForgerySearch(ForgedBatch batch, Predicate<Failure> tolerated) {
        this(batch, tolerated, Set.of());
    }

    /** With cells that must stay as they are. */
    ForgerySearch(ForgedBatch batch, Predicate<Failure> tolerated, Set<Cell> given) {
        this.batch = batch;
        this.tolerated = tolerated;
        this.given = given;
        this.repairs = new Repairs(batch, fixed);
    }

    /** Starts from the batch as it is; on success its changes stay, otherwise they are taken back. */
    boolean repair(int maximumSteps, Predicate<ForgedBatch> goal) {
        steps = maximumSteps;
        fixed.clear();
        fixed.addAll(batch.changedCells());
        fixed.addAll(given);
        int mark = batch.mark();
        for (int detours : DETOURS) {
            if (steps > 0 && descend(DEPTH, detours, goal)) {
                return true;
            }
            batch.undoTo(mark);
        }
        return false;
    }

    /** How much is wrong now. */
    int wrong() {
        return (int) batch.failures().stream().filter(tolerated.negate()).count();
    }

    /** Takes the best move, or the k-th best one as long as the k add up to no more than {@code detours}. */
    private boolean descend(int depth, int detours, Predicate<ForgedBatch> goal) {
        List<Failure> wrong =
                batch.failures().stream().filter(tolerated.negate()).toList();
        if (wrong.isEmpty()) {
            return goal.test(batch);
        }
        if (depth == 0 || wrong.size() > MAXIMUM_WRONG || steps-- <= 0) {
            return false;
        }
        List<Move> moves = ranked(wrong);
        for (int k = 0; k < Math.min(detours + 1, moves.size()); k++) {
            int mark = batch.mark();
            apply(moves.get(k));
            if (descend(depth - 1, detours - k, goal)) {
                return true;
            }
            takeBack(moves.get(k), mark);
        }
        return false;
    }

    private void apply(Move move) {
        for (Assignment assignment : move.assignments()) {
            batch.set(assignment.cell(), assignment.value());
            fixed.add(assignment.cell());
        }
    }

    private void takeBack(Move move, int mark) {
        batch.undoTo(mark);
        move.assignments().forEach(a -> fixed.remove(a.cell()));
    }

    private record Ranked(Move move, int wrong, boolean nearby) {}

    /**
     * The moves against the first failure, those that leave least wrong first; among equals a constraint is mended in the
     * rows at hand, a message elsewhere.
     */
    private List<Move> ranked(List<Failure> wrong) {
        List<Ranked> ranked = new ArrayList<>();
        Set<Integer> rows = new HashSet<>();
        boolean spreads = wrong.getFirst() instanceof Failure.OfBus;
        batch.changedCells().forEach(cell -> rows.add(row(cell)));
        for (Move move : new HashSet<>(repairs.of(wrong.getFirst(), wrong))) {
            int mark = batch.mark();
            boolean nearby = rows.contains(row(move.assignments().getFirst().cell()));
            apply(move);
            ranked.add(new Ranked(move, wrong() + move.handicap(), nearby));
            takeBack(move, mark);
        }
        ranked.sort(Comparator.comparingInt(Ranked::wrong)
                .thenComparing(r -> r.nearby == spreads)
                .thenComparing(r -> r.move.toString()));
        return ranked.stream().map(Ranked::move).toList();
    }

    private static int row(Cell cell) {
        return 31 * cell.row() + cell.instance();
    }

    /** Values to start with instead of an old one: neighbours, the other bit, and what wraps in equations of limbs. */
    static List<Integer> otherValues(int old) {
        long p = KoalaBear.P;
        Set<Integer> values = new LinkedHashSet<>();
        for (long step :
                new long[] {1 - 2L * old, 1, -1, 1 << 16, -(1 << 16), -2L * old, 2L - old, -1L - old, 256, 4, -4}) {
            values.add((int) Math.floorMod(old + step, p));
        }
        for (int power : new int[] {2, 8, 15, 16}) {
            long inverse = KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << power)));
            values.add((int) Math.floorMod(old + inverse, p));
            values.add((int) Math.floorMod(old - inverse, p));
        }
        values.remove(old);
        return List.copyOf(values);
    }

    /** The changeable cells that a node reads on a row. */
    static List<Cell> cells(ForgedBatch batch, int instance, int row, int node) {
        int height = batch.instances.get(instance).trace().height();
        return batch.evaluators.get(instance).leaves(node).stream()
                .filter(leaf -> leaf.stage() != Stage.PREPROCESSED)
                .map(leaf -> new Cell(instance, leaf.stage(), leaf.column(), (row + leaf.rotation()) % height))
                .toList();
    }
}
