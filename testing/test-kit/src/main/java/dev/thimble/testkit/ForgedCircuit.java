package dev.thimble.testkit;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Constraint;
import dev.thimble.air.Domain;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A circuit that several traces of a {@link ForgedBatch} share. */
public final class ForgedCircuit {
    final AirProgram program;
    final FixedTuples tables;
    private final RowEvaluator rows;
    private final Set<String> flags = new TreeSet<>();
    private final Map<Stage, List<Integer>> nextColumns = new HashMap<>();

    /** Prepares a circuit; the trace gives the preprocessed columns. */
    public ForgedCircuit(AirProgram program, Trace trace) {
        this.program = program;
        this.tables = new FixedTuples(program, trace);
        this.rows = new RowEvaluator(program, trace);
        findFlags();
        for (Stage stage : List.of(Stage.SHARED, Stage.MAIN)) {
            nextColumns.put(stage, program.nextColumns(stage));
        }
    }

    public AirProgram program() {
        return program;
    }

    /** Whether this is the same circuit, for whatever program. */
    boolean isSameAs(ForgedCircuit other) {
        return program.name().equals(other.program.name()) && program.tape().equals(other.program.tape());
    }

    /** Whether a node reads preprocessed columns only. */
    boolean isFixedByKey(int node) {
        return rows.leaves(node).stream().allMatch(leaf -> leaf.stage() == Stage.PREPROCESSED);
    }

    /** Whether a repair may give a column a canonical value: flags are 0 or 1. */
    boolean allows(Stage stage, int column, int value) {
        return value == 0 || value == 1 || !flags.contains(stage + "." + column);
    }

    /** Finds the columns that a constraint of their own holds to 0 and 1. */
    private void findFlags() {
        for (Constraint constraint : program.constraints().subList(0, program.authored())) {
            List<RowEvaluator.Leaf> leaves = rows.leaves(constraint.node());
            if (constraint.domain() == Domain.ALL && leaves.size() == 1 && constraint.degree() == 2) {
                RowEvaluator.Leaf leaf = leaves.getFirst();
                flags.add(leaf.stage() + "." + leaf.column());
            }
        }
    }

    boolean isReadOnNextRow(Stage stage, int column) {
        return nextColumns.getOrDefault(stage, List.of()).contains(column);
    }
}
