package dev.thimble.testkit;

import dev.thimble.air.Interaction;
import dev.thimble.air.Stage;
import dev.thimble.field.KoalaBear;
import dev.thimble.testkit.ForgedBatch.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a forger can try against one failure: for a constraint, the value of one cell that satisfies it; for a message, to
 * turn a copy into one that is missing on the other side, into one that a table serves, or to withdraw it.
 */
final class Repairs {
    private static final int P = KoalaBear.P;
    /** To switch an instruction or a message off usually breaks more than it mends. */
    private static final int FLAG_HANDICAP = 1;
    /** To change the last element of a message, a time or a table's value, often closes a circle. */
    private static final int TIME_HANDICAP = 4;

    /** Changes that belong together, and a handicap: moves that seldom lead on. */
    record Move(List<Assignment> assignments, int handicap) {
        Move {
            assignments = List.copyOf(assignments);
        }
    }

    /** A cell and its new canonical value. */
    record Assignment(Cell cell, int value) {}

    private final ForgedBatch batch;
    private final Set<Cell> fixed;

    /** {@code fixed}: cells that are not to be changed (any more). */
    Repairs(ForgedBatch batch, Set<Cell> fixed) {
        this.batch = batch;
        this.fixed = fixed;
    }

    List<Move> of(Failure failure, List<Failure> all) {
        return switch (failure) {
            case Failure.OfConstraint c -> ofConstraint(c);
            case Failure.OfBus bus -> ofMessage(bus, all);
        };
    }

    private List<Move> ofConstraint(Failure.OfConstraint failure) {
        ForgedCircuit circuit = batch.instances.get(failure.instance()).circuit();
        int node = circuit.program.constraints().get(failure.index()).node();
        return single(solve(failure.instance(), failure.row(), node, 0), 0);
    }

    private List<Move> single(List<Assignment> assignments, int handicap) {
        return assignments.stream()
                .map(a -> new Move(List.of(a), isFlag(a.cell()) ? FLAG_HANDICAP : handicap))
                .toList();
    }

    private boolean isFlag(Cell cell) {
        return !isAllowed(cell, 2);
    }

    // ---------------------------------------------------------------- equations

    /** The changes of one cell after which a node has a value on a row. */
    List<Assignment> solve(int instance, int row, int node, int target) {
        RowEvaluator rows = batch.evaluators.get(instance);
        int height = batch.instances.get(instance).trace().height();
        List<Assignment> found = new ArrayList<>();
        for (RowEvaluator.Leaf leaf : rows.leaves(node)) {
            Cell cell = new Cell(instance, leaf.stage(), leaf.column(), (row + leaf.rotation()) % height);
            if (leaf.stage() != Stage.PREPROCESSED && !fixed.contains(cell)) {
                solve(cell, rows, node, row, target, found);
            }
        }
        return found;
    }

    private void solve(Cell cell, RowEvaluator rows, int node, int row, int target, List<Assignment> found) {
        int old = batch.get(cell);
        long[] f = new long[3];
        for (int i = 0; i < 3; i++) {
            batch.poke(cell, (int) (((long) old + i) % P));
            f[i] = Math.floorMod((long) rows.canonical(node, row) - target, (long) P);
        }
        for (int step : Roots.ofQuadratic((int) f[0], (int) f[1], (int) f[2])) {
            int value = (int) (((long) old + step) % P);
            batch.poke(cell, value);
            if (step != 0 && isAllowed(cell, value) && rows.canonical(node, row) == target) {
                found.add(new Assignment(cell, value));
            }
        }
        batch.poke(cell, old);
    }

    private boolean isAllowed(Cell cell, int value) {
        return batch.instances.get(cell.instance()).circuit().allows(cell.stage(), cell.column(), value);
    }

    // ---------------------------------------------------------------- messages

    private List<Move> ofMessage(Failure.OfBus failure, List<Failure> all) {
        BusMessage message = failure.message();
        List<Move> moves = new ArrayList<>();
        for (Site site : batch.sites(message)) {
            if (hasTable(message)) {
                toServed(site, message, moves);
            } else {
                toPartner(site, failure, all, moves);
            }
            withdraw(site, moves);
        }
        if (!hasTable(message)) {
            redirect(message, moves);
        }
        return moves;
    }

    private boolean hasTable(BusMessage message) {
        return message.instance >= 0
                && batch.instances.get(message.instance).circuit().tables.has(message.tag);
    }

    /** Turns a message into one of the table: the one that begins alike, or one with a small last element. */
    private void toServed(Site site, BusMessage message, List<Move> moves) {
        FixedTuples tables = batch.instances.get(message.instance).circuit().tables;
        for (int length = message.tuple.length - 1; length > 0; length--) {
            int[] like = tables.first(message.tag, message.tuple, length);
            if (like != null) {
                split(site, message, length, moves);
                change(site, message.tuple, like, moves);
                for (int small = 1; small <= 2 && length < message.tuple.length; small++) {
                    int[] other = message.tuple.clone();
                    other[length] = small;
                    if (tables.contains(message.tag, other)) {
                        change(site, message.tuple, other, moves);
                    }
                }
                return;
            }
        }
    }

