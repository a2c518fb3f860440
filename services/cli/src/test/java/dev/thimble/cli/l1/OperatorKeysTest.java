package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Settings;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.RemoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose key may act for the operator, and where. */
class OperatorKeysTest {
    private static final long MAINNET = 1;
    private static final String OWN = "17".repeat(32);
    private static final String PUBLISHED = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    @TempDir
    private Path folder;

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static OperatorKeys keys(long chain, String... settings) {
        var environment = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new OperatorKeys(Settings.of(environment, Map.of(), ""), chain);
    }

    private String file(String key, String permissions) throws IOException {
        var file = Files.writeString(folder.resolve(key.substring(0, 2)), key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file.toString();
    }

    @Test
    void developmentAccountsAreTheDefaultOnADevelopmentChainAlone() {
        assertThat(keys(DevelopmentAccounts.CHAIN_ID).onL1()).isSameAs(DevelopmentAccounts.OPERATOR);
        assertThat(keys(DevelopmentAccounts.CHAIN_ID).onL2()).contains(DevelopmentAccounts.OPERATOR);
        var production = keys(DevelopmentAccounts.CHAIN_ID, "THIMBLE_PRODUCTION", "true");
        refused(production::onL1, "NO_L1_KEY");
        assertThat(production.onL2()).isEmpty();
        refused(keys(MAINNET)::onL1, "NO_L1_KEY");
        assertThat(keys(MAINNET).onL2()).isEmpty();
    }

    @Test
    void aPublishedKeyIsRefusedElsewhereHoweverItIsGiven() throws Exception {
        var file = file(PUBLISHED, "rw-------");
        assertThat(keys(DevelopmentAccounts.CHAIN_ID, "THIMBLE_L1_KEY_FILE", file)
                        .onL1()
                        .address())
                .isEqualTo(DevelopmentAccounts.OPERATOR.address());
        assertThatThrownBy(keys(MAINNET, "THIMBLE_L1_KEY_FILE", file)::onL1)
                .hasMessageContaining("everybody has its key");
        assertThatThrownBy(keys(MAINNET, "THIMBLE_L2_KEY_FILE", file)::onL2)
                .hasMessageContaining("everybody has its key");
        var account = DevelopmentAccounts.USER.address().hex();
        assertThatThrownBy(keys(MAINNET, "THIMBLE_L1_SIGNER_URL", "http://signer", "THIMBLE_L1_ACCOUNT", account)::onL1)
                .hasMessageContaining("everybody has its key");
    }

    @Test
    void fileOrSigner() throws Exception {
        assertThat(keys(MAINNET, "THIMBLE_L1_KEY_FILE", file(OWN, "rw-------"))
                        .onL1()
                        .address()
                        .hex())
                .startsWith("0x");
        assertThatThrownBy(keys(MAINNET, "THIMBLE_L1_KEY_FILE", file(OWN, "rw-r--r--"))::onL1)
                .hasMessageContaining("chmod 600");
        refused(keys(MAINNET, "THIMBLE_L1_KEY_FILE", folder + "/none")::onL1, "KEY_UNUSABLE");
        refused(keys(MAINNET, "THIMBLE_L1_KEY_FILE", file("zz".repeat(32), "rw-------"))::onL1, "KEY_UNUSABLE");
        refused(keys(MAINNET, "THIMBLE_L2_KEY_FILE", folder + "/none")::onL2, "KEY_UNUSABLE");
        refused(
                keys(MAINNET, "THIMBLE_L1_SIGNER_URL", "http://a b", "THIMBLE_L1_ACCOUNT", "0x" + "ab".repeat(20))
                        ::onL1,
                "USAGE");
        var account = "0x" + "ab".repeat(20);
        assertThat(keys(MAINNET, "THIMBLE_L1_SIGNER_URL", "http://signer", "THIMBLE_L1_ACCOUNT", account)
                        .onL1())
                .isInstanceOf(RemoteSigner.class);
        assertThatThrownBy(keys(MAINNET, "THIMBLE_L1_SIGNER_URL", "http://signer")::onL1)
                .hasMessageContaining("--l1-account");
    }
}
