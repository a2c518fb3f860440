package dev.thimble.testkit;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.air.Tape;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Evaluates base nodes of a tape on rows of a trace that may change under it: all of them, or one with what it needs. */
final class RowEvaluator {
    /** A column that a node reads. */
    record Leaf(Stage stage, int column, int rotation) {}

    private final Tape tape;
    private final Trace trace;
    private final int[] publicInputs;
    private final int[] baseNodes;
    private final int[] values;
    private final Map<Integer, int[]> cones = new HashMap<>();
    private final Map<Integer, List<Leaf>> leaves = new HashMap<>();

    RowEvaluator(AirProgram program, Trace trace, int... publicInputs) {
        this.tape = program.tape();
        this.trace = trace;
        this.publicInputs = publicInputs.clone();
        this.values = new int[tape.size()];
        List<Integer> base = new ArrayList<>();
        for (int node = 0; node < tape.size(); node++) {
            if (!tape.extension()[node]) {
                base.add(node);
            }
        }
        this.baseNodes = base.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Computes all base nodes on a row; {@link #value} reads them. */
    void evaluate(int row) {
        evaluate(baseNodes, row);
    }

    /** The value of a base node on the row evaluated last, in Montgomery form. */
    int value(int node) {
        return values[node];
    }

    /** The value of one node on a row, canonical. */
    int canonical(int node, int row) {
        evaluate(cones.computeIfAbsent(node, this::cone), row);
        return KoalaBear.toCanonical(values[node]);
    }

    /** The columns that a node depends on. */
    List<Leaf> leaves(int node) {
        return leaves.computeIfAbsent(node, this::findLeaves);
    }

    /** True iff the node is a column itself, on the current row. */
    boolean isColumn(int node) {
        return stage(node) != null && tape.rotation(node) == 0;
    }

    private List<Leaf> findLeaves(int root) {
        List<Leaf> found = new ArrayList<>();
        for (int node : cones.computeIfAbsent(root, this::cone)) {
            Stage stage = stage(node);
            if (stage != null) {
                found.add(new Leaf(stage, tape.columnIndex(node), tape.rotation(node)));
            }
        }
        return List.copyOf(found);
    }

    private @Nullable Stage stage(int node) {
        return switch (tape.ops()[node]) {
            case PREPROCESSED -> Stage.PREPROCESSED;
            case SHARED -> Stage.SHARED;
            case MAIN -> Stage.MAIN;
            default -> null;
        };
    }

    private int[] cone(int root) {
        TreeSet<Integer> nodes = new TreeSet<>();
        List<Integer> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            int node = open.removeLast();
            if (nodes.add(node) && !tape.ops()[node].isLeaf()) {
                open.add(tape.a()[node]);
                open.add(tape.b()[node]);
            }
        }
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    private void evaluate(int[] nodes, int row) {
        int[] a = tape.a();
        int[] b = tape.b();
        Tape.Op[] ops = tape.ops();
        for (int node : nodes) {
            values[node] = switch (ops[node]) {
                case CONSTANT -> KoalaBear.fromCanonical(a[node]);
                case PREPROCESSED -> cell(Stage.PREPROCESSED, node, row);
                case SHARED -> cell(Stage.SHARED, node, row);
                case MAIN -> cell(Stage.MAIN, node, row);
                case PUBLIC -> publicInputs[a[node]];
                case ADD -> KoalaBear.add(values[a[node]], values[b[node]]);
                case SUB -> KoalaBear.sub(values[a[node]], values[b[node]]);
                case MUL -> KoalaBear.mul(values[a[node]], values[b[node]]);
                case LOOKUP, CHALLENGE -> throw new IllegalStateException("extension leaf");
            };
        }
    }

    private int cell(Stage stage, int node, int row) {
        int at = row + tape.rotation(node);
        return trace.stage(stage)[tape.columnIndex(node)][at == trace.height() ? 0 : at];
    }
}
