package dev.thimble.air;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A compiled circuit: its columns, its tape, and what must be zero where. Everything that reads a circuit reads this.
 *
 * @param name the circuit's name
 * @param logHeight log₂ of the number of rows
 * @param columns the columns of each stage in order; {@link Stage#LOOKUP} is not listed here
 * @param tape the nodes
 * @param constraints the author's constraints, then those of the lookup columns
 * @param authored how many of the constraints are the author's (all base)
 * @param interactions the messages in the order of their declaration
 * @param lookup the lookup columns
 * @param publicInputs the number of public inputs that the tape reads
 * @param maxDegree the bound on the degree of a constraint on all rows
 */
public record AirProgram(
        String name,
        int logHeight,
        Map<Stage, List<Column>> columns,
        Tape tape,
        List<Constraint> constraints,
        int authored,
        List<Interaction> interactions,
        LookupLayout lookup,
        int publicInputs,
        int maxDegree) {

    /** The degree bound that blow-up 2 allows. */
    public static final int DEFAULT_MAX_DEGREE = 3;

    public AirProgram {
        Map<Stage, List<Column>> copy = new EnumMap<>(Stage.class);
        columns.forEach((stage, list) -> copy.put(stage, List.copyOf(list)));
        columns = copy;
        constraints = List.copyOf(constraints);
        interactions = List.copyOf(interactions);
    }

    /**
     * Runs the author's code once.
     *
     * @throws IllegalArgumentException if a constraint's degree is over the bound, naming it
     */
    public static AirProgram compile(Air air) {
        return compile(air, DEFAULT_MAX_DEGREE);
    }

    /** As {@link #compile(Air)} with another degree bound. */
    public static AirProgram compile(Air air, int maxDegree) {
        TapeBuilder tape = new TapeBuilder();
        Constraints author = new Constraints(tape);
        air.define(author);
        LookupCompiler lookups = new LookupCompiler(tape, air.logHeight(), maxDegree);
        List<Interaction> interactions =
                author.messages().stream().map(lookups::interaction).toList();
        LookupLayout layout = lookups.layout(interactions);
        List<Constraint> constraints = new ArrayList<>(author.constraints());
        constraints.addAll(lookups.constraints(interactions, layout));
        for (Constraint constraint : constraints) {
            requireDegree(air, constraint, maxDegree);
        }
        Map<Stage, List<Column>> columns = new EnumMap<>(Stage.class);
        for (Stage stage : List.of(Stage.PREPROCESSED, Stage.SHARED, Stage.MAIN)) {
            columns.put(stage, author.columnsOf(stage));
        }
        return new AirProgram(
                air.name(),
                air.logHeight(),
                columns,
                tape.build(),
                constraints,
                author.constraints().size(),
                interactions,
                layout,
                author.publicInputs(),
                maxDegree);
    }

    private static void requireDegree(Air air, Constraint constraint, int maxDegree) {
        int bound = constraint.domain().degreeBound(maxDegree);
        if (constraint.degree() > bound) {
            throw new IllegalArgumentException("constraint '" + constraint.name() + "' of " + air.name()
                    + " has degree " + constraint.degree() + ", the bound is " + bound);
        }
    }

    public int height() {
        return 1 << logHeight;
    }

    /** The number of base columns of a stage. */
    public int width(Stage stage) {
        return stage == Stage.LOOKUP
                ? 4 * lookup.extensionColumns()
                : columns.getOrDefault(stage, List.of()).size();
    }

    /** The number of chunks of trace length that the quotient is split into: 2^⌈log₂(maxDegree − 1)⌉. */
    public int quotientChunks() {
        return Math.max(1, Integer.highestOneBit(2 * (maxDegree - 1) - 1));
    }

    /** The base columns of the committed quotient. */
    public int quotientWidth() {
        return 4 * quotientChunks();
    }

    /** All columns committed per proof, the quotient included and the preprocessed ones not. */
    public int committedColumns() {
        return width(Stage.SHARED) + width(Stage.MAIN) + width(Stage.LOOKUP) + quotientWidth();
    }

    /** The columns of a stage that some constraint reads on the next row, ascending; extension columns for LOOKUP. */
    public List<Integer> nextColumns(Stage stage) {
        Tape.Op op = switch (stage) {
            case PREPROCESSED -> Tape.Op.PREPROCESSED;
            case SHARED -> Tape.Op.SHARED;
            case MAIN -> Tape.Op.MAIN;
            case LOOKUP -> Tape.Op.LOOKUP;
        };
        TreeSet<Integer> result = new TreeSet<>();
        for (int node = 0; node < tape.size(); node++) {
            if (tape.ops()[node] == op && tape.rotation(node) == 1) {
                result.add(tape.columnIndex(node));
            }
        }
        return List.copyOf(result);
    }

    /** The interactions of one scope, in order. */
    public List<Interaction> interactions(Bus.Scope scope) {
        return interactions.stream().filter(i -> i.bus().scope() == scope).toList();
    }

    public boolean hasGlobalInteractions() {
        return lookup.globalAccumulator() >= 0;
    }

    /** The same circuit without one of the author's constraints, for mutation tests. */
    public AirProgram withoutConstraint(int index) {
        if (index < 0 || index >= authored) {
            throw new IllegalArgumentException("index must be 0 to " + (authored - 1) + ", got " + index);
        }
        List<Constraint> rest = new ArrayList<>(constraints);
        rest.remove(index);
        return new AirProgram(
                name, logHeight, columns, tape, rest, authored - 1, interactions, lookup, publicInputs, maxDegree);
    }

    /** The same rows without one message, for mutation tests with the row checker (its lookup columns stay). */
    public AirProgram withoutInteraction(int index) {
        List<Interaction> rest = new ArrayList<>(interactions);
        rest.remove(index);
        return new AirProgram(
                name, logHeight, columns, tape, constraints, authored, rest, lookup, publicInputs, maxDegree);
    }
}
