package dev.thimble.starkprover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Trace;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.FriProof;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.starkverifier.ProofShape;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import dev.thimble.starkverifier.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is changed in a proof or around it, the answer is a rejection and never an exception. */
final class TamperTest {
    private static final Digest BATCH = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);
    private static final long SEED = 42;

    private static VerifyingKey key;
    private static PublicInputs inputs;
    private static StarkProof proof;
    private static byte[] bytes;

    @BeforeAll
    static void prove() {
        ProvingKey provingKey = Circuits.everythingKey(6);
        key = provingKey.verifyingKey();
        Trace trace = Circuits.Everything.trace(key.program(), true, 5);
        inputs = PublicInputs.ofBatch(BATCH, Circuits.Everything.lastY(trace));
        proof = StarkProver.prove(provingKey, trace, inputs, Circuits.ENGINE, ProgressListener.none());
        bytes = proof.encode(key);
        assertThat(StarkVerifier.verify(key, inputs, bytes)).isEqualTo(Verdict.accepted());
    }

    @Test
    void everyPartOfTheHeaderCounts() {
        for (int position = 0; position < ProofShape.HEADER_BYTES; position++) {
            byte[] changed = bytes.clone();
            changed[position] ^= 1;
            assertRejected(changed, "header byte " + position);
        }
    }

    /** A word of every part, first, middle and last in turn, so that no part goes unread. */
    @Test
    void everyPartOfTheBodyCounts() {
        int position = ProofShape.HEADER_BYTES;
        int turn = 0;
        for (int words : partLengths()) {
            int word = (words - 1) * (turn++ % 3) / 2;
            assertRejected(plusOne(position + Integer.BYTES * word), "part at " + position + ", word " + word);
            position += Integer.BYTES * words;
        }
        assertThat(position).isEqualTo(bytes.length);
    }

    @Test
    void randomWordsCount() {
        SplittableRandom random = new SplittableRandom(SEED);
        int words = (bytes.length - ProofShape.HEADER_BYTES) / Integer.BYTES;
        for (int i = 0; i < 100; i++) {
            int position = ProofShape.HEADER_BYTES + Integer.BYTES * random.nextInt(words);
            assertRejected(plusOne(position), "seed " + SEED + ", byte " + position);
        }
    }

    @Test
    void wordsAreCanonical() {
        int position = ProofShape.HEADER_BYTES + 4 * 100;
        byte[] changed = bytes.clone();
        ByteBuffer words = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int same = words.getInt(position) + KoalaBear.P;
        words.putInt(position, same);
        assertRejected(changed, "not canonical");
        words.putInt(position, -1);
        assertRejected(changed, "all ones");
    }

    @Test
    void theLengthIsExact() {
        for (int length : new int[] {0, 1, 7, 8, 51, 52, 53, 1000, bytes.length - 4, bytes.length - 1}) {
            assertRejected(Arrays.copyOf(bytes, length), "length " + length);
        }
        assertRejected(Arrays.copyOf(bytes, bytes.length + 1), "one more");
        assertRejected(Arrays.copyOf(bytes, bytes.length + 4), "four more");
        assertRejected(Arrays.copyOf(bytes, 2 * bytes.length), "twice as long");
    }

    @Test
    void randomBytesAreRejected() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20; i++) {
            byte[] noise = bytes.clone();
            random.nextBytes(noise);
            assertRejected(noise, "noise");
            System.arraycopy(bytes, 0, noise, 0, ProofShape.HEADER_BYTES);
            assertRejected(noise, "noise after the header");
            for (int at = ProofShape.HEADER_BYTES; at < noise.length; at += 4) {
                noise[at + 3] &= 0x3f;
            }
            assertRejected(noise, "canonical noise after the header");
        }
    }

    @Test
    void partsCannotBeSwapped() {
        List<MerkleCap> caps = swapped(proof.caps());
        assertRejected(with(caps, proof.current(), proof.next(), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), swapped(proof.current()), proof.next(), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), proof.current(), swapped(proof.next()), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), proof.current(), proof.next(), proof.fri(), swapped(proof.queries())));
        FriProof fri = proof.fri();
        FriProof swappedFri = new FriProof(
                fri.caps(), fri.foldNonces(), fri.finalPolynomial(), fri.queryNonce(), swapped(fri.queries()));
        assertRejected(with(proof.caps(), proof.current(), proof.next(), swappedFri, proof.queries()));
    }

    @Test
    void otherShapesAreRejected() {
        assertRejected(with(List.of(), proof.current(), proof.next(), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), List.of(), proof.next(), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), proof.current(), proof.current(), proof.fri(), proof.queries()));
        assertRejected(with(proof.caps(), proof.current(), proof.next(), proof.fri(), List.of()));
        List<MerkleCap> small = new ArrayList<>(proof.caps());
        small.set(0, new MerkleCap(List.of(BATCH)));
        assertRejected(with(small, proof.current(), proof.next(), proof.fri(), proof.queries()));
    }

    @Test
    void otherPublicInputsAreRejected() {
        int y = inputs.elements()[0];
        assertRejected(PublicInputs.ofBatch(BATCH, KoalaBear.add(y, KoalaBear.ONE)));
        assertRejected(PublicInputs.ofBatch(Digest.of(1, 2, 3, 4, 5, 6, 7, 9), y));
        assertRejected(PublicInputs.ofBatch(BATCH));
        assertRejected(PublicInputs.ofBatch(BATCH, y, y));
        assertRejected(PublicInputs.of(y));
    }

    @Test
    void anotherKeyIsRejected() {
        AirProgram other = AirProgram.compile(new Circuits.Fibonacci(6));
        VerifyingKey fibonacci = Circuits.fibonacciKey(6).verifyingKey();
        assertThat(other.height()).isEqualTo(key.program().height());
        assertThat(StarkVerifier.verify(fibonacci, PublicInputs.of(0, 0), bytes))
                .isInstanceOf(Verdict.Rejected.class);
        VerifyingKey taller = Circuits.everythingKey(7).verifyingKey();
        assertThat(StarkVerifier.verify(taller, inputs, bytes)).isInstanceOf(Verdict.Rejected.class);
        assertThat(StarkVerifier.verify(taller, inputs, proof)).isInstanceOf(Verdict.Rejected.class);
    }

    /** Attack: the same proof under a key that lacks one constraint, and the other way round. */
    @Test
    void aKeyWithFewerConstraintsIsAnotherKey() {
        VerifyingKey weaker = new VerifyingKey(
                key.protocol(),
                key.circuitType(),
                key.program().withoutConstraint(0),
                key.parameters(),
                key.preprocessedCap());
        assertThat(weaker.digest()).isNotEqualTo(key.digest());
        assertThat(StarkVerifier.verify(weaker, inputs, proof)).isInstanceOf(Verdict.Rejected.class);
    }

    /** Lengths in words of the parts of the body, in order. */
    private static List<Integer> partLengths() {
        ProofShape shape = key.shape();
        List<Integer> lengths = new ArrayList<>();
        shape.provenMatrices().forEach(matrix -> lengths.add(8 << shape.logCap()));
        lengths.add(4);
        lengths.addAll(Collections.nCopies(4, 1));
        lengths.add(4 * shape.currentOpenings());
        lengths.add(4 * shape.nextOpenings());
        proof.fri().caps().forEach(cap -> lengths.add(8 * cap.digests().size()));
        proof.fri().foldNonces().forEach(nonce -> lengths.add(1));
        lengths.add(4 * proof.fri().finalPolynomial().size());
        lengths.add(1);
        for (int query = 0; query < 196; query++) {
            lengths.add(proof.fri().queries().get(query).stream()
                    .mapToInt(opening ->
                            opening.width() + 8 * opening.path().siblings().size())
                    .sum());
        }
        for (int query = 0; query < 196; query++) {
            lengths.add(shape.currentOpenings() + shape.matrices().size() * 8 * shape.pathLength());
        }
        return lengths;
    }

    private static byte[] plusOne(int position) {
        byte[] changed = bytes.clone();
        ByteBuffer words = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        words.putInt(position, (words.getInt(position) + 1) % KoalaBear.P);
        return changed;
    }

    private static StarkProof with(
            List<MerkleCap> caps,
            List<Ext4> current,
            List<Ext4> next,
            FriProof fri,
            List<List<MerkleOpening>> queries) {
        return new StarkProof(caps, proof.globalSum(), proof.nonces(), current, next, fri, queries);
    }

    private static <T> List<T> swapped(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.swap(copy, 0, 1);
        return copy;
    }

    private static void assertRejected(byte[] changed, String description) {
        assertThat(StarkVerifier.verify(key, inputs, changed)).as(description).isInstanceOf(Verdict.Rejected.class);
    }

    private static void assertRejected(StarkProof changed) {
        assertThat(StarkVerifier.verify(key, inputs, changed)).isInstanceOf(Verdict.Rejected.class);
    }

    private static void assertRejected(PublicInputs changed) {
        assertThat(StarkVerifier.verify(key, changed, bytes)).isInstanceOf(Verdict.Rejected.class);
    }
}
