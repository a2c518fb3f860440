package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Sponge;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.merkle.MerkleTree;
import dev.thimble.transcript.Transcript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proves that a codeword on the coset g·⟨w⟩ is that of a polynomial of fewer than 2^logDegree coefficients.
 *
 * <p>Commit phase: per layer, observe the cap, grind, sample the folding challenge, fold; then observe the final
 * polynomial. Query phase: grind, sample the positions, open every layer at each.
 */
public final class FriProver {
    /** The proof, and the query positions in the first layer, which the caller opens its own trees at. */
    public record Result(FriProof proof, List<Integer> positions) {
        public Result {
            positions = List.copyOf(positions);
        }
    }

    private final FriParameters parameters;
    private final Workers workers;
    private final HashKernels kernels;

    public FriProver(FriParameters parameters, Workers workers, HashKernels kernels) {
        this.parameters = parameters;
        this.workers = workers;
        this.kernels = kernels;
    }

    /**
     * Runs both phases on the transcript.
     *
     * @throws IllegalStateException if the codeword is not of low degree
     */
    public Result prove(Codeword codeword, Transcript transcript) {
        int logDegree = codeword.logLength() - parameters.logBlowup();
        List<FriLayer> layers = FriLayer.layers(parameters, logDegree);
        List<MerkleTree> trees = new ArrayList<>();
        List<MerkleCap> caps = new ArrayList<>();
        List<Integer> nonces = new ArrayList<>();
        Codeword word = codeword;
        for (FriLayer layer : layers) {
            MerkleTree tree = MerkleTree.commit(
                    word.leafColumns(layer.logArity()), layer.logLeaves(), layer.logCap(), kernels, workers);
            trees.add(tree);
            caps.add(tree.cap());
            transcript.observe(tree.cap().digest(new Sponge(kernels.permutation())));
            nonces.add(transcript.grind(parameters.grinding().fold(nonces.size()), workers, kernels));
            word = word.fold(layer.logArity(), transcript.sampleExt(), workers);
        }
        Ext4[] finalPolynomial = word.interpolate(parameters.logFinalDegree(logDegree));
        for (Ext4 coefficient : finalPolynomial) {
            transcript.observe(coefficient);
        }
        int queryNonce = transcript.grind(parameters.grinding().query(), workers, kernels);
        List<Integer> positions = new ArrayList<>();
        List<List<MerkleOpening>> queries = new ArrayList<>();
        for (int query = 0; query < parameters.queries(); query++) {
            int position = transcript.sampleBits(codeword.logLength());
            positions.add(position);
            queries.add(open(trees, position));
        }
        return new Result(new FriProof(caps, nonces, Arrays.asList(finalPolynomial), queryNonce, queries), positions);
    }

    private static List<MerkleOpening> open(List<MerkleTree> trees, int position) {
        List<MerkleOpening> openings = new ArrayList<>();
        int row = position;
        for (MerkleTree tree : trees) {
            row &= (1 << tree.logRows()) - 1;
            openings.add(tree.open(row));
        }
        return openings;
    }
}
