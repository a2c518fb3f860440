package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Tape;
import dev.thimble.field.Ext4;
import dev.thimble.fri.FriLayer;
import dev.thimble.fri.FriParameters;
import dev.thimble.hash.Digest;
import dev.thimble.transcript.DuplexCount;

/**
 * What it takes to verify one proof, from the shape of its key alone: the figures that size a recursion circuit.
 *
 * <p><i>Units:</i> permutations of 16 elements; multiply-adds of an extension element with a base element, and of two
 * extension elements. Inversions count as one extension multiply-add (a circuit checks the product).
 *
 * @param leafPermutations hashing opened rows and FRI leaves
 * @param pathPermutations hashing from leaves up to caps
 * @param capPermutations digests of caps
 * @param transcriptPermutations the transcript, and the expansion of the batch seed
 * @param keyPermutations the key's digest from constants digest and preprocessed cap
 * @param baseMultiplyAdds extension times base
 * @param extMultiplyAdds extension times extension
 */
public record VerifierCost(
        long leafPermutations,
        long pathPermutations,
        long capPermutations,
        long transcriptPermutations,
        long keyPermutations,
        long baseMultiplyAdds,
        long extMultiplyAdds) {
    private static final int RATE = 8;

    /** All permutations. */
    public long permutations() {
        return leafPermutations + pathPermutations + capPermutations + transcriptPermutations + keyPermutations;
    }

    /** The cost of one verification of a circuit under parameters. */
    public static VerifierCost of(AirProgram program, FriParameters parameters) {
        return new Counter(program, parameters).count();
    }

    private static final class Counter {
        private final AirProgram program;
        private final FriParameters parameters;
        private final ProofShape shape;
        private long leaves;
        private long paths;
        private long caps;
        private long base;
        private long ext;

        Counter(AirProgram program, FriParameters parameters) {
            this.program = program;
            this.parameters = parameters;
            this.shape = new ProofShape(program, parameters);
        }

        VerifierCost count() {
            caps = (long) shape.provenMatrices().size() << shape.logCap();
            countIdentity();
            for (ProofShape.Matrix matrix : shape.matrices()) {
                leaves += (long) parameters.queries() * blocks(matrix.width());
                paths += (long) parameters.queries() * shape.pathLength();
            }
            base += (long) parameters.queries() * shape.batchedFunctions();
            ext += 4L * parameters.queries();
            FriLayer.layers(parameters, shape.logRows()).forEach(this::countLayer);
            base += (long) parameters.queries() << parameters.logFinalDegree(shape.logRows());
            long key = shape.has(Commitment.PREPROCESSED) ? 1 + (1L << shape.logCap()) : 1;
            return new VerifierCost(leaves, paths, caps, transcript(), key, base, ext);
        }

        /** The tape at ζ, α's Horner rule, powers of ζ, powers of β and the batched claims. */
        private void countIdentity() {
            Tape tape = program.tape();
            for (int node = 0; node < tape.size(); node++) {
                if (tape.ops()[node] == Tape.Op.MUL) {
                    ext++;
                }
            }
            ext += program.constraints().size() + shape.logRows() + program.quotientChunks();
            ext += 2L * shape.batchedFunctions();
        }

        private void countLayer(FriLayer layer) {
            long queries = parameters.queries();
            caps += 1L << layer.logCap();
            leaves += queries * blocks(layer.leafWidth());
            paths += queries * layer.pathLength();
            long folds = (1L << layer.logArity()) - 1;
            base += 2 * queries * folds;
            ext += queries * folds + layer.logArity();
        }

        private long transcript() {
            DuplexCount count = new DuplexCount();
            boolean local = program.lookup().localAccumulator() >= 0;
            boolean global = program.hasGlobalInteractions();
            count.observe(Digest.LENGTH + (global ? Digest.LENGTH : 0) + program.publicInputs());
            observeCap(count, Commitment.SHARED);
            observeCap(count, Commitment.MAIN);
            if (local) {
                count.grind(parameters.grinding().lookup());
                count.sample(Ext4.DEGREE * LookupChallenges.none().length);
            }
            observeCap(count, Commitment.LOOKUP);
            count.observe(global ? Ext4.DEGREE : 0);
            count.grind(parameters.grinding().alpha());
            count.sample(Ext4.DEGREE);
            observeCap(count, Commitment.QUOTIENT);
            count.grind(parameters.grinding().zeta());
            count.sample(Ext4.DEGREE);
            count.observe(Ext4.DEGREE * shape.batchedFunctions());
            count.grind(parameters.grinding().batching());
            count.sample(Ext4.DEGREE);
            return friTranscript(count) + (global ? expansion() : 0);
        }

        private long friTranscript(DuplexCount count) {
            int rounds = parameters.foldLogArities(shape.logRows()).size();
            for (int round = 0; round < rounds; round++) {
                count.observe(Digest.LENGTH);
                count.grind(parameters.grinding().fold(round));
                count.sample(Ext4.DEGREE);
            }
            count.observe(Ext4.DEGREE << parameters.logFinalDegree(shape.logRows()));
            count.grind(parameters.grinding().query());
            count.sample(parameters.queries());
            return count.permutations();
        }

        private static long expansion() {
            DuplexCount count = new DuplexCount();
            count.observe(Digest.LENGTH);
            count.sample(Ext4.DEGREE * LookupChallenges.none().length);
            return count.permutations();
        }

        private void observeCap(DuplexCount count, Commitment commitment) {
            count.observe(shape.has(commitment) ? Digest.LENGTH : 0);
        }

        private static int blocks(int elements) {
            return (elements + RATE - 1) / RATE;
        }
    }
}
