package dev.thimble.testkit;

import dev.thimble.air.Bus;
import dev.thimble.air.Constraint;
import dev.thimble.air.Domain;
import dev.thimble.air.Interaction;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The traces of a batch under the hands of a forger: cells can be changed and changed back, and after every change it is
 * known what is wrong. It says the same as row checker and bus checker, but looks only at the rows that a change reaches.
 *
 * <p>Messages that {@link FixedTuples} serve count as balanced: a forger sets the multiplicity.
 */
public final class ForgedBatch {
    /** One instance; the trace is changed in place. */
    public record Instance(ForgedCircuit circuit, Trace trace) {}

    /** A message from outside, canonical; if {@code free}, a forger may claim another tuple. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Claim(Bus bus, int sign, int[] tuple, boolean free) {}

    /** Where a message comes from: a row's interaction, or a claim (instance −1, row = its number). */
    record Site(int instance, int row, int interaction) {}

    /** What one row says. */
    @SuppressWarnings("ArrayRecordComponent")
    private record RowState(
            List<Failure> failures, @Nullable BusMessage[] messages, boolean[] served, int[] multiplicities) {
        /** The message that an interaction puts on its bus, if no table serves it. */
        @Nullable
        BusMessage open(int interaction) {
            return served[interaction] ? null : messages[interaction];
        }
    }

    private record Undo(Cell cell, int oldValue, Map<Integer, RowState> oldStates, Set<Integer> firstTouched) {}

    final List<Instance> instances;
    final List<RowEvaluator> evaluators = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Map<Integer, RowState>> touched = new ArrayList<>();
    private final MessageLedger ledger = new MessageLedger();
    private final Deque<Undo> changes = new ArrayDeque<>();
    private int droppedCircuit = -1;
    private int droppedInteraction = -1;

    /** Reads all traces once; whatever is wrong with them already is among the failures. */
    public ForgedBatch(List<Instance> instances, List<Claim> claims) {
        this.instances = List.copyOf(instances);
        for (Instance instance : instances) {
            evaluators.add(new RowEvaluator(instance.circuit.program, instance.trace));
            touched.add(new TreeMap<>());
        }
        for (int i = 0; i < instances.size(); i++) {
            readAll(i);
        }
        for (Claim claim : claims) {
            this.claims.add(new Claim(claim.bus, claim.sign, claim.tuple.clone(), claim.free));
            ledger.count(globalMessage(claim), claim.sign > 0 ? 1 : KoalaBear.P - 1);
        }
    }

    private void readAll(int instance) {
        for (int row = 0; row < instances.get(instance).trace.height(); row++) {
            RowState state = read(instance, row, null);
            count(state, 1);
            for (int i = 0; i < state.messages.length; i++) {
                BusMessage message = state.open(i);
                if (message != null) {
                    ledger.note(message, new Site(instance, row, i));
                }
            }
            if (!state.failures.isEmpty()) {
                touched.get(instance).put(row, state);
            }
        }
    }

    // ---------------------------------------------------------------- reading

