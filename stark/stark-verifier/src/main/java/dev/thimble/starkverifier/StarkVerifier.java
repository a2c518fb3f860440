package dev.thimble.starkverifier;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.FriVerifier;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Sponge;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.merkle.MerkleVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a proof in numbered steps; 1 to 7 are those of {@link StarkChallenges}. An accepted proof shows that the prover knows shared and main columns that satisfy a circuit together with the preprocessed
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

    /** Verifies a decoded proof. */
    public Verdict verify(PublicInputs inputs, StarkProof proof) {
        // 0 ----- shapes: everything below may index freely
        if (!inputs.fit(key.program())) {
            return Verdict.rejected("the circuit takes other public inputs");
        }
        if (!proof.hasShape(key)) {
            return Verdict.rejected("a part of the proof has the wrong number of elements");
        }
        // 1 to 7 ----- the transcript
        Optional<StarkChallenges> replayed = StarkChallenges.replay(key, inputs, proof);
        if (replayed.isEmpty()) {
            return Verdict.rejected("a grinding nonce is wrong");
        }
        StarkChallenges challenges = replayed.get();
        // 8 ----- the constraints hold at the out-of-domain point
        if (isBase(challenges.zeta())) {
            return Verdict.rejected("the out-of-domain point lies in the base field");
        }
        OpenedValues opened = new OpenedValues(shape, proof.current(), proof.next());
        if (!ConstraintIdentity.holds(key.program(), opened, inputs.elements(), challenges)) {
            return Verdict.rejected("the constraints do not hold at the out-of-domain point");
        }
        // 9 ----- the opened values belong to the committed columns
        DeepQuotient deep = new DeepQuotient(shape, proof, challenges.beta(), challenges.zeta());
        return checkQueries(proof, deep, challenges.fri());
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
