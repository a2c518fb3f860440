package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed artifacts are those of the committed sources. */
class ArtifactsTest {
    private static final Path ARTIFACTS = NodeTools.MODULE.resolve("artifacts");
    private static final int CODE_LIMIT = 24_576; // EIP-170

    private static Map<String, String> hashes(Path folder, String suffix) throws IOException {
        Map<String, String> hashes = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return hashes;
    }

    private static Map<String, String> recorded(String what) throws IOException {
        JsonNode manifest = JsonMapper.shared().readTree(Files.readString(ARTIFACTS.resolve("manifest.json")));
        Map<String, String> hashes = new HashMap<>();
        manifest.path(what)
                .properties()
                .forEach(e -> hashes.put(e.getKey(), e.getValue().asString()));
        return hashes;
    }

    @Test
    void sourcesAndArtifactsHaveTheRecordedHashes() throws IOException {
        assertThat(hashes(NodeTools.MODULE.resolve("src/main/solidity"), ".sol"))
                .isEqualTo(recorded("sources"));
        Map<String, String> artifacts = hashes(ARTIFACTS, ".json");
        artifacts.remove("manifest.json");
        assertThat(artifacts).isEqualTo(recorded("artifacts"));
    }

    @Test
    void aFreshCompilationGivesTheSame() throws IOException {
        NodeTools.require();
        NodeTools.run("compile.mjs", "--check");
    }

    @Test
    void theCodeFitsIntoAContract() {
        for (ContractArtifact artifact : new ContractArtifact[] {
            ContractArtifact.PLONK_VERIFIER,
            ContractArtifact.THIMBLE_CHAIN,
            ContractArtifact.L2_BRIDGE,
            ContractArtifact.DEMO_TOKEN
        }) {
            assertThat(artifact.deployedCode()).hasSizeBetween(1000, CODE_LIMIT);
        }
    }
}
