package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thimble.chain.Bytes32;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** How the digest of the basic keys becomes a public input. */
class VerifierParamsTest {
    @Test
    void eightElementsOf31BitsArePackedLowestFirst() {
        VerifierParams params = VerifierParams.ofBasicKeys("0x01000000" + "02000000" + "00".repeat(20) + "0000007f");
        BigInteger expected = BigInteger.ONE
                .add(BigInteger.TWO.shiftLeft(31))
                .add(BigInteger.valueOf(0x7f000000L).shiftLeft(217));
        assertThat(params.circuitsSetHash().toNumber()).isEqualTo(expected);
        assertThat(params.nodeKeyHash()).isEqualTo(Bytes32.ZERO);
        assertThat(VerifierParams.ofBasicKeys("0x" + "ffffff7f".repeat(8))
                        .circuitsSetHash()
                        .toNumber()
                        .bitLength())
                .as("below r")
                .isEqualTo(248);
    }

    @Test
    void whatIsNoDigestIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierParams.ofBasicKeys("11".repeat(32)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierParams.ofBasicKeys("0x000000ff" + "00".repeat(28)))
                .withMessageContaining("31 bits");
    }
}
