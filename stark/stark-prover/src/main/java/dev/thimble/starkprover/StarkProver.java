package dev.thimble.starkprover;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.Ext4;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.FriProver;
import dev.thimble.fri.Grinding;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.poly.CosetLde;
import dev.thimble.starkverifier.Commitment;
import dev.thimble.starkverifier.ConstraintIdentity;
import dev.thimble.starkverifier.LookupChallenges;
import dev.thimble.starkverifier.OpenedValues;
import dev.thimble.starkverifier.ProofShape;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkChallenges;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.VerifyingKey;
import dev.thimble.transcript.Transcript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one proof: the steps are those of {@link StarkChallenges}, numbered alike.
 *
 * <p><i>Memory:</i> trace and extension are held at once, about 4·N·columns·(1 + blow-up) bytes, and 64 bytes per point
 * and matrix of trees. <i>Threads:</i> the engine's workers; an interrupt of the calling thread ends the proof with
 * CancellationException. Equal input gives equal bytes for every engine.
 */
public final class StarkProver {
    private final ProvingKey provingKey;
    private final VerifyingKey key;
    private final AirProgram program;
    private final ProofShape shape;
    private final FriParameters parameters;
    private final PublicInputs inputs;
    private final Engine engine;
    private final ProgressListener progress;
    private final Transcript transcript;
    private final Map<Commitment, CommittedMatrix> matrices = new EnumMap<>(Commitment.class);

    private StarkProver(ProvingKey provingKey, PublicInputs inputs, Engine engine, ProgressListener progress) {
        this.provingKey = provingKey;
        this.key = provingKey.verifyingKey();
        this.program = key.program();
        this.shape = key.shape();
        this.parameters = key.parameters();
        this.inputs = inputs;
        this.engine = engine;
        this.progress = progress;
        this.transcript = StarkChallenges.start(key, inputs);
    }

