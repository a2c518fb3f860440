package dev.thimble.ethereum;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads whole blocks as RLP from any node: the header from its JSON fields, the transactions raw. What comes out has the
 * hash that the node says the block has.
 */
public final class BlockReader {
    private static final List<String> DATA_FIELDS_FIRST =
            List.of("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom");
    private static final List<String> QUANTITY_FIELDS =
            List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp");
    private static final List<String> DATA_FIELDS_AFTER = List.of("extraData", "mixHash", "nonce");

    private final EthereumClient client;

    public BlockReader(EthereumClient client) {
        this.client = client;
    }

    /**
     * The header of a block, empty if the node does not have the block.
     *
     * @throws MalformedBlockException if it is of another fork than Cancun, or does not have the hash that the node says
     */
    public Optional<BlockHeader> header(long number) throws MalformedBlockException {
        JsonNode json = block(number);
        return json.isObject() ? Optional.of(header(json)) : Optional.empty();
    }

    /**
     * A block, empty if the node does not have it.
     *
     * @throws MalformedBlockException as {@link #header}, or if it has ommers
     */
    public Optional<Block> read(long number) throws MalformedBlockException {
        JsonNode json = block(number);
        if (!json.isObject()) {
            return Optional.empty();
        }
        if (!json.path("uncles").isEmpty()) {
            throw new MalformedBlockException("block " + number + " has ommers: only blocks of Cancun can be proven");
        }
        BlockHeader header = header(json);
        List<byte[]> transactions = new ArrayList<>();
        for (JsonNode hash : json.path("transactions")) {
            transactions.add(Hex.parseData(client.rpc()
                    .call("eth_getRawTransactionByHash", hash.asString())
                    .asString()));
        }
        return Optional.of(Block.assemble(header.rlp(), transactions, withdrawals(json)));
    }

    private JsonNode block(long number) {
        return client.rpc().call("eth_getBlockByNumber", Hex.quantity(number), false);
    }

    private static BlockHeader header(JsonNode json) throws MalformedBlockException {
        String name = "block " + json.path("number").asString();
        if (json.path("requestsHash").isString()
                || !json.path("parentBeaconBlockRoot").isString()) {
            throw new MalformedBlockException(name + " is of another fork: only blocks of Cancun can be proven");
        }
        BlockHeader header;
        try {
            header = BlockHeader.decode(rlp(json));
        } catch (IllegalArgumentException e) {
            throw new MalformedBlockException(name + " cannot be read: " + e.getMessage());
        }
        if (!header.hash().equals(new Bytes32(json.path("hash").asString()))) {
            throw new MalformedBlockException(
                    name + " has header fields that do not give its hash: only blocks of Cancun" + " can be proven");
        }
        return header;
    }

    private static byte[] rlp(JsonNode json) {
        List<byte[]> items = new ArrayList<>();
        DATA_FIELDS_FIRST.forEach(field -> items.add(data(json, field)));
        QUANTITY_FIELDS.forEach(field -> items.add(quantity(json, field)));
        DATA_FIELDS_AFTER.forEach(field -> items.add(data(json, field)));
        items.add(quantity(json, "baseFeePerGas"));
        items.add(data(json, "withdrawalsRoot"));
        items.add(quantity(json, "blobGasUsed"));
        items.add(quantity(json, "excessBlobGas"));
        items.add(data(json, "parentBeaconBlockRoot"));
        return Rlp.list(items);
    }

    private static List<byte[]> withdrawals(JsonNode json) {
        return json.path("withdrawals")
                .valueStream()
                .map(each -> Rlp.list(
                        quantity(each, "index"),
                        quantity(each, "validatorIndex"),
                        data(each, "address"),
                        quantity(each, "amount")))
                .toList();
    }

    private static byte[] data(JsonNode json, String field) {
        return Rlp.encode(Hex.parseData(json.path(field).asString()));
    }

    private static byte[] quantity(JsonNode json, String field) {
        return Rlp.encode(Hex.parseQuantity(json.path(field).asString()));
    }
}
