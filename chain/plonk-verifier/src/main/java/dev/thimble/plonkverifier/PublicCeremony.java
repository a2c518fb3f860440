package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.G2;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public ceremonies whose secret τ nobody knows unless all participants colluded, by their [τ]₂. Any other string may have
 * been made by one person who can forge proofs under it.
 *
 * <p>Sources of the points: contracts that snarkjs exported for powersOfTau28_hez_final keys (X2x1 … X2y2); Aztec's verifier
 * contracts (vk.g2_x), the string of which ZKsync's setup_2^k.key files hold.
 */
public final class PublicCeremony {
    private static final Map<G2, String> NAMES = Map.of(
            point(
                    "30441fd1b5d3370482c42152a8899027716989a6996c2535bc9f7fee8aaef79e",
                    "26186a2d65ee4d2f9c9a5b91f86597d35f192cd120caf7e935d8443d1938e23d",
                    "054793348f12c0cf5622c340573cb277586319de359ab9389778f689786b1e48",
                    "1970ea81dd6992adfbc571effb03503adbbb6a857f578403c6c40e22d65b3c02"),
            "Perpetual powers of tau, contribution 54 and beacon (the files powersOfTau28_hez_final)",
            point(
                    "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0",
                    "260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1",
                    "22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55",
                    "04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4"),
            "Aztec Ignition");

    private PublicCeremony() {}

    /** The name of the ceremony that made this [τ]₂, if it is known. */
    public static Optional<String> of(G2 tau) {
        return Optional.ofNullable(NAMES.get(tau));
    }

    /** [τ]₂ of every known ceremony. */
    public static Set<G2> points() {
        return NAMES.keySet();
    }

    private static G2 point(String x0, String x1, String y0, String y1) {
        return new G2(new Fq2(coordinate(x0), coordinate(x1)), new Fq2(coordinate(y0), coordinate(y1)));
    }

    private static Fq coordinate(String hex) {
        return Fq.of(new BigInteger(hex, 16));
    }
}
