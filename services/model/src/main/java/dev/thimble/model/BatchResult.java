package dev.thimble.model;

import java.util.Map;

/**
 * What the basic proofs of a batch show together, after they were all verified. Stored as lines of {@code name value}.
 *
 * @param profile the geometry profile
 * @param programId 0x-hex that names the program's text and image
 * @param programSha256 0x-hex of its ELF file
 * @param vkSet 0x-hex of the set of verification keys
 * @param output 0x-hex of the 32 bytes that the program committed to
 * @param nonce of the batch seed
 * @param proofs how many proofs there are
 */
public record BatchResult(
        String profile, String programId, String programSha256, String vkSet, String output, int nonce, int proofs) {
    public static final String ARTIFACT = "batch_result";

    public BatchResult {
        TextLines.checkDigest("programId", programId);
        TextLines.checkDigest("programSha256", programSha256);
        TextLines.checkDigest("vkSet", vkSet);
        TextLines.checkDigest("output", output);
        Identifiers.checkNotNegative("proofs", proofs);
    }

    /** The artifact's bytes. */
    public byte[] encode() {
        return new TextLines()
                .add("profile", profile)
                .add("programId", programId)
                .add("programSha256", programSha256)
                .add("vkSet", vkSet)
                .add("output", output)
                .add("nonce", Integer.toString(nonce))
                .add("proofs", Integer.toString(proofs))
                .encode();
    }

    /**
     * The inverse of {@link #encode()}.
     *
     * @throws IllegalArgumentException if the bytes are not a result
     */
    public static BatchResult decode(byte[] bytes) {
        Map<String, String> lines = TextLines.decode(bytes);
        return new BatchResult(
                TextLines.value(lines, "profile"),
                TextLines.value(lines, "programId"),
                TextLines.value(lines, "programSha256"),
                TextLines.value(lines, "vkSet"),
                TextLines.value(lines, "output"),
                Integer.parseInt(TextLines.value(lines, "nonce")),
                Integer.parseInt(TextLines.value(lines, "proofs")));
    }
}