    private RowState read(int instance, int row, @Nullable RowState before) {
        ForgedCircuit circuit = instances.get(instance).circuit;
        RowEvaluator rows = evaluators.get(instance);
        rows.evaluate(row);
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < circuit.program.authored(); i++) {
            Constraint constraint = circuit.program.constraints().get(i);
            if (rows.value(constraint.node()) != 0 && holdsOn(constraint.domain(), row, circuit.program.height())) {
                failures.add(new Failure.OfConstraint(instance, row, i, constraint.name()));
            }
        }
        int count = circuit.program.interactions().size();
        RowState state = new RowState(List.copyOf(failures), new BusMessage[count], new boolean[count], new int[count]);
        for (int i = 0; i < count; i++) {
            readMessage(instance, i, rows, state, before);
        }
        return state;
    }

    private void readMessage(int instance, int i, RowEvaluator rows, RowState state, @Nullable RowState before) {
        ForgedCircuit circuit = instances.get(instance).circuit;
        Interaction interaction = circuit.program.interactions().get(i);
        int multiplicity = rows.value(interaction.multiplicity());
        if (multiplicity == 0 || circuit.tables.gives(i) || isDropped(instance, i)) {
            return;
        }
        BusMessage message = message(instance, rows, interaction);
        BusMessage known = before == null ? null : before.messages[i];
        boolean same = message.equals(known);
        state.messages[i] = same ? known : message;
        state.served[i] = (same && before != null) ? before.served[i] : isServed(message);
        int canonical = KoalaBear.toCanonical(multiplicity);
        state.multiplicities[i] = interaction.sign() > 0 ? canonical : KoalaBear.P - canonical;
    }

    private static boolean holdsOn(Domain domain, int row, int height) {
        return switch (domain) {
            case ALL -> true;
            case FIRST -> row == 0;
            case LAST -> row == height - 1;
            case TRANSITION -> row < height - 1;
        };
    }

    private static BusMessage message(int instance, RowEvaluator rows, Interaction interaction) {
        int[] tuple = new int[interaction.tuple().size()];
        for (int i = 0; i < tuple.length; i++) {
            tuple[i] = KoalaBear.toCanonical(rows.value(interaction.tuple().get(i)));
        }
        boolean local = interaction.bus().scope() == Bus.Scope.LOCAL;
        return new BusMessage(local ? instance : -1, interaction.bus().tag(), tuple);
    }

    private static BusMessage globalMessage(Claim claim) {
        return new BusMessage(-1, claim.bus.tag(), claim.tuple);
    }

    private boolean isServed(BusMessage message) {
        return message.instance >= 0
                && instances.get(message.instance).circuit.tables.contains(message.tag, message.tuple);
    }

    private boolean isDropped(int instance, int interaction) {
        return droppedInteraction >= 0
                && interaction == droppedInteraction
                && instances.get(instance).circuit.isSameAs(instances.get(droppedCircuit).circuit);
    }

    private void count(RowState state, int sign) {
        for (int i = 0; i < state.messages.length; i++) {
            BusMessage message = state.open(i);
            if (message != null) {
                ledger.count(message, sign > 0 ? state.multiplicities[i] : KoalaBear.P - state.multiplicities[i]);
            }
        }
    }

    // ---------------------------------------------------------------- what is wrong

    /** Everything that is wrong now, constraints first. */
    public List<Failure> failures() {
        List<Failure> all = new ArrayList<>();
        touched.forEach(rows -> rows.values().forEach(state -> all.addAll(state.failures)));
        ledger.forEachOpen((message, count) -> all.add(new Failure.OfBus(message, count)));
        return all;
    }

    /** Whether an interaction of a circuit says anything in the batch as it was at first. */
    boolean says(ForgedCircuit circuit, int interaction) {
        return ledger.anySite(site -> site.interaction == interaction
                && instances.get(site.instance).circuit.isSameAs(circuit));
    }

    /** Whether some global message of the instances is another one than at first, or stands there more or less often. */
    boolean saysOtherwise() {
        Map<BusMessage, Integer> difference = new HashMap<>();
        for (Undo undo : changes) {
            for (int row : undo.firstTouched) {
                RowState now = touched.get(undo.cell.instance()).get(row);
                countGlobal(undo.oldStates.get(row), -1, difference);
                countGlobal(now, 1, difference);
            }
        }
        return difference.values().stream().anyMatch(count -> count != 0);
    }

    private static void countGlobal(@Nullable RowState state, int sign, Map<BusMessage, Integer> counts) {
        if (state == null) {
            return;
        }
        for (int i = 0; i < state.messages.length; i++) {
            BusMessage message = state.open(i);
            if (message != null && message.instance < 0) {
                int given = state.multiplicities[i] == 1 ? 1 : -1;
                counts.merge(message, sign * given, Integer::sum);
            }
        }
    }

    /** Where copies of a message come from now. */
    List<Site> sites(BusMessage message) {
        List<Site> found = new ArrayList<>();
        for (Site site : ledger.sites(message)) {
            if (!touched.get(site.instance).containsKey(site.row)) {
                found.add(site);
            }
        }
        for (int instance = 0; instance < touched.size(); instance++) {
            for (Map.Entry<Integer, RowState> entry : touched.get(instance).entrySet()) {
                RowState state = entry.getValue();
                for (int i = 0; i < state.messages.length; i++) {
                    if (message.equals(state.open(i))) {
                        found.add(new Site(instance, entry.getKey(), i));
                    }
                }
            }
        }
        for (int i = 0; i < claims.size(); i++) {
            if (message.equals(globalMessage(claims.get(i)))) {
                found.add(new Site(Cell.CLAIM, i, claims.get(i).free ? 0 : -1));
            }
        }
        return found;
    }

    /** The messages of the highest interaction that agree with this one in their first two elements. */
    List<BusMessage> latestLike(BusMessage message) {
        return ledger.latestLike(message);
    }

    /** From now on one interaction of an instance's circuit does not count; −1 counts all again. Undoes every change. */
    void drop(int instance, int interaction) {
        undoTo(0);
        droppedCircuit = instance;
        droppedInteraction = interaction;
        for (int i = 0; i < instances.size(); i++) {
            int of = i;
            touched.get(i).replaceAll((row, old) -> {
                RowState now = read(of, row, null);
                count(old, -1);
                count(now, 1);
                return now;
            });
        }
    }

    /** Whether the interaction that does not count says, on a changed row, what no table serves. */
    boolean dropMatters() {
        for (int instance = 0; instance < instances.size(); instance++) {
            if (!isDropped(instance, droppedInteraction)) {
                continue;
            }
            RowEvaluator rows = evaluators.get(instance);
            Interaction interaction =
                    instances.get(instance).circuit.program.interactions().get(droppedInteraction);
            for (int row : touched.get(instance).keySet()) {
                rows.evaluate(row);
                if (rows.value(interaction.multiplicity()) != 0 && !isServed(message(instance, rows, interaction))) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---------------------------------------------------------------- changes

    /** The canonical value of a cell. */
    public int get(Cell cell) {
        return cell.instance() == Cell.CLAIM
                ? claims.get(cell.row()).tuple[cell.column()]
                : KoalaBear.toCanonical(column(cell)[cell.row()]);
    }

    private int[] column(Cell cell) {
        return instances.get(cell.instance()).trace.stage(cell.stage())[cell.column()];
    }

    /** Writes a cell without looking at the consequences; for trying values. Returns the old one. */
    int poke(Cell cell, int canonical) {
        int old = get(cell);
        column(cell)[cell.row()] = KoalaBear.fromCanonical(canonical);
        return old;
    }

    /** Whether a node of a row's tape changes with a cell, as the other cells are. */
    boolean dependsOn(MutationHarness.Place place, int node, Cell cell) {
        RowEvaluator rows = evaluators.get(place.instance());
        int value = rows.canonical(node, place.row());
        int old = poke(cell, (get(cell) + 2) % KoalaBear.P);
        boolean depends = rows.canonical(node, place.row()) != value;
        poke(cell, old);
        return depends;
    }

    /** Changes a cell to a canonical value. */
    public void set(Cell cell, int canonical) {
        int old = get(cell);
        if (cell.instance() == Cell.CLAIM) {
            setClaim(cell, canonical);
            changes.push(new Undo(cell, old, Map.of(), Set.of()));
            return;
        }
        Map<Integer, RowState> before = new TreeMap<>();
        Set<Integer> firstTouched = new TreeSet<>();
        for (int row : reach(cell)) {
            RowState known = touched.get(cell.instance()).get(row);
            before.put(row, known == null ? read(cell.instance(), row, null) : known);
            if (known == null) {
                firstTouched.add(row);
            }
        }
        poke(cell, canonical);
        before.forEach((row, state) -> replace(cell.instance(), row, state, read(cell.instance(), row, state)));
        changes.push(new Undo(cell, old, before, firstTouched));
    }

    private int[] reach(Cell cell) {
        Instance instance = instances.get(cell.instance());
        int height = instance.trace.height();
        return instance.circuit.isReadOnNextRow(cell.stage(), cell.column())
                ? new int[] {cell.row(), (cell.row() + height - 1) % height}
                : new int[] {cell.row()};
    }

    private void replace(int instance, int row, RowState from, RowState to) {
        count(from, -1);
        count(to, 1);
        touched.get(instance).put(row, to);
    }

    private void setClaim(Cell cell, int canonical) {
        Claim claim = claims.get(cell.row());
        int sign = claim.sign > 0 ? 1 : KoalaBear.P - 1;
        ledger.count(globalMessage(claim), KoalaBear.P - sign);
        int[] tuple = claim.tuple.clone();
        tuple[cell.column()] = canonical;
        Claim changed = new Claim(claim.bus, claim.sign, tuple, claim.free);
        claims.set(cell.row(), changed);
        ledger.count(globalMessage(changed), sign);
    }

    /** How many changes there are; for {@link #undoTo}. */
    public int mark() {
        return changes.size();
    }

    /** Takes changes back until there are {@code mark}. */
    public void undoTo(int mark) {
        while (changes.size() > mark) {
            Undo undo = changes.pop();
            if (undo.cell.instance() == Cell.CLAIM) {
                setClaim(undo.cell, undo.oldValue);
            } else {
                poke(undo.cell, undo.oldValue);
                Map<Integer, RowState> rows = touched.get(undo.cell.instance());
                undo.oldStates.forEach(
                        (row, state) -> replace(undo.cell.instance(), row, rows.getOrDefault(row, state), state));
                undo.firstTouched.forEach(rows::remove);
            }
        }
    }

    /** The cells changed, latest first. */
    public List<Cell> changedCells() {
        return changes.stream().map(Undo::cell).distinct().toList();
    }
}
