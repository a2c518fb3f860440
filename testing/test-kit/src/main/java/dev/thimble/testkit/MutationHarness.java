package dev.thimble.testkit;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Constraint;
import dev.thimble.air.Interaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Leaves out every constraint and every table look-up of a circuit in turn, and looks for an attack: traces that the rest
 * of the circuit accepts and the whole one does not. A mutant without one is a constraint that nothing needs, or a test that
 * is not good enough; either way somebody has to look.
 *
 * <p>Attacks start from scenes: honest batches, of which one cell is changed, and executions with a fault in them. Whatever
 * fails then is repaired by {@link ForgerySearch}.
 */
public final class MutationHarness {
    /**
     * A circuit without one of its parts. Exactly one of the two numbers is not −1. Without a constraint means without all
     * that say the same.
     */
    public record Mutant(ForgedCircuit circuit, int constraint, int interaction) {
        /** The name of what is left out. */
        public String name() {
            AirProgram program = circuit.program();
            return constraint >= 0
                    ? program.constraints().get(constraint).name()
                    : program.interactions().get(interaction).name();
        }

        private boolean saysTheSame(int index) {
            if (constraint < 0) {
                return false;
            }
            Constraint left = circuit.program().constraints().get(constraint);
            Constraint right = circuit.program().constraints().get(index);
            return left.node() == right.node() && left.domain() == right.domain();
        }

        @Override
        public String toString() {
            return circuit.program().name() + " without '" + name() + "'";
        }
    }

    /** A row where attacks may start. */
    public record Place(int instance, int row) {}

    /** A canonical value for a cell. */
    public record Change(Cell cell, int value) {}

    /**
     * A batch to attack.
     *
     * @param places rows where attacks on an honest batch may start; none for a batch that is wrong already
     * @param starts attacks that begin with these changes
     */
    public record Scene(String name, ForgedBatch batch, List<Place> places, List<List<Change>> starts) {
        public Scene {
            places = List.copyOf(places);
            starts = List.copyOf(starts);
        }
    }

    /** A successful attack: the mutant accepts these changes of a scene, the circuit does not. */
    public record Attack(String scene, List<Cell> cells) {
        public Attack {
            cells = List.copyOf(cells);
        }
    }

    private record Seed(Cell cell, int value, int wrong) {
        String sort() {
            return cell.instance() + "." + cell.stage() + "." + cell.column() + "=" + value;
        }
    }

    private static final int FEW_WRONG = 3;
    private static final int FEW_STEPS = 4;

    private final Map<Mutant, Attack> attacks = new LinkedHashMap<>();
    private final List<Mutant> open = new ArrayList<>();

    /** All mutants of a circuit that accept honest traces: one per constraint and one per look-up in a fixed table. */
    public void add(ForgedCircuit circuit) {
        AirProgram program = circuit.program();
        Set<List<Integer>> known = new HashSet<>();
        for (int i = 0; i < program.authored(); i++) {
            Constraint constraint = program.constraints().get(i);
            boolean first = known.add(List.of(constraint.domain().code(), constraint.node()));
            if (first && !circuit.isFixedByKey(constraint.node())) {
                open.add(new Mutant(circuit, i, -1));
            }
        }
        for (int i = 0; i < program.interactions().size(); i++) {
            Interaction interaction = program.interactions().get(i);
            if (interaction.sign() < 0 && circuit.tables.has(interaction.bus().tag())) {
                open.add(new Mutant(circuit, -1, i));
            }
        }
    }

    /** Attacks every mutant that is still open, with so many repair steps for every start. */
    public void attack(Scene scene, int steps) {
        for (Mutant mutant : List.copyOf(open)) {
            if (repairs(scene, mutant, steps) || forges(scene, mutant, steps)) {
                attacks.put(mutant, new Attack(scene.name, scene.batch.changedCells()));
                open.remove(mutant);
            }
            scene.batch.drop(-1, -1);
        }
    }

    /** Sets mutants aside that are known to accept nothing more than the circuit. */
    public void setAside(Set<String> equivalents) {
        open.removeIf(mutant -> equivalents.contains(mutant.toString()));
    }

    /**
     * The messages, other than look-ups in fixed tables, that an honest batch does not need. Without one that it needs the
     * bus does not balance, so no honest trace is accepted: completeness tests tell such mutants apart.
     */
    public static List<String> idleMessages(Scene honest, ForgedCircuit circuit) {
        AirProgram program = circuit.program();
        List<String> idle = new ArrayList<>();
        for (int i = 0; i < program.interactions().size(); i++) {
            Interaction interaction = program.interactions().get(i);
            if (!circuit.tables.has(interaction.bus().tag()) && !honest.batch.says(circuit, i)) {
                idle.add(interaction.name());
            }
        }
        return idle;
    }

