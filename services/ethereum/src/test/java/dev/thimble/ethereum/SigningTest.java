package dev.thimble.ethereum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, signatures, and a remote signer that is not to be trusted. */
class SigningTest {
    private static final PrivateKey KEY = DevelopmentAccounts.OWNER;
    private static final PrivateKey OTHER = DevelopmentAccounts.OPERATOR;

    @TempDir
    Path folder;

    private static FeeMarketTransaction transaction(long nonce) {
        return new FeeMarketTransaction(
                31337,
                nonce,
                BigInteger.ONE,
                BigInteger.valueOf(7_000_000_000L),
                BigInteger.valueOf(21_000),
                Optional.of(OTHER.address()),
                BigInteger.TEN,
                new byte[] {1, 2});
    }

    @Test
    void knownAddressesAndContracts() {
        assertThat(KEY.address().hex()).isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
        assertThat(OTHER.address().hex()).isEqualTo("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
        assertThat(KEY.address().created(0).hex()).isEqualTo("0x5fbdb2315678afecb367f032d93f642f64180aa3");
        assertThat(KEY).hasToString("PrivateKey of " + KEY.address());
    }

    /** A node of another make accepts the signature as the account's. */
    @Test
    void signsWhatItIsAskedTo() {
        for (int nonce = 0; nonce < 20; nonce++) {
            SignedTransaction signed = KEY.sign(transaction(nonce));
            assertThat(transaction(nonce).accept(signed.raw(), KEY.address())).isEqualTo(signed);
            assertThat(KEY.sign(transaction(nonce))).as("deterministic").isEqualTo(signed);
        }
        byte[] raw = KEY.sign(transaction(1)).raw();
        assertThatThrownBy(() -> transaction(2).accept(raw, KEY.address())).hasMessageContaining("differs");
        assertThatThrownBy(() -> transaction(1).accept(raw, OTHER.address())).hasMessageContaining("is from");
        for (int i = 0; i < raw.length; i++) {
            byte[] changed = raw.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> transaction(1).accept(changed, KEY.address()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keyFilesAreForTheirOwnerOnly() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(file, "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> PrivateKey.fromFile(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(PrivateKey.fromFile(file).address()).isEqualTo(KEY.address());
        Files.writeString(file, "not a key");
        assertThatThrownBy(() -> PrivateKey.fromFile(file))
                .hasMessageContaining("holds no key")
                .hasMessageNotContaining("not a key\"");
        assertThatThrownBy(() -> PrivateKey.parse("0".repeat(64))).hasMessageContaining("out of range");
    }

    @Test
    void aRemoteSignerCannotSignSomethingElse() throws Exception {
        AtomicReference<String> answer = new AtomicReference<>("");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = request.replaceFirst("(?s).*\"id\":(\\d+).*", "$1");
            byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + answer.get() + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            RemoteSigner signer = new RemoteSigner(new JsonRpc(url), KEY.address());
            SignedTransaction good = KEY.sign(transaction(3));
            answer.set("\"" + good.hex() + "\"");
            assertThat(signer.sign(transaction(3))).isEqualTo(good);
            answer.set("{\"raw\":\"" + good.hex() + "\"}");
            assertThat(signer.sign(transaction(3))).isEqualTo(good);
            assertThatThrownBy(() -> signer.sign(transaction(4))).hasMessageContaining("differs");
            answer.set("\"" + OTHER.sign(transaction(3)).hex() + "\"");
            assertThatThrownBy(() -> signer.sign(transaction(3))).hasMessageContaining("is from");
            answer.set("null");
            assertThatThrownBy(() -> signer.sign(transaction(3))).isInstanceOf(SignerException.class);
        } finally {
            server.stop(0);
        }
    }
}
