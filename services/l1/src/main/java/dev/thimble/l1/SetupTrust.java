package dev.thimble.l1;

import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.plonkverifier.PublicCeremony;
import dev.thimble.plonkverifier.VerificationKey;
import java.util.Optional;

/** Keys from a common reference string that somebody may know the secret of stay on development chains. */
final class SetupTrust {
    private SetupTrust() {}

    /** Why the key must not be used on this L1, if so. */
    static Optional<String> complaint(VerificationKey key, long l1ChainId) {
        boolean fine = l1ChainId == DevelopmentAccounts.CHAIN_ID
                || PublicCeremony.of(key.tau()).isPresent();
        return fine
                ? Optional.empty()
                : Optional.of(
                        "the verification key is from a common reference string of no known ceremony: whoever made it"
                                + " can forge proofs, so it is for chain id " + DevelopmentAccounts.CHAIN_ID + " only");
    }
}
