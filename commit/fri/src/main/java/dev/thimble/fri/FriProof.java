package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.merkle.MerklePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A FRI proof. Parameters and degree fix the number and length of every part.
 *
 * @param caps the cap of each layer that is folded, first layer first
 * @param foldNonces the grinding nonce before each folding challenge, canonical
 * @param finalPolynomial the coefficients of the last layer, lowest first
 * @param queryNonce the grinding nonce before the query positions, canonical
 * @param queries per query position, the opened leaf of each layer
 */
public record FriProof(
        List<MerkleCap> caps,
        List<Integer> foldNonces,
        List<Ext4> finalPolynomial,
        int queryNonce,
        List<List<MerkleOpening>> queries) {

    public FriProof {
        caps = List.copyOf(caps);
        foldNonces = List.copyOf(foldNonces);
        finalPolynomial = List.copyOf(finalPolynomial);
        queries = queries.stream().map(List::copyOf).toList();
    }

    /** The number of bytes of every proof of this shape. */
    public static int sizeBytes(FriParameters parameters, int logDegree) {
        int words = 1 + Ext4.DEGREE * (1 << parameters.logFinalDegree(logDegree));
        for (FriLayer layer : FriLayer.layers(parameters, logDegree)) {
            words += 1 + Digest.LENGTH * (1 << layer.logCap());
            words += parameters.queries() * (layer.leafWidth() + Digest.LENGTH * layer.pathLength());
        }
        return words * Integer.BYTES;
    }

    /** Writes the proof; {@link #read} is the inverse. */
    public void write(ElementWriter out) {
        for (MerkleCap cap : caps) {
            cap.digests().forEach(out::digest);
        }
        foldNonces.forEach(out::integer);
        finalPolynomial.forEach(out::ext);
        out.integer(queryNonce);
        for (List<MerkleOpening> layers : queries) {
            layers.forEach(opening -> writeOpening(out, opening));
        }
    }

    /** Reads {@link #sizeBytes} bytes of canonical words; never fails on them. */
    public static FriProof read(FriParameters parameters, int logDegree, ElementReader in) {
        List<FriLayer> layers = FriLayer.layers(parameters, logDegree);
        List<MerkleCap> caps =
                layers.stream().map(layer -> readCap(in, layer.logCap())).toList();
        List<Integer> nonces = layers.stream().map(layer -> in.integer()).toList();
        List<Ext4> finalPolynomial = new ArrayList<>();
        for (int i = 0; i < 1 << parameters.logFinalDegree(logDegree); i++) {
            finalPolynomial.add(in.ext());
        }
        int queryNonce = in.integer();
        List<List<MerkleOpening>> queries = new ArrayList<>();
        for (int query = 0; query < parameters.queries(); query++) {
            queries.add(layers.stream()
                    .map(layer -> readOpening(in, layer.leafWidth(), layer.pathLength()))
                    .toList());
        }
        return new FriProof(caps, nonces, finalPolynomial, queryNonce, queries);
    }

    /** Reads a cap of 2^logCap digests. */
    public static MerkleCap readCap(ElementReader in, int logCap) {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 1 << logCap; i++) {
            digests.add(in.digest());
        }
        return new MerkleCap(digests);
    }

    /** Writes an opened row: values, then siblings from the leaf up. */
    public static void writeOpening(ElementWriter out, MerkleOpening opening) {
        out.elements(opening.values());
        opening.path().siblings().forEach(out::digest);
    }

    /** Reads an opened row of {@code width} values and {@code pathLength} siblings. */
    public static MerkleOpening readOpening(ElementReader in, int width, int pathLength) {
        int[] values = in.elements(width);
        List<Digest> siblings = new ArrayList<>(pathLength);
        for (int i = 0; i < pathLength; i++) {
            siblings.add(in.digest());
        }
        return new MerkleOpening(values, new MerklePath(siblings));
    }

    /** Whether every part has the number and length that parameters and degree fix. */
    public boolean hasShape(FriParameters parameters, int logDegree) {
        List<FriLayer> layers = FriLayer.layers(parameters, logDegree);
        return caps.size() == layers.size()
                && foldNonces.size() == layers.size()
                && finalPolynomial.size() == 1 << parameters.logFinalDegree(logDegree)
                && queries.size() == parameters.queries()
                && queries.stream().allMatch(openings -> openings.size() == layers.size())
                && capsHaveShape(layers);
    }

    private boolean capsHaveShape(List<FriLayer> layers) {
        for (int i = 0; i < layers.size(); i++) {
            if (caps.get(i).logSize() != layers.get(i).logCap()) {
                return false;
            }
        }
        return true;
    }
}
