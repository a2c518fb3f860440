package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.FriVerifier;
import dev.thimble.fri.Grinding;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Sponge;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.merkle.MerkleVerifier;
import dev.thimble.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a proof that the prover knows shared and main columns that satisfy a circuit together with the preprocessed
 * columns of the key: every constraint on every row of its domain, all local messages cancelling, and the global
 * messages adding up to the sum in the proof.
 *
 * <p>Total: bad bytes, values and inputs give {@code Rejected}. Stateless and shared by threads.
 */
public final class StarkVerifier {
    private final VerifyingKey key;
    private final ProofShape shape;
    private final Sponge sponge;
    private final FriVerifier friVerifier;

    public StarkVerifier(VerifyingKey key) {
        this.key = key;
        this.shape = key.shape();
        this.sponge = key.sponge();
        this.friVerifier = new FriVerifier(key.parameters(), shape.logRows(), sponge);
    }

    /** Decodes and verifies. */
    public static Verdict verify(VerifyingKey key, PublicInputs inputs, byte[] proofBytes) {
        return switch (StarkProof.decode(key, proofBytes)) {
            case StarkProof.Decoded.Malformed(String reason) -> Verdict.rejected(reason);
            case StarkProof.Decoded.Proof(StarkProof proof) -> verify(key, inputs, proof);
        };
    }

    /** Verifies a decoded proof. */
    public static Verdict verify(VerifyingKey key, PublicInputs inputs, StarkProof proof) {
        return new StarkVerifier(key).verify(inputs, proof);
    }

    /** Verifies a decoded proof; the steps are numbered as in the transcript's description. */
    public Verdict verify(PublicInputs inputs, StarkProof proof) {
        // 0 ----- shapes: everything below may index freely
        if (!inputs.fit(key.program())) {
            return Verdict.rejected("the circuit takes other public inputs");
        }
        if (!proof.hasShape(key)) {
            return Verdict.rejected("a part of the proof has the wrong number of elements");
        }
        boolean ground = true;
        Grinding grinding = key.parameters().grinding();
        // 1 ----- verification key and public inputs
        Transcript transcript = start(key, inputs);
        // 2 ----- shared columns, then main columns
        observeCap(transcript, proof, Commitment.SHARED);
        observeCap(transcript, proof, Commitment.MAIN);
        // 3 ----- challenges of the local buses
        int lookupBits = hasLocal(key.program()) ? grinding.lookup() : 0;
        ground &= transcript.checkGrinding(lookupBits, proof.nonces().lookup());
        Ext4[] challenges = lookupChallenges(key, inputs, transcript, proof.globalSum());
        // 4 ----- lookup columns and the global sum
        observeCap(transcript, proof, Commitment.LOOKUP);
        observeSum(key, transcript, proof.globalSum());
        // 5 ----- constraint challenge, quotient
        ground &= transcript.checkGrinding(grinding.alpha(), proof.nonces().alpha());
        Ext4 alpha = transcript.sampleExt();
        observeCap(transcript, proof, Commitment.QUOTIENT);
        // 6 ----- out-of-domain point, openings
        ground &= transcript.checkGrinding(grinding.zeta(), proof.nonces().zeta());
        Ext4 zeta = transcript.sampleExt();
        proof.current().forEach(transcript::observe);
        proof.next().forEach(transcript::observe);
        // 7 ----- batching challenge, FRI commit phase, final polynomial, query positions
        ground &= transcript.checkGrinding(grinding.batching(), proof.nonces().batching());
        Ext4 beta = transcript.sampleExt();
        Optional<FriVerifier.Challenges> fri = friVerifier.challenges(proof.fri(), transcript);
        if (!ground || fri.isEmpty()) {
            return Verdict.rejected("a grinding nonce is wrong");
        }
        // 8 ----- the constraints hold at the out-of-domain point
        if (isBase(zeta)) {
            return Verdict.rejected("the out-of-domain point lies in the base field");
        }
        OpenedValues opened = new OpenedValues(shape, proof.current(), proof.next());
        if (!ConstraintIdentity.holds(key.program(), opened, inputs.elements(), challenges, alpha, zeta)) {
            return Verdict.rejected("the constraints do not hold at the out-of-domain point");
        }
        // 9 ----- the opened values belong to the committed columns
        return checkQueries(proof, new DeepQuotient(shape, proof, beta, zeta), fri.get());
    }

    /** Starts the transcript of a proof: verification key, then public inputs. */
    public static Transcript start(VerifyingKey key, PublicInputs inputs) {
        Transcript transcript = new Transcript(key.protocol().permutation(), Domain.TRANSCRIPT);
        transcript.observe(key.digest());
        inputs.batchSeed().ifPresent(transcript::observe);
        transcript.observe(inputs.elements());
        return transcript;
    }

    /** Whether a circuit has local buses and therefore samples challenges for them. */
    public static boolean hasLocal(AirProgram program) {
        return program.lookup().localAccumulator() >= 0;
    }

    /** Samples the local challenges, if there are local buses, and joins them with the global ones. */
    public static Ext4[] lookupChallenges(
            VerifyingKey key, PublicInputs inputs, Transcript transcript, Ext4 globalSum) {
        Ext4[] local = hasLocal(key.program()) ? LookupChallenges.sample(transcript) : LookupChallenges.none();
        Ext4[] global = inputs.batchSeed()
                .map(seed -> LookupChallenges.expand(key.protocol().permutation(), seed))
                .orElseGet(LookupChallenges::none);
        return LookupChallenges.all(local, global, globalSum);
    }

    /** Observes the global sum of a circuit that has one. */
    public static void observeSum(VerifyingKey key, Transcript transcript, Ext4 globalSum) {
        if (key.program().hasGlobalInteractions()) {
            transcript.observe(globalSum);
        }
    }

    private void observeCap(Transcript transcript, StarkProof proof, Commitment commitment) {
        if (shape.has(commitment)) {
            transcript.observe(proof.cap(shape, commitment).digest(sponge));
        }
    }

    /** ζ in the base field could be a row or a query point. */
    private static boolean isBase(Ext4 zeta) {
        return (zeta.c1() | zeta.c2() | zeta.c3()) == 0;
    }

    private Verdict checkQueries(StarkProof proof, DeepQuotient deep, FriVerifier.Challenges fri) {
        List<MerkleCap> caps = caps(proof);
        int root = KoalaBear.rootOfUnity(shape.logLength());
        for (int query = 0; query < fri.positions().size(); query++) {
            int position = fri.positions().get(query);
            List<MerkleOpening> rows = proof.queries().get(query);
            for (int i = 0; i < rows.size(); i++) {
                if (!isCommitted(caps.get(i), shape.matrices().get(i), position, rows.get(i))) {
                    return Verdict.rejected("query " + query + ": the row of "
                            + shape.matrices().get(i).commitment() + " is not committed");
                }
            }
            int x = KoalaBear.mul(KoalaBear.GENERATOR, KoalaBear.pow(root, position));
            Verdict verdict = friVerifier.checkQuery(proof.fri(), fri, query, deep.value(rows, x));
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    private boolean isCommitted(MerkleCap cap, ProofShape.Matrix matrix, int position, MerkleOpening row) {
        return MerkleVerifier.verify(
                sponge, cap, shape.logLength(), matrix.width(), position, row.values(), row.path());
    }

    private List<MerkleCap> caps(StarkProof proof) {
        List<MerkleCap> caps = new ArrayList<>();
        key.preprocessedCap().ifPresent(caps::add);
        caps.addAll(proof.caps());
        return caps;
    }
}
