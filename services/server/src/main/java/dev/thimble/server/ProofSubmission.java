package dev.thimble.server;

import dev.thimble.http.HttpError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a gateway says was proven: the batch verification result of round basic_circuits. See docs/proof-data-api.md.
 *
 * @param stage {@code basic_circuits}
 * @param protocolVersion the rules
 * @param programSha256 0x-hex of the program's ELF file
 * @param output 0x-hex of what the program committed to
 * @param profile the geometry profile
 * @param programId 0x-hex of the program's commitment
 * @param vkSet 0x-hex of the set of verification keys
 * @param proofs how many basic proofs were verified
 * @param resultSha256 0x-hex of the artifact that lists them
 */
record ProofSubmission(
        String stage,
        String protocolVersion,
        String programSha256,
        String output,
        String profile,
        String programId,
        String vkSet,
        int proofs,
        String resultSha256) {
    private static final String DIGEST = "0x[0-9a-f]{64}";

    /**
     * Reads a submission.
     *
     * @throws HttpError 400 naming the field that is missing or malformed
     */
    static ProofSubmission parse(JsonNode json) {
        return new ProofSubmission(
                field(json, "stage", "basic_circuits"),
                field(json, "protocolVersion", "[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}"),
                field(json, "programSha256", DIGEST),
                field(json, "output", DIGEST),
                field(json, "profile", "[a-z0-9_-]{1,32}"),
                field(json, "programId", DIGEST),
                field(json, "vkSet", DIGEST),
                count(json.path("proofs")),
                field(json, "resultSha256", DIGEST));
    }

    private static String field(JsonNode json, String name, String pattern) {
        JsonNode value = json.path(name);
        if (!value.isString() || !value.asString().matches(pattern)) {
            throw new HttpError(400, "BAD_REQUEST", name + " is missing or does not look like " + pattern);
        }
        return value.asString();
    }

    private static int count(JsonNode value) {
        if (!value.isInt() || value.asInt() < 1) {
            throw new HttpError(400, "BAD_REQUEST", "proofs must be a number from 1 on");
        }
        return value.asInt();
    }

    /**
     * Checks that this is about the batch.
     *
     * @throws HttpError 422 naming what differs
     */
    void requireStatementOf(SealedBatch batch) {
        requireSame("protocolVersion", protocolVersion, batch.version().toString());
        requireSame("programSha256", programSha256, batch.programSha256());
        requireSame("output", output, String.valueOf(batch.expectedOutput()));
    }

    static void requireSame(String name, String given, String expected) {
        if (!given.equals(expected)) {
            throw new HttpError(422, "WRONG_STATEMENT", name + " is " + given + " but the batch has " + expected);
        }
    }

    /** The same text for the same values. */
    String canonical() {
        return JsonMapper.shared().writeValueAsString(this);
    }
}
