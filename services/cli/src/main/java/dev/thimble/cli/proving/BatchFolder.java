package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.riscvcircuits.BatchClaim;
import dev.thimble.riscvcircuits.BatchProofs;
import dev.thimble.riscvcircuits.CircuitType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of {@code prove}: {@code batch.json} and {@code proofs/NNNN-TYPE.proof}, numbered over all types. Layout:
 * docs/formats.md. Nothing in it is trusted: {@code batch.json} is a claim.
 */
final class BatchFolder implements BatchProofs {
    private static final int FORMAT = 1;
    private static final long MAXIMUM_PROOF_BYTES = 64L << 20;
    private static final long MAXIMUM_CLAIM_BYTES = 1 << 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What {@code batch.json} says. */
    record Claim(
            int format,
            int protocolVersion,
            String profile,
            String programId,
            String vkSet,
            String output,
            int nonce,
            Map<CircuitType, Integer> instances) {

        /** The output as eight words, and the nonce. */
        BatchClaim toClaim() {
            var words = new ArrayList<Integer>();
            var bytes = HexFormat.of().parseHex(output.substring(2));
            for (int i = 0; i < bytes.length; i += Integer.BYTES) {
                words.add((bytes[i] & 0xFF)
                        | (bytes[i + 1] & 0xFF) << 8
                        | (bytes[i + 2] & 0xFF) << 16
                        | (bytes[i + 3] & 0xFF) << 24);
            }
            return new BatchClaim(words, nonce);
        }
    }

    /** The folder is not a well-formed result: a reason to reject. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Path folder;
    private final Claim claim;

    private BatchFolder(Path folder, Claim claim) {
        this.folder = folder;
        this.claim = claim;
    }

    // ---------------------------------------------------------------- writing

    /** The number of a proof: all proofs of a type stand together, in the order of the types. */
    static int number(Map<CircuitType, Integer> instances, CircuitType type, int index) {
        int number = index;
        for (var earlier : CircuitType.values()) {
            if (earlier == type) {
                break;
            }
            number += instances.getOrDefault(earlier, 0);
        }
        return number;
    }

    /** Writes a proof; {@code number} counts over all types. */
    static void writeProof(Path folder, int number, CircuitType type, byte[] proof) throws IOException {
        Files.createDirectories(folder.resolve("proofs"));
        Files.write(proofFile(folder, number, type), proof);
    }

    /** Writes {@code batch.json}. */
    static void writeClaim(Path folder, Claim claim) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", 1);
        json.put("format", claim.format);
        json.put("protocolVersion", claim.protocolVersion);
        json.put("profile", claim.profile);
        json.put("programId", claim.programId);
        json.put("vkSet", claim.vkSet);
        json.put("output", claim.output);
        json.put("nonce", claim.nonce);
        json.put("instances", claim.instances);
        Files.writeString(
                folder.resolve("batch.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    static int format() {
        return FORMAT;
    }

    private static Path proofFile(Path folder, int number, CircuitType type) {
        return folder.resolve("proofs").resolve(String.format(Locale.ROOT, "%04d-%s.proof", number, type));
    }

    // ---------------------------------------------------------------- reading

    /**
     * Opens a folder.
     *
     * @throws CommandFailure NOT_A_BATCH if there is no batch.json
     * @throws Malformed if batch.json is no claim of this format
     */
    static BatchFolder open(Path folder) throws Malformed {
        var file = folder.resolve("batch.json");
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.environment(
                    "NOT_A_BATCH", folder + " has no batch.json", "Give the folder that thimble prove --out made.");
        }
        try {
            if (Files.size(file) > MAXIMUM_CLAIM_BYTES) {
                throw new Malformed("batch.json is larger than " + MAXIMUM_CLAIM_BYTES + " bytes");
            }
            return new BatchFolder(folder, claim(JSON.readTree(Files.readAllBytes(file))));
        } catch (JacksonException e) {
            throw new Malformed("batch.json is not JSON");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Claim claim(JsonNode json) throws Malformed {
        if (integer(json, "format") != FORMAT) {
            throw new Malformed("batch.json has format " + integer(json, "format") + ", expected " + FORMAT);
        }
        var instances = new EnumMap<CircuitType, Integer>(CircuitType.class);
        for (var type : CircuitType.values()) {
            instances.put(type, integer(json.path("instances"), type.name()));
        }
        return new Claim(
                FORMAT,
                integer(json, "protocolVersion"),
                text(json, "profile", "[a-z]{1,16}"),
                text(json, "programId", "0x[0-9a-f]{64}"),
                text(json, "vkSet", "0x[0-9a-f]{64}"),
                text(json, "output", "0x[0-9a-f]{64}"),
                integer(json, "nonce"),
                instances);
    }

    private static int integer(JsonNode json, String name) throws Malformed {
        var value = json.path(name);
        if (!value.isInt() || value.asInt() < 0) {
            throw new Malformed("batch.json has no integer " + name);
        }
        return value.asInt();
    }

    private static String text(JsonNode json, String name, String pattern) throws Malformed {
        var value = json.path(name);
        if (!value.isString() || !value.asString().matches(pattern)) {
            throw new Malformed("batch.json has no valid " + name);
        }
        return value.asString();
    }

    Claim claim() {
        return claim;
    }

    /** All proofs there are. */
    int proofs() {
        return claim.instances.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int count(CircuitType type) {
        return claim.instances.getOrDefault(type, 0);
    }

    /** A missing or oversized proof reads as no bytes, which no verifier accepts. */
    @Override
    public byte[] read(CircuitType type, int index) {
        var file = proofFile(folder, number(claim.instances, type, index), type);
        try {
            return Files.size(file) > MAXIMUM_PROOF_BYTES ? new byte[0] : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UncheckedIOException unreadable(Path file, IOException e) {
        return new UncheckedIOException(file + " cannot be read", e);
    }
}
