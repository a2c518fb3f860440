package dev.thimble.starkprover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Challenges;
import dev.thimble.air.Tape;
import dev.thimble.air.Tape.Op;
import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The block evaluator computes what a node-by-node evaluation of the tape computes, for random tapes. */
final class BlockEvaluatorTest {
    private static final int LOG_ROWS = 7;
    private static final int WIDTH = 3;
    private static final List<Op> OPS = List.of(Op.values());
    private static final long SEED = 11;

    @Test
    void randomTapesOverConsecutiveRows() {
        for (int i = 0; i < 150; i++) {
            check(SEED + i, 1, 2, FieldKernels.scalar());
        }
    }

    @Test
    void randomTapesOverEveryFourthRow() {
        for (int i = 0; i < 50; i++) {
            check(SEED + i, 4, 8, FieldKernels.scalar());
        }
    }

    @Test
    void randomTapesWithVectorKernels() {
        FieldKernels.vector().ifPresent(kernels -> {
            for (int i = 0; i < 20; i++) {
                check(SEED + i, 1, 2, kernels);
            }
        });
    }

    @Test
    void aLongChainNeedsNoStackAndFewRegisters() {
        int size = 100_000;
        Op[] ops = new Op[size];
        int[] a = new int[size];
        int[] b = new int[size];
        ops[0] = Op.MAIN;
        for (int node = 1; node < size; node++) {
            ops[node] = node % 2 == 0 ? Op.MUL : Op.ADD;
            a[node] = node - 1;
        }
        TapePlan plan = TapePlan.compile(new Tape(ops, a, b, new boolean[size]), List.of(List.of(size - 1)));
        assertThat(plan.baseRegisters()).isEqualTo(1);
    }

    private static void check(long seed, int stride, int shift, FieldKernels kernels) {
        SplittableRandom random = new SplittableRandom(seed);
        Tape tape = randomTape(random, 60);
        int[] publicInputs = {random.nextInt(KoalaBear.P), random.nextInt(KoalaBear.P)};
        Ext4[] challenges = new Ext4[Challenges.COUNT];
        Arrays.setAll(challenges, i -> randomExt(random));
        RowSource rows = new RowSource(
                columns(random, WIDTH),
                columns(random, WIDTH),
                columns(random, WIDTH),
                columns(random, 4 * WIDTH),
                LOG_ROWS,
                stride,
                shift);
        List<List<Integer>> consumers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            consumers.add(List.of(random.nextInt(tape.size()), random.nextInt(tape.size())));
        }
        TapePlan plan = TapePlan.compile(tape, consumers);
        Scalars scalars = new Scalars(tape, publicInputs, challenges);
        int block = 16;
        BlockEvaluator evaluator = new BlockEvaluator(plan, rows, scalars, kernels, block);
        int points = (1 << LOG_ROWS) / stride;
        for (int from = 0; from < points; from += block) {
            evaluator.run(from, block, (index, values, first, length) -> {
                for (int which = 0; which < values.size(); which++) {
                    var view = evaluator.ext(values.get(which));
                    int node = consumers.get(index).get(which);
                    for (int i = 0; i < length; i++) {
                        Ext4 expected = evaluate(tape, rows, publicInputs, challenges, (first + i) * stride)[node];
                        assertThat(at(view, i))
                                .as("seed %d, node %d", seed, node)
                                .isEqualTo(expected);
                    }
                }
            });
        }
    }

    private static Ext4 at(BlockEvaluator.ExtView view, int i) {
        return Ext4.ofColumns(view.arrays(), view.offset() + i);
    }

    private static Ext4[] evaluate(Tape tape, RowSource rows, int[] publicInputs, Ext4[] challenges, int row) {
        Ext4[] values = new Ext4[tape.size()];
        for (int node = 0; node < values.length; node++) {
            int a = tape.a()[node];
            int b = tape.b()[node];
            int column = tape.columnIndex(node);
            int at = (row + tape.rotation(node) * rows.shift()) & (rows.length() - 1);
            values[node] = switch (tape.ops()[node]) {
                case CONSTANT -> Ext4.of(KoalaBear.fromCanonical(a));
                case PREPROCESSED -> Ext4.of(rows.preprocessed()[column][at]);
                case SHARED -> Ext4.of(rows.shared()[column][at]);
                case MAIN -> Ext4.of(rows.main()[column][at]);
                case LOOKUP -> Ext4.ofColumns(Arrays.copyOfRange(rows.lookup(), 4 * column, 4 * column + 4), at);
                case PUBLIC -> Ext4.of(publicInputs[a]);
                case CHALLENGE -> challenges[a];
                case ADD -> values[a].plus(values[b]);
                case SUB -> values[a].minus(values[b]);
                case MUL -> values[a].times(values[b]);
            };
        }
        return values;
    }

    private static Tape randomTape(SplittableRandom random, int size) {
        Op[] ops = new Op[size];
        int[] a = new int[size];
        int[] b = new int[size];
        boolean[] extension = new boolean[size];
        for (int node = 0; node < size; node++) {
            ops[node] = OPS.get(random.nextInt(node < 12 ? 7 : OPS.size()));
            switch (ops[node]) {
                case CONSTANT -> a[node] = random.nextInt(KoalaBear.P);
                case PUBLIC -> a[node] = random.nextInt(2);
                case CHALLENGE -> a[node] = random.nextInt(Challenges.COUNT);
                case PREPROCESSED, SHARED, MAIN, LOOKUP -> b[node] = 2 * random.nextInt(WIDTH) + random.nextInt(2);
                case ADD, SUB, MUL -> {
                    a[node] = random.nextInt(node);
                    b[node] = random.nextInt(node);
                    extension[node] = extension[a[node]] || extension[b[node]];
                }
            }
            extension[node] |= ops[node] == Op.LOOKUP || ops[node] == Op.CHALLENGE;
        }
        return new Tape(ops, a, b, extension);
    }

    private static int[][] columns(SplittableRandom random, int width) {
        int[][] columns = new int[width][];
        for (int i = 0; i < width; i++) {
            columns[i] = random.ints(1 << LOG_ROWS, 0, KoalaBear.P).toArray();
        }
        return columns;
    }

    private static Ext4 randomExt(SplittableRandom random) {
        return new Ext4(
                random.nextInt(KoalaBear.P),
                random.nextInt(KoalaBear.P),
                random.nextInt(KoalaBear.P),
                random.nextInt(KoalaBear.P));
    }
}
