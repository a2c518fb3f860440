package dev.thimble.starkprover;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Constraint;
import dev.thimble.air.Domain;
import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.poly.CosetLde;
import dev.thimble.poly.Interpolation;
import dev.thimble.poly.Ntt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The quotient Σ αⁱ·Cᵢ/Z_i, evaluated on the coset of chunks·N points and split into chunks of N coefficients.
 *
 * <p>On the coset x^N takes only as many values as there are chunks, so the inverse of x^N − 1 is a short pattern.
 */
final class QuotientEvaluator {
    private static final int BLOCK = 1 << 9;
    private static final int ROWS_PER_TASK = 1 << 13;

    private final AirProgram program;
    private final Ext4[] powers;
    private final FieldKernels kernels;
    private final int logPoints;
    private final int[] points;
    private final int lastRow;
    private final int[][] quotient;

    private QuotientEvaluator(AirProgram program, Ext4 alpha, FieldKernels kernels) {
        this.program = program;
        this.kernels = kernels;
        this.powers = powers(alpha, program.constraints().size());
        this.logPoints = program.logHeight() + Integer.numberOfTrailingZeros(program.quotientChunks());
        this.points = Interpolation.cosetPoints(logPoints, KoalaBear.GENERATOR);
        this.lastRow = KoalaBear.inverse(KoalaBear.rootOfUnity(program.logHeight()));
        this.quotient = new int[Ext4.DEGREE][1 << logPoints];
    }

    private static Ext4[] powers(Ext4 base, int count) {
        Ext4[] powers = new Ext4[count];
        Ext4 power = Ext4.ONE;
        for (int i = 0; i < count; i++) {
            powers[i] = power;
            power = power.times(base);
        }
        return powers;
    }

    /**
     * The coefficients of the chunks, natural order, four base polynomials per chunk.
     *
     * @param rows the extended columns; their stride must lead over the quotient's points
     */
    static int[][] chunks(AirProgram program, RowSource rows, Scalars scalars, Ext4 alpha, Engine engine) {
        QuotientEvaluator evaluator = new QuotientEvaluator(program, alpha, engine.field());
        evaluator.evaluate(rows, scalars, engine);
        return evaluator.split(engine);
    }

    private void evaluate(RowSource rows, Scalars scalars, Engine engine) {
        List<List<Integer>> consumers = new ArrayList<>();
        for (Constraint constraint : program.constraints()) {
            consumers.add(List.of(constraint.node()));
        }
        TapePlan plan = TapePlan.compile(program.tape(), consumers);
        int[] inverseZerofier = inverseZerofierPattern();
        int total = 1 << logPoints;
        engine.workers().forRanges(total, Math.min(total, ROWS_PER_TASK), (taskFrom, taskTo) -> {
            int length = Math.min(BLOCK, taskTo - taskFrom);
            Block block = new Block(new BlockEvaluator(plan, rows, scalars, kernels, length), length);
            for (int from = taskFrom; from < taskTo; from += length) {
                block.run(from, inverseZerofier);
            }
        });
    }

    /** 1/(x^N − 1) at consecutive points, repeated to the length of a block. */
    private int[] inverseZerofierPattern() {
        int chunks = program.quotientChunks();
        int[] pattern = new int[Math.max(BLOCK, chunks)];
        for (int i = 0; i < pattern.length; i++) {
            int power = KoalaBear.pow(points[i % chunks], program.height());
            pattern[i] = i < chunks ? KoalaBear.inverse(KoalaBear.sub(power, KoalaBear.ONE)) : pattern[i % chunks];
        }
        return pattern;
    }

    /** Sums per domain over one block, then divides each by its zerofier. */
    private final class Block {
        private final BlockEvaluator evaluator;
        private final int length;
        private final Map<Domain, int[][]> sums = new EnumMap<>(Domain.class);
        private final int[] linear;
        private final int[][] product;

        Block(BlockEvaluator evaluator, int length) {
            this.evaluator = evaluator;
            this.length = length;
            this.linear = new int[length];
            this.product = new int[Ext4.DEGREE][length];
            for (Constraint constraint : program.constraints()) {
                sums.computeIfAbsent(constraint.domain(), domain -> new int[Ext4.DEGREE][length]);
            }
        }

        void run(int from, int[] inverseZerofier) {
            for (int[][] sum : sums.values()) {
                for (int[] coefficients : sum) {
                    Arrays.fill(coefficients, 0);
                }
            }
            evaluator.run(from, length, (index, values, first, count) -> add(index, values.get(0)));
            sums.forEach((domain, sum) -> addQuotient(domain, sum, from, inverseZerofier));
        }

        private void add(int index, Operand value) {
            int[][] sum = sums.get(program.constraints().get(index).domain());
            if (sum == null) {
                throw new IllegalStateException("no sum for constraint " + index);
            }
            if (value.isExtension()) {
                var view = evaluator.ext(value);
                kernels.extScaleAdd(view.arrays(), view.offset(), powers[index], sum, 0, length);
            } else {
                var view = evaluator.base(value);
                kernels.liftScaleAdd(view.array(), view.offset(), powers[index], sum, 0, length);
            }
        }

        private void addQuotient(Domain domain, int[][] sum, int from, int[] inverseZerofier) {
            switch (domain) {
                case ALL -> kernels.extMulBaseAdd(sum, 0, inverseZerofier, 0, quotient, from, length);
                case TRANSITION -> {
                    kernels.addConstant(points, from, KoalaBear.neg(lastRow), linear, 0, length);
                    kernels.mul(linear, 0, inverseZerofier, 0, linear, 0, length);
                    kernels.extMulBaseAdd(sum, 0, linear, 0, quotient, from, length);
                }
                case FIRST -> addOverLinear(sum, KoalaBear.ONE, from);
                case LAST -> addOverLinear(sum, lastRow, from);
            }
        }

        private void addOverLinear(int[][] sum, int root, int from) {
            kernels.addConstant(points, from, KoalaBear.neg(root), linear, 0, length);
            kernels.batchInverse(linear, 0, linear, 0, length);
            kernels.extMulBase(sum, 0, linear, 0, product, 0, length);
            kernels.extAdd(quotient, from, product, 0, quotient, from, length);
        }
    }

    private int[][] split(Engine engine) {
        int height = program.height();
        int chunks = program.quotientChunks();
        int[][] result = new int[Ext4.DEGREE * chunks][];
        int logChunks = Integer.numberOfTrailingZeros(chunks);
        CosetLde lde = new CosetLde(program.logHeight(), logChunks, kernels);
        engine.workers().forEach(Ext4.DEGREE, i -> {
            int[] coefficients = lde.coefficientsOfExtended(quotient[i]);
            for (int chunk = 0; chunk < chunks; chunk++) {
                result[Ext4.DEGREE * chunk + i] =
                        Arrays.copyOfRange(coefficients, chunk * height, (chunk + 1) * height);
            }
        });
        return result;
    }

    /** The values of chunk polynomials over the rows, from their coefficients. */
    static int[][] values(int[][] chunks, int logRows, Engine engine) {
        int[][] values = new int[chunks.length][];
        Ntt ntt = new Ntt(logRows, engine.field());
        engine.workers().forEach(chunks.length, i -> {
            values[i] = chunks[i].clone();
            ntt.forward(values[i]);
        });
        return values;
    }
}
