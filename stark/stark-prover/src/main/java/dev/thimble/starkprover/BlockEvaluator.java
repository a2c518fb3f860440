package dev.thimble.starkprover;

import dev.thimble.air.Tape.Op;
import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.starkprover.TapePlan.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a plan over one block of rows after another. Owns its registers: one per task, used by one thread.
 *
 * <p>Values are read where they lie (columns are not copied) except where a block's rows are not consecutive.
 */
final class BlockEvaluator {
    /** Consecutive base values. */
    @SuppressWarnings("ArrayRecordComponent")
    record BaseView(int[] array, int offset) {}

    /** Consecutive extension values: four arrays with one offset. */
    @SuppressWarnings("ArrayRecordComponent")
    record ExtView(int[][] arrays, int offset) {}

    /** Takes the values of one consumer of the plan for the current block. */
    @FunctionalInterface
    interface Consumer {
        void accept(int index, List<Operand> values, int from, int length);
    }

    private static final int SCRATCH = 4;

    private final TapePlan plan;
    private final RowSource source;
    private final Scalars scalars;
    private final FieldKernels kernels;
    private final int[][] base;
    private final int[][][] extension;
    private final int[][] baseScratch;
    private final int[][][] extScratch;
    private int nextScratch;
    private int from;
    private int length;

    BlockEvaluator(TapePlan plan, RowSource source, Scalars scalars, FieldKernels kernels, int blockLength) {
        this.plan = plan;
        this.source = source;
        this.scalars = scalars;
        this.kernels = kernels;
        this.base = new int[plan.baseRegisters()][blockLength];
        this.extension = new int[plan.extensionRegisters()][Ext4.DEGREE][blockLength];
        this.baseScratch = new int[SCRATCH][blockLength];
        this.extScratch = new int[SCRATCH][Ext4.DEGREE][blockLength];
    }

    /** Evaluates points [blockFrom, blockFrom + blockLength). */
    void run(int blockFrom, int blockLength, Consumer consumer) {
        from = blockFrom;
        length = blockLength;
        for (Step step : plan.steps()) {
            nextScratch = 0;
            switch (step) {
                case Step.Compute compute -> compute(compute);
                case Step.MultiplyAdd multiplyAdd -> multiplyAdd(multiplyAdd);
                case Step.Consume(int index, List<Operand> values) -> consumer.accept(index, values, from, length);
            }
        }
    }

    /** The values of a base operand, valid until the next step; at most four operands per step are copied. */
    BaseView base(Operand operand) {
        return switch (operand.kind()) {
            case BASE_REGISTER -> new BaseView(base[operand.index()], 0);
            case PREPROCESSED, SHARED, MAIN -> column(source.column(operand), operand.rotation());
            case BASE_SCALAR -> {
                int[] copy = baseScratch[nextScratch++];
                Arrays.fill(copy, 0, length, scalars.base(operand));
                yield new BaseView(copy, 0);
            }
            case EXT_SCALAR, LOOKUP, EXT_REGISTER ->
                throw new IllegalArgumentException("operand is not over the base field: " + operand);
        };
    }

    /** The values of an extension operand, valid until the next step; at most four operands per step are copied. */
    ExtView ext(Operand operand) {
        return switch (operand.kind()) {
            case EXT_REGISTER -> new ExtView(extension[operand.index()], 0);
            case LOOKUP -> lookup(operand);
            case EXT_SCALAR -> {
                int[][] copy = extScratch[nextScratch++];
                fill(copy, scalars.value(operand));
                yield new ExtView(copy, 0);
            }
            case BASE_SCALAR, PREPROCESSED, SHARED, MAIN, BASE_REGISTER -> lift(base(operand));
        };
    }

    private ExtView lift(BaseView view) {
        int[][] copy = extScratch[nextScratch++];
        fill(copy, Ext4.ZERO);
        System.arraycopy(view.array(), view.offset(), copy[0], 0, length);
        return new ExtView(copy, 0);
    }

