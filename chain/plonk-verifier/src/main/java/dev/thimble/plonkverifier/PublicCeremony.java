package dev.thimble.plonkverifier;

import dev.thimble.bn254.G2;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * The public ceremonies whose secret τ nobody knows unless all participants colluded, by the first coordinate (x.c0) of their
 * [τ]₂. Any other string may have been made by one person who can forge proofs under it.
 */
public final class PublicCeremony {
    private static final Map<BigInteger, String> NAMES = Map.of(
            new BigInteger("21831381940315734285607114342023901060522397560371972897001948545212302161822"),
            "Perpetual powers of tau, contribution 54 and beacon (the files powersOfTau28_hez_final)",
            new BigInteger("260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1", 16),
            "Aztec Ignition");

    private PublicCeremony() {}

    /** The name of the ceremony that made this [τ]₂, if it is known. */
    public static Optional<String> of(G2 tau) {
        return Optional.ofNullable(NAMES.get(tau.x().c0().toBigInteger()));
    }
}
