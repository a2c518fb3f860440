package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Where a prover's eleven blinding factors come from. They hide the witness; soundness does not depend on them. */
@FunctionalInterface
public interface Blinding {
    /** The next factor, uniform in Fr. */
    Fr next();

    /** Unpredictable factors: the default, needed for zero knowledge. */
    static Blinding secure() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            return Fr.reduce(new BigInteger(1, bytes));
        };
    }

    /** Repeatable factors, so that equal inputs give equal proofs; whoever knows the seed can unblind the proof. */
    static Blinding deterministic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            return Fr.reduce(new BigInteger(1, bytes));
        };
    }
}
