package dev.thimble.contracts;

import dev.thimble.chain.Hex;
import dev.thimble.ethereum.ContractAbi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A compiled contract: its interface, the code that creates it, and the code it has then (immutables still zero). */
@SuppressWarnings("ArrayRecordComponent") // constants, never compared
public record ContractArtifact(String name, ContractAbi abi, byte[] creationCode, byte[] deployedCode) {
    public static final ContractArtifact PLONK_VERIFIER = load("PlonkVerifier");
    public static final ContractArtifact THIMBLE_CHAIN = load("ThimbleChain");
    public static final ContractArtifact L2_BRIDGE = load("L2Bridge");
    public static final ContractArtifact DEMO_TOKEN = load("DemoToken");

    private static ContractArtifact load(String name) {
        try (InputStream in = Objects.requireNonNull(
                ContractArtifact.class.getResourceAsStream(name + ".json"), "missing artifact of " + name)) {
            return parse(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From JSON with {@code contract}, {@code abi}, {@code bytecode} and {@code deployedBytecode}. */
    public static ContractArtifact parse(JsonNode json) {
        return new ContractArtifact(
                json.path("contract").asString(),
                new ContractAbi(json.path("abi")),
                Hex.parseData(json.path("bytecode").asString()),
                Hex.parseData(json.path("deployedBytecode").asString()));
    }

    /** The data of the transaction that creates the contract with these constructor arguments. */
    public byte[] creation(Object... arguments) {
        byte[] encoded = abi.encodeConstructor(arguments);
        byte[] data = Arrays.copyOf(creationCode, creationCode.length + encoded.length);
        System.arraycopy(encoded, 0, data, creationCode.length, encoded.length);
        return data;
    }
}
