package dev.thimble.starkprover;

import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.Codeword;
import dev.thimble.poly.Interpolation;
import dev.thimble.starkverifier.ProofShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens committed columns at ζ and ζ·w, and batches all openings into one codeword. */
final class BatchedOpenings {
    private static final int BLOCK = 1 << 10;

    private final ProofShape shape;
    private final List<CommittedMatrix> matrices;
    private final Ext4 zeta;
    private final Ext4 zetaNext;
    private final Engine engine;
    private final List<Ext4> current = new ArrayList<>();
    private final List<Ext4> next = new ArrayList<>();

    /** Evaluates all columns; matrices in the order of the shape. */
    BatchedOpenings(ProofShape shape, List<CommittedMatrix> matrices, Ext4 zeta, Engine engine) {
        this.shape = shape;
        this.matrices = matrices;
        this.zeta = zeta;
        this.zetaNext = zeta.times(KoalaBear.rootOfUnity(shape.logRows()));
        this.engine = engine;
        int[][] weights = weights(zeta);
        for (CommittedMatrix matrix : matrices) {
            current.addAll(evaluate(matrix.values(), weights));
        }
        int[][] nextWeights = weights(zetaNext);
        for (int i = 0; i < matrices.size(); i++) {
            next.addAll(evaluate(nextColumns(i, matrices.get(i).values()), nextWeights));
        }
    }

    private int[][] weights(Ext4 point) {
        return Interpolation.weights(shape.logRows(), KoalaBear.ONE, point, engine.field(), engine.workers());
    }

    private List<Ext4> evaluate(int[][] columns, int[][] weights) {
        return Arrays.asList(Interpolation.evaluate(columns, weights, engine.field(), engine.workers()));
    }

    private int[][] nextColumns(int matrix, int[][] columns) {
        return shape.matrices().get(matrix).nextColumns().stream()
                .map(column -> columns[column])
                .toArray(int[][]::new);
    }

    List<Ext4> current() {
        return current;
    }

    List<Ext4> next() {
        return next;
    }

    /** Σ β^j (f_j − v_j)/(x − ζ) + Σ β^(n+k) (f_k − u_k)/(x − ζ·w) over the evaluation domain. */
    Codeword batch(Ext4 beta) {
        int logLength = shape.logLength();
        int[][] word = new int[Ext4.DEGREE][1 << logLength];
        int[] points = Interpolation.cosetPoints(logLength, KoalaBear.GENERATOR);
        Group atZeta = new Group(zeta);
        Group atNext = new Group(zetaNext);
        Ext4 power = Ext4.ONE;
        for (CommittedMatrix matrix : matrices) {
            power = atZeta.add(matrix.extended(), power, beta);
        }
        for (int i = 0; i < matrices.size(); i++) {
            power = atNext.add(nextColumns(i, matrices.get(i).extended()), power, beta);
        }
        atZeta.subtract(current);
        atNext.subtract(next);
        int block = Math.min(BLOCK, 1 << logLength);
        engine.workers().forRanges(1 << logLength, block, (from, to) -> {
            atZeta.addTo(word, points, from, to - from, engine.field());
            if (!next.isEmpty()) {
                atNext.addTo(word, points, from, to - from, engine.field());
            }
        });
        return new Codeword(word, logLength, KoalaBear.GENERATOR);
    }

    /** The columns that are opened at one point, with their powers of β. */
    private static final class Group {
        private final Ext4 point;
        private final List<int[][]> columns = new ArrayList<>();
        private final List<Ext4[]> factors = new ArrayList<>();
        private Ext4 constant = Ext4.ZERO;

        Group(Ext4 point) {
            this.point = point;
        }

        /** Adds columns with rising powers; returns the power after the last. */
        Ext4 add(int[][] added, Ext4 firstPower, Ext4 beta) {
            Ext4[] powers = new Ext4[added.length];
            Ext4 power = firstPower;
            for (int i = 0; i < powers.length; i++) {
                powers[i] = power;
                power = power.times(beta);
            }
            columns.add(added);
            factors.add(powers);
            return power;
        }

        void subtract(List<Ext4> values) {
            int at = 0;
            for (Ext4[] powers : factors) {
                for (Ext4 power : powers) {
                    constant = constant.minus(power.times(values.get(at++)));
                }
            }
        }

        void addTo(int[][] word, int[] points, int from, int length, FieldKernels kernels) {
            int[][] sum = new int[Ext4.DEGREE][length];
            int[][] inverse = new int[Ext4.DEGREE][length];
            for (int i = 0; i < Ext4.DEGREE; i++) {
                Arrays.fill(sum[i], constant.coefficient(i));
                Arrays.fill(inverse[i], KoalaBear.neg(point.coefficient(i)));
            }
            for (int i = 0; i < columns.size(); i++) {
                kernels.liftCombine(columns.get(i), from, factors.get(i), sum, 0, length);
            }
            kernels.addConstant(points, from, KoalaBear.neg(point.c0()), inverse[0], 0, length);
            kernels.extBatchInverse(inverse, 0, inverse, 0, length);
            kernels.extMulAdd(sum, 0, inverse, 0, word, from, length);
        }
    }
}