    private void fill(int[][] arrays, Ext4 value) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            Arrays.fill(arrays[i], 0, length, value.coefficient(i));
        }
    }

    private BaseView column(int[] column, int rotation) {
        if (isDirect(rotation)) {
            return new BaseView(column, firstRow(rotation));
        }
        int[] copy = baseScratch[nextScratch++];
        gather(column, rotation, copy);
        return new BaseView(copy, 0);
    }

    private ExtView lookup(Operand operand) {
        int first = Ext4.DEGREE * operand.index();
        int[][] columns = Arrays.copyOfRange(source.lookup(), first, first + Ext4.DEGREE);
        if (isDirect(operand.rotation())) {
            return new ExtView(columns, firstRow(operand.rotation()));
        }
        int[][] copy = extScratch[nextScratch++];
        for (int i = 0; i < Ext4.DEGREE; i++) {
            gather(columns[i], operand.rotation(), copy[i]);
        }
        return new ExtView(copy, 0);
    }

    private boolean isDirect(int rotation) {
        return source.stride() == 1 && firstRow(rotation) + length <= source.length();
    }

    private int firstRow(int rotation) {
        return from * source.stride() + rotation * source.shift();
    }

    private void gather(int[] column, int rotation, int[] out) {
        int mask = source.length() - 1;
        int row = firstRow(rotation);
        for (int i = 0; i < length; i++) {
            out[i] = column[row & mask];
            row += source.stride();
        }
    }

    private void compute(Step.Compute step) {
        if (!step.out().isExtension()) {
            computeBase(step, base[step.out().index()]);
        } else if (step.op() == Op.MUL) {
            multiplyExt(step.a(), step.b(), extension[step.out().index()]);
        } else {
            addExt(step, extension[step.out().index()]);
        }
    }

    private void computeBase(Step.Compute step, int[] out) {
        switch (step.op()) {
            case ADD -> addBase(step.a(), step.b(), out);
            case SUB -> subBase(step.a(), step.b(), out);
            case MUL -> mulBase(step.a(), step.b(), out);
            default -> throw new IllegalStateException("leaf in a plan: " + step.op());
        }
    }

    private void addBase(Operand a, Operand b, int[] out) {
        if (a.isScalar()) {
            addBase(b, a, out);
            return;
        }
        BaseView x = base(a);
        if (b.isScalar()) {
            kernels.addConstant(x.array(), x.offset(), scalars.base(b), out, 0, length);
        } else {
            BaseView y = base(b);
            kernels.add(x.array(), x.offset(), y.array(), y.offset(), out, 0, length);
        }
    }

    private void subBase(Operand a, Operand b, int[] out) {
        if (a.isScalar()) {
            BaseView y = base(b);
            kernels.subFromConstant(scalars.base(a), y.array(), y.offset(), out, 0, length);
        } else {
            BaseView x = base(a);
            BaseView y = base(b);
            kernels.sub(x.array(), x.offset(), y.array(), y.offset(), out, 0, length);
        }
    }

    private void mulBase(Operand a, Operand b, int[] out) {
        if (a.isScalar()) {
            mulBase(b, a, out);
            return;
        }
        BaseView x = base(a);
        if (b.isScalar()) {
            kernels.scale(x.array(), x.offset(), scalars.base(b), out, 0, length);
        } else {
            BaseView y = base(b);
            kernels.mul(x.array(), x.offset(), y.array(), y.offset(), out, 0, length);
        }
    }

    private void addExt(Step.Compute step, int[][] out) {
        ExtView a = ext(step.a());
        ExtView b = ext(step.b());
        if (step.op() == Op.ADD) {
            kernels.extAdd(a.arrays(), a.offset(), b.arrays(), b.offset(), out, 0, length);
        } else {
            kernels.extSub(a.arrays(), a.offset(), b.arrays(), b.offset(), out, 0, length);
        }
    }

    private void multiplyExt(Operand a, Operand b, int[][] out) {
        if (a.isScalar() || (!a.isExtension() && !b.isScalar())) {
            multiplyExt(b, a, out);
        } else if (!a.isExtension()) {
            BaseView x = base(a);
            kernels.liftScale(x.array(), x.offset(), scalars.value(b), out, 0, length);
        } else if (b.isScalar()) {
            ExtView x = ext(a);
            kernels.extScale(x.arrays(), x.offset(), scalars.value(b), out, 0, length);
        } else if (b.isExtension()) {
            ExtView x = ext(a);
            ExtView y = ext(b);
            kernels.extMul(x.arrays(), x.offset(), y.arrays(), y.offset(), out, 0, length);
        } else {
            ExtView x = ext(a);
            BaseView y = base(b);
            kernels.extMulBase(x.arrays(), x.offset(), y.array(), y.offset(), out, 0, length);
        }
    }

    private void multiplyAdd(Step.MultiplyAdd step) {
        if (step.sum().isExtension()) {
            multiplyAddExt(step.a(), step.b(), extension[step.sum().index()]);
        } else {
            multiplyAddBase(step.a(), step.b(), base[step.sum().index()]);
        }
    }

    private void multiplyAddBase(Operand a, Operand b, int[] sum) {
        if (a.isScalar()) {
            multiplyAddBase(b, a, sum);
            return;
        }
        BaseView x = base(a);
        if (b.isScalar()) {
            kernels.scaleAdd(x.array(), x.offset(), scalars.base(b), sum, 0, length);
        } else {
            BaseView y = base(b);
            kernels.mulAdd(x.array(), x.offset(), y.array(), y.offset(), sum, 0, length);
        }
    }

    private void multiplyAddExt(Operand a, Operand b, int[][] sum) {
        if (a.isScalar() || (!a.isExtension() && !b.isScalar())) {
            multiplyAddExt(b, a, sum);
        } else if (!a.isExtension()) {
            BaseView x = base(a);
            kernels.liftScaleAdd(x.array(), x.offset(), scalars.value(b), sum, 0, length);
        } else if (b.isScalar()) {
            ExtView x = ext(a);
            kernels.extScaleAdd(x.arrays(), x.offset(), scalars.value(b), sum, 0, length);
        } else if (b.isExtension()) {
            ExtView x = ext(a);
            ExtView y = ext(b);
            kernels.extMulAdd(x.arrays(), x.offset(), y.arrays(), y.offset(), sum, 0, length);
        } else {
            ExtView x = ext(a);
            BaseView y = base(b);
            kernels.extMulBaseAdd(x.arrays(), x.offset(), y.array(), y.offset(), sum, 0, length);
        }
    }
}