    /** For an element (x − c)/2^k with a cell c: gives c the low k bits of x. */
    private void split(Site site, BusMessage message, int element, List<Move> moves) {
        RowEvaluator rows = batch.evaluators.get(site.instance());
        int node = interaction(site).tuple().get(element);
        int height = batch.instances.get(site.instance()).trace().height();
        for (RowEvaluator.Leaf leaf : rows.leaves(node)) {
            Cell cell = new Cell(site.instance(), leaf.stage(), leaf.column(), (site.row() + leaf.rotation()) % height);
            if (leaf.stage() == Stage.PREPROCESSED || fixed.contains(cell)) {
                continue;
            }
            int old = batch.poke(cell, 0);
            int withoutLow = rows.canonical(node, site.row());
            batch.poke(cell, 1);
            int slope = KoalaBear.sub(
                    KoalaBear.fromCanonical(withoutLow), KoalaBear.fromCanonical(rows.canonical(node, site.row())));
            batch.poke(cell, old);
            int base = slope == 0 ? 0 : KoalaBear.toCanonical(KoalaBear.inverse(slope));
            if (Integer.bitCount(base) == 1 && base <= 1 << 16 && base > 1) {
                int x = (int) ((long) withoutLow * base % P);
                int[] served = message.tuple.clone();
                served[element] = x / base;
                if (x % base != old && serves(message, served)) {
                    moves.add(new Move(List.of(new Assignment(cell, x % base)), 0));
                }
            }
        }
    }

    private boolean serves(BusMessage message, int[] tuple) {
        return batch.instances.get(message.instance).circuit().tables.contains(message.tag, tuple);
    }

    /** Turns a message into one that is missing, or the other way round. */
    private void toPartner(Site site, Failure.OfBus failure, List<Failure> all, List<Move> moves) {
        BusMessage message = failure.message();
        for (Failure other : all) {
            if (other instanceof Failure.OfBus partner
                    && partner.message().tag == message.tag
                    && partner.message().instance == message.instance
                    && !partner.message().equals(message)) {
                change(site, message.tuple, partner.message().tuple, moves);
                for (Site of : batch.sites(partner.message())) {
                    change(of, partner.message().tuple, message.tuple, moves);
                }
            }
        }
    }

    /** Turns the last messages about the same subject (all elements but the value and time) into this one. */
    private void redirect(BusMessage message, List<Move> moves) {
        for (BusMessage other : batch.latestLike(message)) {
            for (Site site : batch.sites(other)) {
                change(site, other.tuple, message.tuple, moves);
            }
        }
    }

    private void withdraw(Site site, List<Move> moves) {
        if (site.instance() != Cell.CLAIM) {
            Interaction interaction = interaction(site);
            moves.addAll(single(solve(site.instance(), site.row(), interaction.multiplicity(), 0), FLAG_HANDICAP));
        }
    }

    private Interaction interaction(Site site) {
        return batch.instances
                .get(site.instance())
                .circuit()
                .program
                .interactions()
                .get(site.interaction());
    }

    /** Adds the moves that turn a message of a site from one tuple into another. */
    private void change(Site site, int[] from, int[] to, List<Move> moves) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            if (from[i] != to[i]) {
                differing.add(i);
            }
        }
        if (differing.isEmpty()) {
            return;
        }
        if (site.instance() == Cell.CLAIM) {
            if (site.interaction() == 0) {
                moves.add(new Move(
                        differing.stream()
                                .map(i -> new Assignment(Cell.ofClaim(site.row(), i), to[i]))
                                .toList(),
                        0));
            }
        } else if (differing.size() == 1) {
            int element = differing.getFirst();
            moves.addAll(single(
                    solve(site.instance(), site.row(), interaction(site).tuple().get(element), to[element]),
                    element == to.length - 1 ? TIME_HANDICAP : 0));
        } else {
            changeSeveral(site, to, differing, moves);
        }
    }

    private void changeSeveral(Site site, int[] to, List<Integer> differing, List<Move> moves) {
        List<Assignment> assignments = new ArrayList<>();
        List<Integer> olds = new ArrayList<>();
        for (int element : differing) {
            List<Assignment> ways =
                    solve(site.instance(), site.row(), interaction(site).tuple().get(element), to[element]);
            if (!ways.isEmpty()) {
                assignments.add(ways.getFirst());
                olds.add(batch.poke(ways.getFirst().cell(), ways.getFirst().value()));
            }
        }
        for (int i = assignments.size() - 1; i >= 0; i--) {
            batch.poke(assignments.get(i).cell(), olds.get(i));
        }
        if (assignments.size() == differing.size()) {
            moves.add(new Move(assignments, 0));
        }
    }
}
