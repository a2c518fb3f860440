package dev.thimble.riscvcircuits;

import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.HashKernels;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.transcript.Transcript;
import java.util.Optional;

/**
 * The seed of a batch's challenges: a hash of protocol version, recursion keys, basic keys, boundary, globalRoot and a
 * nonce with {@link #GRINDING} bits. Everything that a prover could choose is in it before a challenge exists.
 *
 * <p>Boundary data is every value of every boundary message. recursionVkRoot is zero: this protocol version has no
 * recursion keys.
 *
 * @param digest the seed, which every proof of the batch takes as public input
 * @param nonce the smallest nonce that grinds
 */
public record BatchSeed(Digest digest, int nonce) {
    /** Bits of grinding before the seed is drawn. */
    public static final int GRINDING = 16;

    private static final Digest RECURSION_VK_ROOT = Digest.of(new int[Digest.LENGTH]);

    /** Draws the seed: deterministic, also in its nonce. */
    public static BatchSeed draw(
            Protocol protocol, Digest vkSet, BatchBoundary boundary, Digest globalRoot, Workers workers) {
        Transcript transcript = start(protocol, vkSet, boundary, globalRoot);
        HashKernels kernels = HashKernels.best(protocol.permutation().parameters());
        int nonce = transcript.grind(GRINDING, workers, kernels);
        return new BatchSeed(squeeze(transcript), nonce);
    }

    /** Recomputes the seed of a nonce; empty if the nonce does not grind. */
    public static Optional<BatchSeed> check(
            Protocol protocol, Digest vkSet, BatchBoundary boundary, Digest globalRoot, int nonce) {
        Transcript transcript = start(protocol, vkSet, boundary, globalRoot);
        return transcript.checkGrinding(GRINDING, nonce)
                ? Optional.of(new BatchSeed(squeeze(transcript), nonce))
                : Optional.empty();
    }

    private static Transcript start(Protocol protocol, Digest vkSet, BatchBoundary boundary, Digest globalRoot) {
        Transcript transcript = new Transcript(protocol.permutation(), Domain.BATCH);
        transcript.observe(KoalaBear.fromCanonical(protocol.number()));
        transcript.observe(RECURSION_VK_ROOT);
        transcript.observe(vkSet);
        for (int element : boundary.elements()) {
            transcript.observe(KoalaBear.fromCanonical(element));
        }
        transcript.observe(globalRoot);
        return transcript;
    }

    private static Digest squeeze(Transcript transcript) {
        int[] elements = new int[Digest.LENGTH];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = transcript.sample();
        }
        return Digest.of(elements);
    }
}
