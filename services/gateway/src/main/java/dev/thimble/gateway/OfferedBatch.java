package dev.thimble.gateway;

import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/**
 * A batch as the server offers it.
 *
 * @param id its chain and number
 * @param version the rules it is to be proven under
 * @param sealedAt when it was sealed
 * @param description what is to be proven
 */
record OfferedBatch(BatchId id, ProtocolVersion version, Instant sealedAt, BatchDescription description) {
    /**
     * Reads the server's JSON.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    static OfferedBatch parse(JsonNode json) {
        try {
            JsonNode program = json.path("program");
            JsonNode input = json.path("input");
            return new OfferedBatch(
                    BatchId.of(number(json, "chainId"), number(json, "number")),
                    ProtocolVersion.parse(text(json, "protocolVersion")),
                    Instant.parse(text(json, "sealedAt")),
                    new BatchDescription(
                            text(program, "name"),
                            text(program, "sha256"),
                            text(input, "path"),
                            text(input, "sha256"),
                            text(json, "expectedOutput"),
                            number(json, "firstBlock"),
                            number(json, "lastBlock")));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("sealedAt is no time: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is missing or no text");
        }
        return value.asString();
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is missing or no whole number");
        }
        return value.asLong();
    }
}
