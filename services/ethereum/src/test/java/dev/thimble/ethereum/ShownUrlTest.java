package dev.thimble.ethereum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8545, http://127.0.0.1:8545",
        "https://node.example.org/rpc/v1/, https://node.example.org/rpc/v1/",
        "https://a-long-name-of-a-node.example.org/, https://a-long-name-of-a-node.example.org/",
        "https://eve:pass@node.example.org:8545/x, https://(hidden)@node.example.org:8545/x",
        "https://e@ve:p@ss@node.example.org/x, https://(hidden)@node.example.org/x",
        "https://node.example.org/v3/0123456789abcdef0123, https://node.example.org/v3/(hidden)",
        "https://node.example.org/0123456789abcdef/eth, https://node.example.org/(hidden)/eth",
        "https://node.example.org/v3?key=abc&n=, https://node.example.org/v3?key=(hidden)&n=",
        "https://node.example.org/v3?abc=1/2#key, https://node.example.org/v3?abc=(hidden)",
        "https://node.example.org?0123456789abcdef, https://node.example.org?(hidden)"
    })
    void hidesWhatMayBeASecret(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
    }
}
