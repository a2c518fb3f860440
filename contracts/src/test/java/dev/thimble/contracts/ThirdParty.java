package dev.thimble.contracts;

import dev.thimble.chain.Hex;
import dev.thimble.plonk.PlonkCircuit;
import dev.thimble.plonk.SnarkjsFiles;
import dev.thimble.plonkverifier.MalformedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.util.RawValue;

/** snarkjs' own verifier, and the Solidity that it exports. */
final class ThirdParty {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCRIPT = "src/test/npm/third-party.mjs";

    private ThirdParty() {}

    /** A proof for {@link #judge}, in snarkjs' JSON. */
    record Item(String key, String proof, String inputs) {}

    /** What snarkjs says of each: accepted, rejected or threw. */
    static List<String> judge(Path folder, List<Item> items) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        for (Item item : items) {
            array.addObject()
                    .putRawValue("key", new RawValue(item.key()))
                    .putRawValue("proof", new RawValue(item.proof()))
                    .putRawValue("inputs", new RawValue(item.inputs()));
        }
        return run(folder, "judge", array).valueStream().map(JsonNode::asString).toList();
    }

    /** The contracts that snarkjs exports for keys; it needs the header of a .zkey file only. */
    static List<ContractArtifact> contracts(Path folder, List<String> keys) throws IOException, MalformedException {
        ArrayNode files = JSON.createArrayNode();
        PlonkCircuit any = anyCircuit();
        for (int i = 0; i < keys.size(); i++) {
            Path file = folder.resolve(i + ".zkey");
            SnarkjsFiles.writeHeaderZkey(dev.thimble.plonkverifier.VerificationKey.fromJson(keys.get(i)), any, file);
            files.add(file.toString());
        }
        List<ContractArtifact> artifacts = new ArrayList<>();
        for (JsonNode json : run(folder, "contracts", files)) {
            byte[] code = Hex.parseData(json.path("bytecode").asString());
            artifacts.add(new ContractArtifact(
                    "snarkjs", new dev.thimble.ethereum.ContractAbi(json.path("abi")), code, new byte[0]));
        }
        return artifacts;
    }

    /** The header counts signals and gates, but nobody reads that. */
    private static PlonkCircuit anyCircuit() {
        PlonkCircuit.Builder builder = new PlonkCircuit.Builder();
        builder.publicInput();
        builder.publicInput();
        return builder.build();
    }

    private static JsonNode run(Path folder, String mode, JsonNode input) throws IOException {
        Path in = folder.resolve(mode + "-in.json");
        Path out = folder.resolve(mode + "-out.json");
        Files.writeString(in, JSON.writeValueAsString(input));
        NodeTools.run(SCRIPT, mode, in.toString(), out.toString());
        return JSON.readTree(Files.readString(out));
    }

    /** snarkjs' proof.json of 24 words, whatever they are. */
    static String proofJson(List<BigInteger> words) {
        List<String> names = List.of("A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw");
        List<String> evaluations = List.of("eval_a", "eval_b", "eval_c", "eval_s1", "eval_s2", "eval_zw");
        var json = JSON.createObjectNode();
        for (int i = 0; i < names.size(); i++) {
            json.set(names.get(i), point(words.get(2 * i), words.get(2 * i + 1)));
        }
        for (int i = 0; i < evaluations.size(); i++) {
            json.put(evaluations.get(i), words.get(18 + i).toString());
        }
        return JSON.writeValueAsString(json.put("protocol", "plonk").put("curve", "bn128"));
    }

    /** snarkjs' public.json. */
    static String inputsJson(List<BigInteger> inputs) {
        ArrayNode array = JSON.createArrayNode();
        inputs.forEach(input -> array.add(input.toString()));
        return JSON.writeValueAsString(array);
    }

    /** snarkjs' verification_key.json. */
    static String keyJson(VerificationKey key) {
        List<String> names = List.of("Qm", "Ql", "Qr", "Qo", "Qc", "S1", "S2", "S3");
        var json = JSON.createObjectNode()
                .put("protocol", "plonk")
                .put("curve", "bn128")
                .put("nPublic", 2)
                .put("power", key.power())
                .put("k1", "2")
                .put("k2", "3");
        for (int i = 0; i < names.size(); i++) {
            json.set(
                    names.get(i),
                    point(key.commitments().get(2 * i), key.commitments().get(2 * i + 1)));
        }
        List<BigInteger> tau = key.tauG2();
        ArrayNode twist = JSON.createArrayNode();
        twist.addArray().add(tau.get(1).toString()).add(tau.get(0).toString());
        twist.addArray().add(tau.get(3).toString()).add(tau.get(2).toString());
        twist.addArray().add("1").add("0");
        json.set("X_2", twist);
        return JSON.writeValueAsString(json.put("w", key.omega().toString()));
    }

    /** (0, 0) is how the contracts write the point at infinity, ["0", "1", "0"] how snarkjs does. */
    private static ArrayNode point(BigInteger x, BigInteger y) {
        boolean infinity = x.signum() == 0 && y.signum() == 0;
        return JSON.createArrayNode()
                .add(x.toString())
                .add(infinity ? "1" : y.toString())
                .add(infinity ? "0" : "1");
    }
}
