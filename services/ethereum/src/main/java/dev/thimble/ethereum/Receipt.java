package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The receipt of a mined transaction. {@code logs} is the JSON array of its logs. */
public record Receipt(
        String transactionHash,
        long blockNumber,
        String blockHash,
        boolean success,
        BigInteger gasUsed,
        Optional<Address> contractAddress,
        JsonNode logs) {
    static Receipt parse(JsonNode json) {
        return new Receipt(
                json.path("transactionHash").asString(),
                Hex.parseQuantity(json.path("blockNumber").asString()).longValueExact(),
                json.path("blockHash").asString(),
                json.path("status").asString().equals("0x1"),
                Hex.parseQuantity(json.path("gasUsed").asString()),
                json.path("contractAddress").isString()
                        ? Optional.of(new Address(json.path("contractAddress").asString()))
                        : Optional.empty(),
                json.path("logs"));
    }
}
