package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.Stage;
import dev.thimble.field.Ext4;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.FriProof;
import dev.thimble.fri.Soundness;
import dev.thimble.fri.SoundnessReport;
import dev.thimble.hash.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The number and length of every part of a proof, fixed by circuit and parameters.
 *
 * <p>Opened values are ordered: all columns of all matrices at ζ, in commitment order, then those columns that some
 * constraint reads on the next row at ζ·w, in the same order. Batching powers follow this order.
 */
public final class ProofShape {
    /** The length of the header: magic, format, protocol version, circuit type, digest of the verification key. */
    public static final int HEADER_BYTES = 8 + 3 * Integer.BYTES + Digest.BYTES;

    private static final int NONCES = 4;

    /**
     * One committed matrix of base columns.
     *
     * @param nextColumns the base columns that are opened at ζ·w too, ascending
     */
    public record Matrix(Commitment commitment, int width, List<Integer> nextColumns) {
        public Matrix {
            nextColumns = List.copyOf(nextColumns);
        }
    }

    private final AirProgram program;
    private final FriParameters parameters;
    private final List<Matrix> matrices;

    public ProofShape(AirProgram program, FriParameters parameters) {
        this.program = program;
        this.parameters = parameters;
        if (program.quotientChunks() > 1 << parameters.logBlowup()) {
            throw new IllegalArgumentException("blow-up 2^" + parameters.logBlowup() + " is too small for degree "
                    + program.maxDegree() + " of " + program.name());
        }
        List<Matrix> all = new ArrayList<>();
        for (Commitment commitment : Commitment.values()) {
            Matrix matrix = matrix(commitment);
            if (matrix.width() > 0) {
                all.add(matrix);
            }
        }
        this.matrices = List.copyOf(all);
    }

    private Matrix matrix(Commitment commitment) {
        return switch (commitment) {
            case PREPROCESSED -> baseMatrix(commitment, Stage.PREPROCESSED);
            case SHARED -> baseMatrix(commitment, Stage.SHARED);
            case MAIN -> baseMatrix(commitment, Stage.MAIN);
            case LOOKUP ->
                new Matrix(
                        commitment,
                        program.width(Stage.LOOKUP),
                        program.nextColumns(Stage.LOOKUP).stream()
                                .flatMap(column ->
                                        IntStream.range(0, Ext4.DEGREE).mapToObj(i -> Ext4.DEGREE * column + i))
                                .toList());
            case QUOTIENT -> new Matrix(commitment, program.quotientWidth(), List.of());
        };
    }

    private Matrix baseMatrix(Commitment commitment, Stage stage) {
        return new Matrix(commitment, program.width(stage), program.nextColumns(stage));
    }

    public int logRows() {
        return program.logHeight();
    }

    /** log₂ of the evaluation domain and of the leaves of every matrix's tree. */
    public int logLength() {
        return program.logHeight() + parameters.logBlowup();
    }

    /** log₂ of every matrix's cap. */
    public int logCap() {
        return parameters.logCapOf(logLength());
    }

    /** Siblings of every matrix's opening. */
    public int pathLength() {
        return logLength() - logCap();
    }

    /** The matrices that have columns, in commitment order. */
    public List<Matrix> matrices() {
        return matrices;
    }

    /** The matrices whose caps are in the proof: all but the preprocessed one. */
    public List<Matrix> provenMatrices() {
        return matrices.stream()
                .filter(matrix -> matrix.commitment() != Commitment.PREPROCESSED)
                .toList();
    }

    /** Whether a matrix has columns. */
    public boolean has(Commitment commitment) {
        return matrices.stream().anyMatch(matrix -> matrix.commitment() == commitment);
    }

    /** Values opened at ζ. */
    public int currentOpenings() {
        return matrices.stream().mapToInt(Matrix::width).sum();
    }

    /** Values opened at ζ·w. */
    public int nextOpenings() {
        return matrices.stream().mapToInt(matrix -> matrix.nextColumns().size()).sum();
    }

    /** The functions that the batching challenge combines. */
    public int batchedFunctions() {
        return currentOpenings() + nextOpenings();
    }

    /**
     * The error terms of every proof of this shape. Messages on the global bus are not among them: their challenge is the
     * batch's, and so is their error.
     */
    public SoundnessReport.Layer soundness() {
        var columns = new SoundnessReport.Columns(
                program.width(Stage.PREPROCESSED),
                program.width(Stage.SHARED),
                program.width(Stage.MAIN),
                program.width(Stage.LOOKUP),
                program.quotientWidth());
        var of = new Soundness.Shape(
                program.logHeight(),
                program.interactions(Bus.Scope.LOCAL).size(),
                program.constraints().size(),
                program.maxDegree(),
                batchedFunctions());
        return SoundnessReport.Layer.of(program.name(), columns, parameters, of);
    }

    /** The exact length of every proof of this shape, header included. */
    public int sizeBytes() {
        int words = provenMatrices().size() * Digest.LENGTH * (1 << logCap());
        words += (program.hasGlobalInteractions() ? Ext4.DEGREE : 0) + NONCES;
        words += Ext4.DEGREE * batchedFunctions();
        int perQuery = currentOpenings() + matrices.size() * Digest.LENGTH * pathLength();
        words += parameters.queries() * perQuery;
        return HEADER_BYTES + words * Integer.BYTES + FriProof.sizeBytes(parameters, logRows());
    }
}
