package dev.thimble.starkverifier;

import dev.thimble.air.Bus;
import dev.thimble.air.Bus.Scope;
import dev.thimble.air.Challenges;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Poseidon2;
import dev.thimble.transcript.Transcript;
import java.util.Arrays;

/**
 * The extension values that a tape reads besides columns, numbered as {@link Challenges}: α and γ₀ … γ₁₆ of the local buses
 * from the proof's transcript, those of the global bus from the batch seed alone, and the exposed global sum.
 */
public final class LookupChallenges {
    private LookupChallenges() {}

    /** The independent elements α, γ₀ … γ₁₆ of the global bus, expanded from the batch seed by a fresh sponge. */
    public static Ext4[] expand(Poseidon2 permutation, Digest batchSeed) {
        Transcript expansion = new Transcript(permutation, Domain.CHALLENGE);
        expansion.observe(batchSeed);
        return sample(expansion);
    }

    /** The independent elements α, γ₀ … γ₁₆ of the local buses, from the proof's transcript. */
    public static Ext4[] sample(Transcript transcript) {
        Ext4[] challenges = new Ext4[Challenges.PER_SCOPE];
        for (int i = 0; i < challenges.length; i++) {
            challenges[i] = transcript.sampleExt();
        }
        return challenges;
    }

    /** No challenges: those of a scope without messages. */
    public static Ext4[] none() {
        Ext4[] challenges = new Ext4[Challenges.PER_SCOPE];
        Arrays.fill(challenges, Ext4.ZERO);
        return challenges;
    }

    /** All values that the tape reads. */
    public static Ext4[] all(Ext4[] local, Ext4[] global, Ext4 globalSum) {
        Ext4[] all = new Ext4[Challenges.COUNT];
        System.arraycopy(local, 0, all, Challenges.alpha(Scope.LOCAL), Challenges.PER_SCOPE);
        System.arraycopy(global, 0, all, Challenges.alpha(Scope.GLOBAL), Challenges.PER_SCOPE);
        all[Challenges.GLOBAL_SUM] = globalSum;
        return all;
    }

    /**
     * The fingerprint α + tag·γ₀ + Σ tᵢ·γᵢ₊₁ of a message of the global bus, as the tape computes it.
     *
     * @param global the expansion of a batch seed
     * @param tuple canonical elements, as many as the bus has
     */
    public static Ext4 fingerprint(Ext4[] global, Bus bus, int[] tuple) {
        if (bus.scope() != Scope.GLOBAL || tuple.length != bus.arity()) {
            throw new IllegalArgumentException(
                    "tuple of " + tuple.length + " elements is no message of global bus " + bus);
        }
        Ext4 sum = global[0].plus(global[1].times(KoalaBear.fromCanonical(bus.tag())));
        for (int i = 0; i < tuple.length; i++) {
            sum = sum.plus(global[i + 2].times(KoalaBear.fromCanonical(tuple[i])));
        }
        return sum;
    }

    /** The same values with another global sum. */
    public static Ext4[] withGlobalSum(Ext4[] challenges, Ext4 globalSum) {
        Ext4[] copy = challenges.clone();
        copy[Challenges.GLOBAL_SUM] = globalSum;
        return copy;
    }
}
