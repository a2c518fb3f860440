package dev.thimble.air;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a circuit's columns: per stage column-major {@code int[width][height]}, natural row order.
 *
 * <p>A trace is filled with canonical values in [0, p) and converted once by {@link #toMontgomery}, after which it is what
 * the prover reads.
 */
public final class Trace {
    private final Map<Stage, int[][]> stages = new EnumMap<>(Stage.class);
    private final int height;
    private boolean montgomery;
    private boolean preprocessedMontgomery;

    /** An all-zero trace for the preprocessed, shared and main columns of a circuit. */
    public Trace(AirProgram program) {
        this.height = program.height();
        for (Stage stage : List.of(Stage.PREPROCESSED, Stage.SHARED, Stage.MAIN)) {
            stages.put(stage, new int[program.width(stage)][height]);
        }
    }

    public int height() {
        return height;
    }

    /**
     * A trace of zeros beside preprocessed columns that are already in Montgomery form, as setup data has them; they are
     * not copied.
     */
    public Trace(AirProgram program, int[][] preprocessed) {
        this.height = program.height();
        this.preprocessedMontgomery = true;
        stages.put(Stage.PREPROCESSED, preprocessed);
        for (Stage stage : List.of(Stage.SHARED, Stage.MAIN)) {
            stages.put(stage, new int[program.width(stage)][height]);
        }
    }

    /** As {@link #Trace(AirProgram, int[][])}, to be filled with values that are in Montgomery form already. */
    public static Trace inMontgomery(AirProgram program, int[][] preprocessed) {
        Trace trace = new Trace(program, preprocessed);
        trace.montgomery = true;
        return trace;
    }

    /** All columns of a stage, not copied. */
    public int[][] stage(Stage stage) {
        int[][] result = stages.get(stage);
        if (result == null) {
            throw new IllegalArgumentException("stage " + stage + " is not part of a trace");
        }
        return result;
    }

    /** The values of one column, not copied. */
    public int[] column(Column column) {
        return stage(column.stage())[column.index()];
    }

    /** Sets one canonical value; for tests and boundary cells. */
    public void set(Column column, int row, long value) {
        int canonical = (int) Math.floorMod(value, (long) KoalaBear.P);
        column(column)[row] = isMontgomery(column.stage()) ? KoalaBear.fromCanonical(canonical) : canonical;
    }

    /** One canonical value. */
    public int get(Column column, int row) {
        int value = column(column)[row];
        return isMontgomery(column.stage()) ? KoalaBear.toCanonical(value) : value;
    }

    private boolean isMontgomery(Stage stage) {
        return montgomery || (stage == Stage.PREPROCESSED && preprocessedMontgomery);
    }

    /** Converts all columns from canonical to Montgomery form; a second call does nothing. */
    public Trace toMontgomery() {
        if (!montgomery) {
            stages.forEach((stage, columns) -> {
                if (stage != Stage.PREPROCESSED || !preprocessedMontgomery) {
                    toMontgomery(columns);
                }
            });
            montgomery = true;
        }
        return this;
    }

    /** Converts columns in place from canonical to Montgomery form and returns them. */
    public static int[][] toMontgomery(int[][] columns) {
        FieldKernels kernels = FieldKernels.best();
        for (int[] column : columns) {
            kernels.toMontgomery(column, 0, column, 0, column.length);
        }
        return columns;
    }

    public boolean isMontgomery() {
        return montgomery;
    }

    /** A deep copy. */
    public Trace copy() {
        return new Trace(this);
    }

    private Trace(Trace other) {
        this.height = other.height;
        this.montgomery = other.montgomery;
        this.preprocessedMontgomery = other.preprocessedMontgomery;
        other.stages.forEach((stage, columns) -> {
            int[][] copy = new int[columns.length][];
            for (int i = 0; i < columns.length; i++) {
                copy[i] = columns[i].clone();
            }
            stages.put(stage, copy);
        });
    }

    /** The stages present. */
    public Iterable<Stage> stages() {
        return Collections.unmodifiableSet(stages.keySet());
    }
}
