package dev.thimble.air;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an author says about a trace. Column order here is column order in the trace.
 *
 * <p>Names of constraints and messages are unique within a circuit, so that a report names the one that fails.
 */
public final class Constraints {
    /** A message before its lookup columns exist. */
    record Message(String name, Bus bus, int sign, int multiplicity, List<Integer> tuple) {}

    private final TapeBuilder tape;
    private final Map<Stage, List<Column>> columns = new EnumMap<>(Stage.class);
    private final List<Constraint> list = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int publicInputs;

    Constraints(TapeBuilder tape) {
        this.tape = tape;
        for (Stage stage : Stage.values()) {
            columns.put(stage, new ArrayList<>());
        }
    }

    // ---------------------------------------------------------------- columns

    public Column preprocessed(String name) {
        return column(Stage.PREPROCESSED, name);
    }

    public Column shared(String name) {
        return column(Stage.SHARED, name);
    }

    public Column main(String name) {
        return column(Stage.MAIN, name);
    }

    /** Columns name0 … name(count−1) of one stage. */
    public List<Column> columns(Stage stage, String name, int count) {
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(column(stage, name + i));
        }
        return result;
    }

    /** Public input number {@code index} of the proof, a base element. */
    public Expr publicInput(int index) {
        publicInputs = Math.max(publicInputs, index + 1);
        return new Expr(tape, tape.publicInput(index));
    }

    public Expr constant(long value) {
        return new Expr(tape, tape.constant(value));
    }

    // ---------------------------------------------------------------- constraints

    /** Constrains term = 0 on every row. */
    public void zero(String name, Term term) {
        constrain(name, Domain.ALL, term);
    }

    /** Constrains left = right on every row. */
    public void equal(String name, Term left, Term right) {
        zero(name, left.minus(right));
    }

    /** Constrains term to be 0 or 1 on every row. */
    public void bool(String name, Term term) {
        zero(name, term.times(term.minus(1)));
    }

    /** Constrains term = 0 on the first row; degree at most 2. */
    public void first(String name, Term term) {
        constrain(name, Domain.FIRST, term);
    }

    /** Constrains term = 0 on the last row; degree at most 2. */
    public void last(String name, Term term) {
        constrain(name, Domain.LAST, term);
    }

    /** Constrains term = 0 on every row but the last. */
    public void transition(String name, Term term) {
        constrain(name, Domain.TRANSITION, term);
    }

    /** Constrains a = b on every row where flag is not zero. */
    public void whenEqual(String name, Term flag, Term a, Term b) {
        zero(name, flag.times(a.minus(b)));
    }

    // ---------------------------------------------------------------- buses

    /**
     * Puts {@code multiplicity} copies of the tuple on the bus. On a global bus the multiplicity is constrained to be
     * boolean here, and it and the tuple may depend on shared and preprocessed columns only.
     */
    public void give(String name, Bus bus, Term multiplicity, Term... tuple) {
        message(name, bus, 1, multiplicity, tuple);
    }

    /** Takes {@code multiplicity} copies of the tuple off the bus; on a global bus as for {@link #give}. */
    public void take(String name, Bus bus, Term multiplicity, Term... tuple) {
        message(name, bus, -1, multiplicity, tuple);
    }

    private void message(String name, Bus bus, int sign, Term multiplicity, Term... tuple) {
        claim(name);
        if (tuple.length != bus.arity()) {
            throw new IllegalArgumentException("message '" + name + "' needs " + bus.arity() + " elements for bus "
                    + bus.name() + ", got " + tuple.length);
        }
        List<Integer> nodes = new ArrayList<>();
        for (Term term : tuple) {
            nodes.add(term.expr().node());
        }
        int selector = multiplicity.expr().node();
        if (bus.scope() == Bus.Scope.GLOBAL) {
            requireShared(name, selector);
            nodes.forEach(node -> requireShared(name, node));
            bool("selector of '" + name + "' is a flag", multiplicity);
        }
        messages.add(new Message(name, bus, sign, selector, List.copyOf(nodes)));
    }

    private void requireShared(String name, int node) {
        if (!tape.dependsOnlyUpTo(node, Stage.SHARED)) {
            throw new IllegalArgumentException(
                    "global message '" + name + "' may depend on shared and preprocessed columns only");
        }
    }

    private Column column(Stage stage, String name) {
        claim(stage + "." + name);
        List<Column> of = columnList(stage);
        Column column = new Column(tape, stage, of.size(), name);
        of.add(column);
        return column;
    }

    private void constrain(String name, Domain domain, Term term) {
        claim(name);
        Expr expr = term.expr();
        list.add(new Constraint(name, domain, expr.node(), expr.degree()));
    }

    private void claim(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("the name '" + name + "' is used twice in one circuit");
        }
    }

    // ---------------------------------------------------------------- for the compiler

    private List<Column> columnList(Stage stage) {
        return columns.computeIfAbsent(stage, s -> new ArrayList<>());
    }

    List<Column> columnsOf(Stage stage) {
        return Collections.unmodifiableList(columnList(stage));
    }

    List<Constraint> constraints() {
        return Collections.unmodifiableList(list);
    }

    List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    int publicInputs() {
        return publicInputs;
    }
}
