package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.hash.Digest;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proof is about, known to the verifier: the batch seed of a circuit on the global bus, and the elements that its
 * tape reads. The global partial sum and the shared digest are read from the proof after it is accepted.
 */
public final class PublicInputs {
    private final Optional<Digest> batchSeed;
    private final int[] elements;

    private PublicInputs(Optional<Digest> batchSeed, int[] elements) {
        this.batchSeed = batchSeed;
        this.elements = elements.clone();
    }

    /** For a circuit without global messages; elements in Montgomery form. */
    public static PublicInputs of(int... elements) {
        return new PublicInputs(Optional.empty(), elements);
    }

    /** For a circuit with global messages, whose challenges are the expansion of {@code batchSeed}. */
    public static PublicInputs ofBatch(Digest batchSeed, int... elements) {
        return new PublicInputs(Optional.of(batchSeed), elements);
    }

    public Optional<Digest> batchSeed() {
        return batchSeed;
    }

    /** A copy of the elements in Montgomery form. */
    public int[] elements() {
        return elements.clone();
    }

    /** Whether these are the inputs that a circuit takes: a seed iff it is on the global bus, and its element count. */
    public boolean fit(AirProgram program) {
        return batchSeed.isPresent() == program.hasGlobalInteractions() && elements.length == program.publicInputs();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicInputs that
                && batchSeed.equals(that.batchSeed)
                && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return 31 * batchSeed.hashCode() + Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return "PublicInputs[seed " + batchSeed + ", " + elements.length + " elements]";
    }
}