    /**
     * Proves that a trace satisfies the circuit of a key.
     *
     * @param trace shared and main columns in Montgomery form; not changed. Its preprocessed columns are not read
     * @throws IllegalArgumentException if the trace does not satisfy the circuit, or trace, inputs or engine do not fit
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static StarkProof prove(
            ProvingKey provingKey, Trace trace, PublicInputs inputs, Engine engine, ProgressListener progress) {
        VerifyingKey key = provingKey.verifyingKey();
        requireTrace(key, trace);
        ProvingKey.requirePermutation(key.protocol(), engine);
        if (!inputs.fit(key.program())) {
            throw new IllegalArgumentException(
                    "inputs do not fit " + key.program().name() + ": " + inputs);
        }
        return new StarkProver(provingKey, inputs, engine, progress).prove(trace);
    }

    static void requireTrace(VerifyingKey key, Trace trace) {
        if (!trace.isMontgomery()) {
            throw new IllegalArgumentException("trace of " + key.program().name() + " must be in Montgomery form");
        }
        ProvingKey.requireShape("shared", key.program(), Stage.SHARED, trace.stage(Stage.SHARED));
        ProvingKey.requireShape("main", key.program(), Stage.MAIN, trace.stage(Stage.MAIN));
    }

    private StarkProof prove(Trace trace) {
        Grinding grinding = parameters.grinding();
        // 1 ----- verification key and public inputs: observed when the transcript was started
        provingKey.preprocessed().ifPresent(matrix -> matrices.put(Commitment.PREPROCESSED, matrix));
        // 2 ----- shared columns, then main columns
        progress.began(ProvingStage.SHARED);
        commit(Commitment.SHARED, trace.stage(Stage.SHARED));
        progress.began(ProvingStage.MAIN);
        commit(Commitment.MAIN, trace.stage(Stage.MAIN));
        // 3 ----- challenges of the local buses
        progress.began(ProvingStage.LOOKUP);
        int lookupNonce = grind(StarkChallenges.lookupGrinding(key));
        Ext4[] challenges = StarkChallenges.lookupChallenges(key, inputs, transcript, Ext4.ZERO);
        // 4 ----- lookup columns and the global sum
        Ext4 globalSum = commitLookups(challenges);
        Ext4[] allChallenges = LookupChallenges.withGlobalSum(challenges, globalSum);
        StarkChallenges.observeSum(key, transcript, globalSum);
        // 5 ----- constraint challenge, quotient
        progress.began(ProvingStage.QUOTIENT);
        int alphaNonce = grind(grinding.alpha());
        Ext4 alpha = transcript.sampleExt();
        commitQuotient(allChallenges, alpha);
        // 6 ----- out-of-domain point, openings
        progress.began(ProvingStage.OPENINGS);
        int zetaNonce = grind(grinding.zeta());
        Ext4 zeta = transcript.sampleExt();
        List<CommittedMatrix> committed = committed();
        BatchedOpenings openings = new BatchedOpenings(shape, committed, zeta, engine);
        requireIdentity(openings, allChallenges, alpha, zeta);
        openings.current().forEach(transcript::observe);
        openings.next().forEach(transcript::observe);
        // 7 ----- batching challenge, FRI commit phase, final polynomial, query positions
        int batchingNonce = grind(grinding.batching());
        var word = openings.batch(transcript.sampleExt());
        progress.began(ProvingStage.FRI);
        FriProver.Result fri = new FriProver(parameters, engine.workers(), engine.hash()).prove(word, transcript);
        // 8 ----- the rows at the query positions
        List<List<MerkleOpening>> queries = new ArrayList<>();
        for (int position : fri.positions()) {
            queries.add(committed.stream()
                    .map(matrix -> matrix.tree().open(position))
                    .toList());
        }
        var nonces = new StarkProof.Nonces(lookupNonce, alphaNonce, zetaNonce, batchingNonce);
        return new StarkProof(caps(), globalSum, nonces, openings.current(), openings.next(), fri.proof(), queries);
    }

    private int grind(int bits) {
        return transcript.grind(bits, engine.workers(), engine.hash());
    }

    private void commit(Commitment commitment, int[][] columns) {
        if (columns.length > 0) {
            put(commitment, CommittedMatrix.of(columns, shape.logRows(), parameters, engine));
        }
    }

    private void put(Commitment commitment, CommittedMatrix matrix) {
        matrices.put(commitment, matrix);
        transcript.observe(matrix.cap().digest(key.sponge()));
    }

    private Ext4 commitLookups(Ext4[] challenges) {
        if (!shape.has(Commitment.LOOKUP)) {
            return Ext4.ZERO;
        }
        RowSource rows = new RowSource(
                values(Commitment.PREPROCESSED),
                values(Commitment.SHARED),
                values(Commitment.MAIN),
                new int[0][],
                shape.logRows(),
                1,
                1);
        LookupColumns.Result lookup = LookupColumns.compute(program, rows, inputs.elements(), challenges, engine);
        commit(Commitment.LOOKUP, lookup.columns());
        return lookup.globalSum();
    }

    private void commitQuotient(Ext4[] challenges, Ext4 alpha) {
        int stride = (1 << parameters.logBlowup()) / program.quotientChunks();
        RowSource rows = new RowSource(
                extended(Commitment.PREPROCESSED),
                extended(Commitment.SHARED),
                extended(Commitment.MAIN),
                extended(Commitment.LOOKUP),
                shape.logLength(),
                stride,
                1 << parameters.logBlowup());
        Scalars scalars = new Scalars(program.tape(), inputs.elements(), challenges);
        int[][] chunks = QuotientEvaluator.chunks(program, rows, scalars, alpha, engine);
        CosetLde lde = new CosetLde(shape.logRows(), parameters.logBlowup(), engine.field());
        int[][] extended = new int[chunks.length][];
        engine.workers().forEach(chunks.length, i -> extended[i] = lde.evaluate(chunks[i]));
        int[][] values = QuotientEvaluator.values(chunks, shape.logRows(), engine);
        put(Commitment.QUOTIENT, CommittedMatrix.ofExtended(values, extended, shape.logRows(), parameters, engine));
    }

    /** An unsatisfied constraint leaves a quotient of the right length whose value at ζ is wrong. */
    private void requireIdentity(BatchedOpenings openings, Ext4[] challenges, Ext4 alpha, Ext4 zeta) {
        OpenedValues opened = new OpenedValues(shape, openings.current(), openings.next());
        if (!ConstraintIdentity.holds(program, opened, inputs.elements(), challenges, alpha, zeta)) {
            throw new IllegalArgumentException(
                    "the trace does not satisfy " + program.name() + ": the row checker names the constraint");
        }
    }

    private int[][] values(Commitment commitment) {
        return matrix(commitment).map(CommittedMatrix::values).orElseGet(() -> new int[0][]);
    }

    private int[][] extended(Commitment commitment) {
        return matrix(commitment).map(CommittedMatrix::extended).orElseGet(() -> new int[0][]);
    }

    private Optional<CommittedMatrix> matrix(Commitment commitment) {
        return Optional.ofNullable(matrices.get(commitment));
    }

    private List<CommittedMatrix> committed() {
        return List.copyOf(matrices.values());
    }

    private List<MerkleCap> caps() {
        return matrices.entrySet().stream()
                .filter(entry -> entry.getKey() != Commitment.PREPROCESSED)
                .map(entry -> entry.getValue().cap())
                .toList();
    }
}
