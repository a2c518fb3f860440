package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of the Ethereum wiki's page on RLP, and the canonical form. */
class RlpTest {
    private static byte[] text(String text) {
        return Rlp.encode(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void knownEncodings() {
        assertThat(Hex.data(text("dog"))).isEqualTo("0x83646f67");
        assertThat(Hex.data(Rlp.list(text("cat"), text("dog")))).isEqualTo("0xc88363617483646f67");
        assertThat(Hex.data(text(""))).isEqualTo("0x80");
        assertThat(Hex.data(Rlp.list())).isEqualTo("0xc0");
        assertThat(Hex.data(Rlp.encode(0))).isEqualTo("0x80");
        assertThat(Hex.data(Rlp.encode(15))).isEqualTo("0x0f");
        assertThat(Hex.data(Rlp.encode(1024))).isEqualTo("0x820400");
        assertThat(Hex.data(Rlp.list(Rlp.list(), Rlp.list(Rlp.list()), Rlp.list(Rlp.list(), Rlp.list(Rlp.list())))))
                .isEqualTo("0xc7c0c1c0c3c0c1c0");
        assertThat(Hex.data(text("Lorem ipsum dolor sit amet, consectetur adipisicing elit")))
                .startsWith("0xb8384c6f72656d20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0x", "0x8100", "0x817f", "0xb800", "0xb837", "0xf800", "0x83646f", "0xc2", "0x8080", "0xb90038"
            })
    void otherFormsAreRefused(String hex) {
        assertThatThrownBy(() -> Rlp.decode(Hex.parseData(hex))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodesWhatItEncodes() {
        SplittableRandom random = new SplittableRandom(5);
        for (int length : new int[] {0, 1, 55, 56, 255, 256, 70_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            Rlp.Item item = Rlp.decode(Rlp.list(Rlp.encode(bytes), Rlp.encode(BigInteger.TEN)));
            assertThat(item.items().get(0).bytes()).isEqualTo(bytes);
            assertThat(item.items().get(1).number()).isEqualTo(BigInteger.TEN);
        }
        assertThatThrownBy(() -> Rlp.decode(Hex.parseData("0x820001")).number()).hasMessageContaining("zero in front");
    }
}
