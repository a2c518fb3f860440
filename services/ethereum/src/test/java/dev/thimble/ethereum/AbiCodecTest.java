package dev.thimble.ethereum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the Solidity ABI specification. */
class AbiCodecTest {
    private static final ContractAbi ABI = new ContractAbi(JsonMapper.shared().readTree("""
            [{"type":"function","name":"baz","inputs":[{"type":"uint32"},{"type":"bool"}],"outputs":[{"type":"bool"}]},
             {"type":"function","name":"sam","inputs":[{"type":"bytes"},{"type":"bool"},{"type":"uint256[]"}],"outputs":[]},
             {"type":"function","name":"f","inputs":[{"type":"uint256"},{"type":"uint32[]"},{"type":"bytes10"},{"type":"bytes"}],
              "outputs":[]},
             {"type":"error","name":"Insufficient","inputs":[{"type":"uint256"},{"type":"address"}]}]
            """));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theSpecificationsExamples() {
        assertThat(Hex.data(ABI.encodeCall("baz", 69, true)))
                .isEqualTo("0xcdcd77c0" + "0".repeat(62) + "45" + "0".repeat(63) + "1");
        String sam = Hex.data(ABI.encodeCall("sam", ascii("dave"), true, List.of(1, 2, 3)));
        assertThat(sam)
                .startsWith("0xa5643bf2" + "0".repeat(62) + "60" + "0".repeat(63) + "1" + "0".repeat(62) + "a0")
                .contains("64617665" + "0".repeat(56))
                .hasSize(2 + 8 + 64 * 9);
        assertThat(Hex.data(
                        ABI.encodeCall("f", 0x123, List.of(0x456, 0x789), ascii("1234567890"), ascii("Hello, world!"))))
                .startsWith("0x8be65246")
                .contains("3132333435363738393000000000000000000000000000000000000000000000")
                .endsWith("48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
    }

    @Test
    void decodesStrictly() {
        byte[] call = ABI.encodeCall("sam", ascii("dave"), true, List.of(BigInteger.ONE));
        List<Object> values = ABI.decodeCall("sam", call);
        assertThat((byte[]) values.get(0)).isEqualTo(ascii("dave"));
        assertThat(values.subList(1, 3)).isEqualTo(List.of(true, List.of(BigInteger.ONE)));
        assertThatThrownBy(() -> ABI.decodeCall("sam", Arrays.copyOf(call, call.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ABI.decodeCall("baz", call)).hasMessageContaining("does not call baz");
        byte[] two = ABI.encodeCall("baz", 1, true);
        two[two.length - 1] = 2;
        assertThatThrownBy(() -> ABI.decodeCall("baz", two)).hasMessageContaining("over 1 bits");
        byte[] endless = call.clone();
        Arrays.fill(endless, 4, 36, (byte) 0xff);
        assertThatThrownBy(() -> ABI.decodeCall("sam", endless)).hasMessageContaining("offset or length");
        assertThatThrownBy(() -> ABI.encodeCall("baz", -1, true)).hasMessageContaining("not a uint32");
        assertThatThrownBy(() -> ABI.encodeCall("baz", 1)).hasMessageContaining("needs 2 values");
    }

    @Test
    void namesCustomErrors() {
        byte[] selector = Arrays.copyOf(Keccak256.hash("Insufficient(uint256,address)"), 4);
        byte[] data = Arrays.copyOf(selector, 68);
        data[35] = 7;
        assertThat(ABI.decodeError(data)).contains("Insufficient[7, " + Address.ZERO + "]");
        assertThat(ABI.decodeError(new byte[68])).isEmpty();
        assertThat(ABI.decodeError(new byte[0])).isEmpty();
    }
}
