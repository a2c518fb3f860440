package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Sponge;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.merkle.MerkleVerifier;
import dev.thimble.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a function, given by its values at the query positions, is close to a polynomial of fewer than 2^logDegree
 * coefficients on the coset g·⟨w⟩.
 *
 * <p>The caller replays the commit phase with {@link #challenges}, computes the function at each position, and hands the
 * value to {@link #checkQuery}. Both are total: bad proofs give a rejection.
 */
public final class FriVerifier {
    /**
     * What the transcript says.
     *
     * @param folds the folding challenge of each layer
     * @param positions the query positions in the first layer
     */
    public record Challenges(List<Ext4> folds, List<Integer> positions) {
        public Challenges {
            folds = List.copyOf(folds);
            positions = List.copyOf(positions);
        }
    }

    private final FriParameters parameters;
    private final int logLength;
    private final int logDegree;
    private final List<FriLayer> layers;
    private final Sponge sponge;

    public FriVerifier(FriParameters parameters, int logDegree, Sponge sponge) {
        this.parameters = parameters;
        this.logDegree = logDegree;
        this.logLength = logDegree + parameters.logBlowup();
        this.layers = FriLayer.layers(parameters, logDegree);
        this.sponge = sponge;
    }

    /** Replays the commit phase; empty if a part has the wrong shape or a grinding nonce is wrong. */
    public Optional<Challenges> challenges(FriProof proof, Transcript transcript) {
        if (!proof.hasShape(parameters, logDegree)) {
            return Optional.empty();
        }
        boolean ground = true;
        List<Ext4> folds = new ArrayList<>();
        for (int round = 0; round < layers.size(); round++) {
            transcript.observe(proof.caps().get(round).digest(sponge));
            int bits = parameters.grinding().fold(round);
            ground &= transcript.checkGrinding(bits, proof.foldNonces().get(round));
            folds.add(transcript.sampleExt());
        }
        proof.finalPolynomial().forEach(transcript::observe);
        ground &= transcript.checkGrinding(parameters.grinding().query(), proof.queryNonce());
        List<Integer> positions = new ArrayList<>();
        for (int query = 0; query < parameters.queries(); query++) {
            positions.add(transcript.sampleBits(logLength));
        }
        return ground ? Optional.of(new Challenges(folds, positions)) : Optional.empty();
    }

    /**
     * Checks query number {@code query}: each layer's leaf is committed, holds the value that came from the layer before
     * (from {@code value} in the first), and the last fold is the final polynomial's value.
     */
    public Verdict checkQuery(FriProof proof, Challenges challenges, int query, Ext4 value) {
        int position = challenges.positions().get(query);
        int offset = KoalaBear.GENERATOR;
        Ext4 expected = value;
        for (int round = 0; round < layers.size(); round++) {
            FriLayer layer = layers.get(round);
            int leaf = position & ((1 << layer.logLeaves()) - 1);
            MerkleOpening opening = proof.queries().get(query).get(round);
            int[] row = opening.values();
            if (!MerkleVerifier.verify(
                    sponge, proof.caps().get(round), layer.logLeaves(), layer.leafWidth(), leaf, row, opening.path())) {
                return Verdict.rejected("query " + query + ": the leaf of FRI layer " + round + " is not committed");
            }
            Ext4[] values = extensionElements(row);
            if (!values[position >>> layer.logLeaves()].equals(expected)) {
                return Verdict.rejected("query " + query + ": FRI layer " + round + " does not hold the folded value");
            }
            int x = KoalaBear.mul(offset, KoalaBear.pow(KoalaBear.rootOfUnity(layer.logLength()), leaf));
            expected = Folding.fold(values, x, challenges.folds().get(round));
            offset = KoalaBear.pow(offset, 1L << layer.logArity());
            position = leaf;
        }
        return checkFinal(proof, query, position, offset, expected);
    }

    private Verdict checkFinal(FriProof proof, int query, int position, int offset, Ext4 expected) {
        int logFinalLength = parameters.logFinalDegree(logDegree) + parameters.logBlowup();
        int x = KoalaBear.mul(offset, KoalaBear.pow(KoalaBear.rootOfUnity(logFinalLength), position));
        Ext4[] polynomial = proof.finalPolynomial().toArray(Ext4[]::new);
        return Codeword.evaluate(polynomial, x).equals(expected)
                ? Verdict.accepted()
                : Verdict.rejected("query " + query + ": the last fold is not the final polynomial's value");
    }

    private static Ext4[] extensionElements(int[] row) {
        Ext4[] values = new Ext4[row.length / Ext4.DEGREE];
        for (int i = 0; i < values.length; i++) {
            values[i] = Ext4.of(row, i * Ext4.DEGREE);
        }
        return values;
    }
}
