package dev.thimble.testkit;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Interaction;
import dev.thimble.air.Stage;
import dev.thimble.air.Tape;
import dev.thimble.air.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tuples that a circuit gives as often as a prover likes: messages of preprocessed columns whose multiplicity is a main
 * column of its own. To take one of them is always possible, to take another one on the same bus never.
 */
final class FixedTuples {
    private final BitSet interactions = new BitSet();
    /** Per tag of a bus, its tuples in lexicographic order. */
    private final Map<Integer, int[][]> byTag = new HashMap<>();

    FixedTuples(AirProgram program, Trace trace) {
        RowEvaluator rows = new RowEvaluator(program, trace);
        Map<Integer, List<int[]>> found = new HashMap<>();
        for (int i = 0; i < program.interactions().size(); i++) {
            Interaction interaction = program.interactions().get(i);
            if (isTable(program, rows, interaction)) {
                interactions.set(i);
                List<int[]> tuples = found.computeIfAbsent(interaction.bus().tag(), tag -> new ArrayList<>());
                for (int row = 0; row < trace.height(); row++) {
                    tuples.add(tuple(rows, interaction, row));
                }
            }
        }
        found.forEach((tag, tuples) -> {
            tuples.sort(Arrays::compare);
            byTag.put(tag, tuples.toArray(int[][]::new));
        });
    }

    private static boolean isTable(AirProgram program, RowEvaluator rows, Interaction interaction) {
        int multiplicity = interaction.multiplicity();
        return interaction.sign() > 0
                && rows.isColumn(multiplicity)
                && program.tape().ops()[multiplicity] == Tape.Op.MAIN
                && interaction.tuple().stream()
                        .flatMap(node -> rows.leaves(node).stream())
                        .allMatch(leaf -> leaf.stage() == Stage.PREPROCESSED);
    }

    private static int[] tuple(RowEvaluator rows, Interaction interaction, int row) {
        return interaction.tuple().stream()
                .mapToInt(node -> rows.canonical(node, row))
                .toArray();
    }

    /** Whether an interaction gives such tuples. */
    boolean gives(int interaction) {
        return interactions.get(interaction);
    }

    /** Whether the bus of this tag has such tuples. */
    boolean has(int tag) {
        return byTag.containsKey(tag);
    }

    boolean contains(int tag, int[] tuple) {
        return first(tag, tuple, tuple.length) != null;
    }

    /** The first tuple that begins like the given one, or null. */
    int @Nullable [] first(int tag, int[] tuple, int length) {
        int[][] tuples = byTag.getOrDefault(tag, new int[0][]);
        int low = 0;
        int high = tuples.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compare(tuples[middle], 0, length, tuple, 0, length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = low < tuples.length && Arrays.equals(tuples[low], 0, length, tuple, 0, length);
        return found ? tuples[low] : null;
    }
}
