package dev.thimble.starkprover;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus.Scope;
import dev.thimble.air.Helper;
import dev.thimble.air.Interaction;
import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lookup stage of a trace: helper columns h = m₁/d₁ + m₂/d₂ and per scope the running sum s with
 * s' = s + Σh − total/N, s = 0 on the first row.
 *
 * <p><i>Shape:</i> four base columns per extension column, in the order of the circuit's lookup layout.
 */
final class LookupColumns {
    private static final int BLOCK = 1 << 9;

    private final AirProgram program;
    private final FieldKernels kernels;
    private final int[][] columns;

    private LookupColumns(AirProgram program, FieldKernels kernels) {
        this.program = program;
        this.kernels = kernels;
        this.columns = new int[Ext4.DEGREE * program.lookup().extensionColumns()][program.height()];
    }

    /** The columns and the sum of all global messages. */
    @SuppressWarnings("ArrayRecordComponent")
    record Result(int[][] columns, Ext4 globalSum) {}

    /**
     * Computes the columns of a trace.
     *
     * @param challenges as the tape numbers them; the global sum is not read
     * @throws IllegalArgumentException if the local messages do not cancel
     */
    static Result compute(AirProgram program, RowSource rows, int[] publicInputs, Ext4[] challenges, Engine engine) {
        LookupColumns lookup = new LookupColumns(program, engine.field());
        lookup.fillHelpers(rows, new Scalars(program.tape(), publicInputs, challenges), engine);
        Ext4 globalSum = Ext4.ZERO;
        if (program.lookup().localAccumulator() >= 0) {
            Ext4 sum = lookup.accumulate(Scope.LOCAL, program.lookup().localAccumulator(), engine);
            if (!sum.isZero()) {
                throw new IllegalArgumentException("the local messages of " + program.name() + " do not cancel");
            }
        }
        if (program.lookup().globalAccumulator() >= 0) {
            globalSum = lookup.accumulate(Scope.GLOBAL, program.lookup().globalAccumulator(), engine);
        }
        return new Result(lookup.columns, globalSum);
    }

    private void fillHelpers(RowSource rows, Scalars scalars, Engine engine) {
        List<List<Integer>> consumers = new ArrayList<>();
        for (Helper helper : program.lookup().helpers()) {
            List<Integer> nodes = new ArrayList<>();
            for (int index : helper.interactions()) {
                Interaction interaction = program.interactions().get(index);
                nodes.add(interaction.multiplicity());
                nodes.add(interaction.fingerprint());
            }
            consumers.add(nodes);
        }
        TapePlan plan = TapePlan.compile(program.tape(), consumers);
        int height = program.height();
        engine.workers().forRanges(height, Math.min(height, 1 << 13), (taskFrom, taskTo) -> {
            int length = Math.min(BLOCK, taskTo - taskFrom);
            BlockEvaluator block = new BlockEvaluator(plan, rows, scalars, kernels, length);
            HelperBlock helper = new HelperBlock(block, length);
            for (int from = taskFrom; from < taskTo; from += length) {
                block.run(from, length, helper::fill);
            }
        });
    }

    /** Fills one helper over one block. */
    private final class HelperBlock {
        private final BlockEvaluator block;
        private final int[][] numerator;
        private final int[][] denominator;

        HelperBlock(BlockEvaluator block, int length) {
            this.block = block;
            this.numerator = new int[Ext4.DEGREE][length];
            this.denominator = new int[Ext4.DEGREE][length];
        }

        void fill(int index, List<Operand> values, int from, int length) {
            Helper helper = program.lookup().helpers().get(index);
            var first = block.ext(values.get(1));
            var multiplicity = block.base(values.get(0));
            int[][] out = extensionColumn(helper.column());
            if (helper.interactions().size() == 1) {
                kernels.extBatchInverse(first.arrays(), first.offset(), denominator, 0, length);
                kernels.extMulBase(denominator, 0, multiplicity.array(), multiplicity.offset(), out, from, length);
                negateIfTaken(helper, 0, out, from, length);
                return;
            }
            var second = block.ext(values.get(3));
            var secondMultiplicity = block.base(values.get(2));
            kernels.extMulBase(
                    second.arrays(),
                    second.offset(),
                    multiplicity.array(),
                    multiplicity.offset(),
                    numerator,
                    0,
                    length);
            negateIfTaken(helper, 0, numerator, 0, length);
            kernels.extMulBase(
                    first.arrays(),
                    first.offset(),
                    secondMultiplicity.array(),
                    secondMultiplicity.offset(),
                    denominator,
                    0,
                    length);
            negateIfTaken(helper, 1, denominator, 0, length);
            kernels.extAdd(numerator, 0, denominator, 0, numerator, 0, length);
            kernels.extMul(first.arrays(), first.offset(), second.arrays(), second.offset(), denominator, 0, length);
            kernels.extBatchInverse(denominator, 0, denominator, 0, length);
            kernels.extMul(numerator, 0, denominator, 0, out, from, length);
        }

        private void negateIfTaken(Helper helper, int which, int[][] values, int offset, int length) {
            int interaction = helper.interactions().get(which);
            if (program.interactions().get(interaction).sign() < 0) {
                for (int[] coefficient : values) {
                    kernels.subFromConstant(0, coefficient, offset, coefficient, offset, length);
                }
            }
        }
    }

    private int[][] extensionColumn(int column) {
        return Arrays.copyOfRange(columns, Ext4.DEGREE * column, Ext4.DEGREE * (column + 1));
    }

    /** Fills the running sum of a scope and returns the total. */
    private Ext4 accumulate(Scope scope, int column, Engine engine) {
        int[][] sums = extensionColumn(column);
        int height = program.height();
        List<int[][]> helpers = program.lookup().helpers().stream()
                .filter(helper -> helper.scope() == scope)
                .map(helper -> extensionColumn(helper.column()))
                .toList();
        engine.workers().forRanges(height, BLOCK, (from, to) -> {
            for (int[][] helper : helpers) {
                kernels.extAdd(sums, from, helper, from, sums, from, to - from);
            }
        });
        Ext4 total = Ext4.ZERO;
        for (int row = 0; row < height; row++) {
            total = total.plus(Ext4.ofColumns(sums, row));
        }
        Ext4 share = total.times(KoalaBear.inverse(KoalaBear.fromCanonical(height)));
        Ext4 running = Ext4.ZERO;
        for (int row = 0; row < height; row++) {
            Ext4 step = Ext4.ofColumns(sums, row).minus(share);
            running.storeColumns(sums, row);
            running = running.plus(step);
        }
        return total;
    }
}
