package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.Rlp;
import dev.thimble.ethereum.EthereumClient;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads blocks from a node. The header is encoded here (Ethereum yellow paper 4.3 with EIPs 1559, 4895, 4844 and 4788), and
 * its hash has to be the one that the node states: then every field of it is what the chain's next blocks refer to.
 */
final class BlockReader {
    private static final List<String> DIGESTS_AND_BYTES =
            List.of("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom");
    private static final List<String> QUANTITIES = List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp");

    private final EthereumClient client;

    BlockReader(EthereumClient client) {
        this.client = client;
    }

    /**
     * Block {@code number}.
     *
     * @throws WrongNode if it does not follow the rules of Cancun or its hash is not that of its header
     */
    L2Block read(long number) {
        return parse(client.block(Hex.quantity(number)));
    }

    static L2Block parse(JsonNode json) {
        BigInteger number = quantity(json, "number");
        requireCancun(json, number);
        byte[] header = header(json);
        String hash = Hex.data(Keccak256.hash(header));
        if (!hash.equals(text(json, "hash"))) {
            throw new WrongNode("block " + number + " of the L2 node has hash " + text(json, "hash")
                    + " but its header hashes to " + hash + ": use a node that states its headers in full");
        }
        return new L2Block(
                number.longValueExact(),
                hash,
                text(json, "parentHash"),
                text(json, "stateRoot"),
                quantity(json, "timestamp").longValueExact(),
                quantity(json, "gasUsed").longValueExact(),
                json.path("transactions").size(),
                Math.max(0, quantity(json, "size").longValueExact() - header.length),
                text(json, "miner"),
                quantity(json, "baseFeePerGas"),
                header);
    }

    private static void requireCancun(JsonNode json, BigInteger number) {
        if (json.path("requestsHash").isString()) {
            throw new WrongNode("block " + number + " of the L2 node follows the rules of a fork later than Cancun"
                    + " (it has a requestsHash); start the node with Cancun's, for example anvil --hardfork cancun");
        }
        if (!json.path("parentBeaconBlockRoot").isString()) {
            throw new WrongNode(
                    "block " + number + " of the L2 node follows the rules of a fork before Cancun"
                            + " (it has no parentBeaconBlockRoot); start the node with Cancun's, for example anvil --hardfork cancun");
        }
    }

    private static byte[] header(JsonNode json) {
        List<byte[]> fields = new ArrayList<>();
        DIGESTS_AND_BYTES.forEach(name -> fields.add(bytes(json, name)));
        QUANTITIES.forEach(name -> fields.add(Rlp.encode(quantity(json, name))));
        fields.add(bytes(json, "extraData"));
        fields.add(bytes(json, "mixHash"));
        fields.add(bytes(json, "nonce"));
        fields.add(Rlp.encode(quantity(json, "baseFeePerGas")));
        fields.add(bytes(json, "withdrawalsRoot"));
        fields.add(Rlp.encode(quantity(json, "blobGasUsed")));
        fields.add(Rlp.encode(quantity(json, "excessBlobGas")));
        fields.add(bytes(json, "parentBeaconBlockRoot"));
        return Rlp.list(fields);
    }

    private static byte[] bytes(JsonNode json, String name) {
        return Rlp.encode(Hex.parseData(text(json, name)));
    }

    private static BigInteger quantity(JsonNode json, String name) {
        return Hex.parseQuantity(text(json, name));
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new WrongNode("a block of the L2 node has no " + name);
        }
        return value.asString();
    }
}