    /** Mutants without an attack. */
    public List<Mutant> survivors() {
        return List.copyOf(open);
    }

    /** The attacks found. */
    public Map<Mutant, Attack> attacks() {
        return Map.copyOf(attacks);
    }

    private static boolean isOf(Mutant mutant, ForgedBatch batch, int instance) {
        return batch.instances.get(instance).circuit().isSameAs(mutant.circuit);
    }

    private static ForgerySearch search(Scene scene, Mutant mutant) {
        ForgedBatch batch = scene.batch;
        if (mutant.interaction >= 0) {
            for (int i = 0; i < batch.instances.size(); i++) {
                if (isOf(mutant, batch, i)) {
                    batch.drop(i, mutant.interaction);
                    break;
                }
            }
            return new ForgerySearch(batch, failure -> false);
        }
        return new ForgerySearch(batch, failure -> isTarget(mutant, batch, failure));
    }

    private static boolean isTarget(Mutant mutant, ForgedBatch batch, Failure failure) {
        return failure instanceof Failure.OfConstraint c
                && isOf(mutant, batch, c.instance())
                && mutant.saysTheSame(c.index());
    }

    private static Predicate<ForgedBatch> goal(Mutant mutant) {
        return mutant.interaction >= 0
                ? ForgedBatch::dropMatters
                : batch -> batch.failures().stream().anyMatch(failure -> isTarget(mutant, batch, failure));
    }

    private static boolean repairs(Scene scene, Mutant mutant, int steps) {
        ForgerySearch search = search(scene, mutant);
        for (List<Change> start : scene.starts) {
            start.forEach(change -> scene.batch.set(change.cell, change.value));
            if (goal(mutant).test(scene.batch) && search.repair(steps, goal(mutant))) {
                return true;
            }
            scene.batch.undoTo(0);
        }
        return false;
    }

    /** First every single change at its place, with few repairs; then the most promising changes with many. */
    private static boolean forges(Scene scene, Mutant mutant, int steps) {
        ForgerySearch search = search(scene, mutant);
        Map<String, Seed> best = new TreeMap<>();
        for (Place place : scene.places) {
            for (Seed seed : seeds(scene, mutant, search, place)) {
                if (seed.wrong <= FEW_WRONG && succeeds(scene, mutant, search, seed, FEW_STEPS)) {
                    return true;
                }
                best.merge(seed.sort(), seed, (x, y) -> x.wrong <= y.wrong ? x : y);
            }
        }
        return steps > FEW_STEPS
                && best.values().stream()
                        .sorted(Comparator.comparingInt(Seed::wrong))
                        .anyMatch(seed -> succeeds(scene, mutant, search, seed, steps));
    }

    private static boolean succeeds(Scene scene, Mutant mutant, ForgerySearch search, Seed seed, int steps) {
        scene.batch.set(seed.cell, seed.value);
        if (search.repair(steps, goal(mutant))) {
            return true;
        }
        scene.batch.undoTo(0);
        return false;
    }

    /** Changes of one cell that a place's row reads and that break the target. */
    private static List<Seed> seeds(Scene scene, Mutant mutant, ForgerySearch search, Place place) {
        List<Seed> seeds = new ArrayList<>();
        if (isOf(mutant, scene.batch, place.instance)) {
            for (int node : nodes(mutant)) {
                for (Cell cell : ForgerySearch.cells(scene.batch, place.instance, place.row, node)) {
                    if (mutant.interaction >= 0 || scene.batch.dependsOn(place, node, cell)) {
                        addSeeds(scene.batch, search, goal(mutant), cell, seeds);
                    }
                }
            }
        }
        return seeds;
    }

    private static List<Integer> nodes(Mutant mutant) {
        AirProgram program = mutant.circuit.program();
        return mutant.constraint >= 0
                ? List.of(program.constraints().get(mutant.constraint).node())
                : program.interactions().get(mutant.interaction).tuple();
    }

    private static void addSeeds(
            ForgedBatch batch, ForgerySearch search, Predicate<ForgedBatch> goal, Cell cell, List<Seed> seeds) {
        for (int value : ForgerySearch.otherValues(batch.get(cell))) {
            batch.set(cell, value);
            if (goal.test(batch)) {
                seeds.add(new Seed(cell, value, search.wrong()));
            }
            batch.undoTo(0);
        }
    }
}
