package dev.thimble.starkverifier;

import dev.thimble.field.Ext4;
import dev.thimble.fri.ElementReader;
import dev.thimble.fri.ElementWriter;
import dev.thimble.fri.FriProof;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A STARK proof: a header, then canonical little-endian words in the order of the components. The verification key fixes
 * the exact length.
 *
 * @param caps the caps of shared, main, lookup and quotient columns, as far as the circuit has them
 * @param globalSum the sum of the circuit's global messages; zero (and not encoded) without any
 * @param nonces grinding nonces
 * @param current the values at ζ, ordered as {@link ProofShape} says
 * @param next the values at ζ·w
 * @param fri the FRI proof of the batched openings
 * @param queries per query position, the opened row of each matrix
 */
public record StarkProof(
        List<MerkleCap> caps,
        Ext4 globalSum,
        Nonces nonces,
        List<Ext4> current,
        List<Ext4> next,
        FriProof fri,
        List<List<MerkleOpening>> queries) {

    /** The version of the byte format. */
    public static final int FORMAT = 1;

    private static final byte[] MAGIC = "THIMBLEP".getBytes(StandardCharsets.US_ASCII);

    /** Canonical grinding nonces before the named challenges; 0 where the parameters ask for none. */
    public record Nonces(int lookup, int alpha, int zeta, int batching) {}

    /** The result of decoding. */
    public sealed interface Decoded {
        /** Well-formed bytes: nothing is known of their truth yet. */
        record Proof(StarkProof proof) implements Decoded {}

        /** Bytes that are no proof under the key. */
        record Malformed(String reason) implements Decoded {}
    }

    public StarkProof {
        caps = List.copyOf(caps);
        current = List.copyOf(current);
        next = List.copyOf(next);
        queries = queries.stream().map(List::copyOf).toList();
    }

    /** The cap of a matrix that the shape has; not the preprocessed one. */
    public MerkleCap cap(ProofShape shape, Commitment commitment) {
        List<ProofShape.Matrix> matrices = shape.provenMatrices();
        for (int i = 0; i < matrices.size(); i++) {
            if (matrices.get(i).commitment() == commitment) {
                return caps.get(i);
            }
        }
        throw new IllegalArgumentException("commitment is not part of the proof: " + commitment);
    }

    /** The digest of the shared columns, which goes into the batch's tree; empty without shared columns. */
    public Optional<Digest> sharedDigest(VerifyingKey key) {
        return key.shape().has(Commitment.SHARED)
                ? Optional.of(cap(key.shape(), Commitment.SHARED).digest(key.sponge()))
                : Optional.empty();
    }

    /** The bytes of a proof under {@code key}; {@link #decode} is the inverse. */
    public byte[] encode(VerifyingKey key) {
        ElementWriter out = new ElementWriter(key.shape().sizeBytes() - ProofShape.HEADER_BYTES);
        for (MerkleCap cap : caps) {
            cap.digests().forEach(out::digest);
        }
        if (key.program().hasGlobalInteractions()) {
            out.ext(globalSum);
        }
        out.integer(nonces.lookup());
        out.integer(nonces.alpha());
        out.integer(nonces.zeta());
        out.integer(nonces.batching());
        current.forEach(out::ext);
        next.forEach(out::ext);
        fri.write(out);
        for (List<MerkleOpening> rows : queries) {
            rows.forEach(row -> FriProof.writeOpening(out, row));
        }
        return ByteBuffer.allocate(key.shape().sizeBytes())
                .put(header(key))
                .put(out.bytes())
                .array();
    }

    private static byte[] header(VerifyingKey key) {
        return ByteBuffer.allocate(ProofShape.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(FORMAT)
                .putInt(key.protocol().number())
                .putInt(key.circuitType())
                .put(key.digest().toBytes())
                .array();
    }

    /** Reads a proof under {@code key}: total on all bytes. */
    public static Decoded decode(VerifyingKey key, byte[] bytes) {
        Optional<String> fault = headerFault(key, bytes);
        if (fault.isPresent()) {
            return new Decoded.Malformed(fault.get());
        }
        if (bytes.length != key.shape().sizeBytes()) {
            return new Decoded.Malformed("length is " + bytes.length + " bytes, a proof under this key has "
                    + key.shape().sizeBytes());
        }
        if (!ElementReader.allCanonical(bytes, ProofShape.HEADER_BYTES)) {
            return new Decoded.Malformed("a word is not a canonical field element");
        }
        return new Decoded.Proof(body(key, new ElementReader(bytes, ProofShape.HEADER_BYTES)));
    }

    private static Optional<String> headerFault(VerifyingKey key, byte[] bytes) {
        if (bytes.length < ProofShape.HEADER_BYTES) {
            return Optional.of("shorter than a header");
        }
        byte[] expected = header(key);
        int digestAt = ProofShape.HEADER_BYTES - Digest.BYTES;
        if (!Arrays.equals(bytes, 0, MAGIC.length, expected, 0, MAGIC.length)) {
            return Optional.of("not a STARK proof");
        }
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        int format = words.getInt();
        int version = words.getInt();
        int type = words.getInt();
        if (format != FORMAT) {
            return Optional.of("format " + format + ", expected " + FORMAT);
        }
        if (version != key.protocol().number()) {
            return Optional.of("protocol version " + version + ", expected "
                    + key.protocol().number());
        }
        if (type != key.circuitType()) {
            return Optional.of("circuit type " + type + ", expected " + key.circuitType());
        }
        return Arrays.equals(bytes, digestAt, ProofShape.HEADER_BYTES, expected, digestAt, ProofShape.HEADER_BYTES)
                ? Optional.empty()
                : Optional.of("proof is for another verification key");
    }

    private static StarkProof body(VerifyingKey key, ElementReader in) {
        ProofShape shape = key.shape();
        List<MerkleCap> caps = new ArrayList<>();
        for (int i = 0; i < shape.provenMatrices().size(); i++) {
            caps.add(FriProof.readCap(in, shape.logCap()));
        }
        Ext4 globalSum = key.program().hasGlobalInteractions() ? in.ext() : Ext4.ZERO;
        Nonces nonces = new Nonces(in.integer(), in.integer(), in.integer(), in.integer());
        List<Ext4> current = readExts(in, shape.currentOpenings());
        List<Ext4> next = readExts(in, shape.nextOpenings());
        FriProof fri = FriProof.read(key.parameters(), shape.logRows(), in);
        List<List<MerkleOpening>> queries = new ArrayList<>();
        for (int query = 0; query < key.parameters().queries(); query++) {
            List<MerkleOpening> rows = new ArrayList<>();
            for (ProofShape.Matrix matrix : shape.matrices()) {
                rows.add(FriProof.readOpening(in, matrix.width(), shape.pathLength()));
            }
            queries.add(rows);
        }
        return new StarkProof(caps, globalSum, nonces, current, next, fri, queries);
    }

    private static List<Ext4> readExts(ElementReader in, int count) {
        List<Ext4> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.ext());
        }
        return values;
    }

    /** Whether every part has the number and length that the key fixes; rows are checked with their paths. */
    boolean hasShape(VerifyingKey key) {
        ProofShape shape = key.shape();
        return caps.size() == shape.provenMatrices().size()
                && caps.stream().allMatch(cap -> cap.logSize() == shape.logCap())
                && (key.program().hasGlobalInteractions() || globalSum.isZero())
                && current.size() == shape.currentOpenings()
                && next.size() == shape.nextOpenings()
                && fri.hasShape(key.parameters(), shape.logRows())
                && queries.size() == key.parameters().queries()
                && queries.stream()
                        .allMatch(rows -> rows.size() == shape.matrices().size());
    }
}
