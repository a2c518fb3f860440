package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The questions that Thimble asks an Ethereum node. Failures are those of {@link JsonRpc#call}. */
public final class EthereumClient {
    private final JsonRpc rpc;

    public EthereumClient(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /** A client of the node at {@code url}. */
    public EthereumClient(URI url) {
        this(new JsonRpc(url));
    }

    /** For calls that have no method here. */
    public JsonRpc rpc() {
        return rpc;
    }

    public long chainId() {
        return number(rpc.call("eth_chainId")).longValueExact();
    }

    public long blockNumber() {
        return number(rpc.call("eth_blockNumber")).longValueExact();
    }

    /** How many transactions of the account are mined. */
    public long minedNonce(Address account) {
        return nonce(account, "latest");
    }

    /** How many transactions of the account there are at {@code latest}, at a block (hex quantity), or with {@code pending}. */
    public long nonce(Address account, String tag) {
        return number(rpc.call("eth_getTransactionCount", account.hex(), tag)).longValueExact();
    }

    /** The number of the newest block that cannot be reorganised away; 0 while the node has none but genesis. */
    public long finalizedBlock() {
        try {
            JsonNode block = rpc.call("eth_getBlockByNumber", "finalized", false);
            return block.isObject() ? number(block.path("number")).longValueExact() : 0;
        } catch (RpcException e) {
            return 0; // geth: "finalized block not found"
        }
    }

    public BigInteger balance(Address account) {
        return number(rpc.call("eth_getBalance", account.hex(), "latest"));
    }

    public byte[] code(Address account) {
        return Hex.parseData(rpc.call("eth_getCode", account.hex(), "latest").asString());
    }

    public byte[] storage(Address account, long slot) {
        return Hex.parseData(rpc.call("eth_getStorageAt", account.hex(), Hex.quantity(slot), "latest")
                .asString());
    }

    /** What a call would return; a revert is an {@link RpcException} with its data. */
    public byte[] call(Address to, byte[] data) {
        return Hex.parseData(rpc.call("eth_call", Map.of("to", to.hex(), "data", Hex.data(data)), "latest")
                .asString());
    }

    /** Gas of a transaction; {@code to} empty creates a contract. A revert is an {@link RpcException} with its data. */
    public BigInteger estimateGas(Address from, Optional<Address> to, BigInteger value, byte[] data) {
        Map<String, Object> transaction = new HashMap<>();
        transaction.put("from", from.hex());
        to.ifPresent(address -> transaction.put("to", address.hex()));
        transaction.put("value", Hex.quantity(value));
        transaction.put("data", Hex.data(data));
        return number(rpc.call("eth_estimateGas", transaction));
    }

    /** Base fee of the newest block, in wei. */
    public BigInteger baseFeeWei() {
        return number(block("latest").path("baseFeePerGas"));
    }

    /** The tip that the node suggests, in wei. */
    public BigInteger suggestedTipWei() {
        return number(rpc.call("eth_maxPriorityFeePerGas"));
    }

    /** Sends a signed transaction and returns its hash. */
    public String sendRaw(byte[] transaction) {
        return rpc.call("eth_sendRawTransaction", Hex.data(transaction)).asString();
    }

    /** The receipt of a transaction if it is in a block of the node's chain. */
    public Optional<Receipt> receipt(String transactionHash) {
        JsonNode json = rpc.call("eth_getTransactionReceipt", transactionHash);
        return json.isObject() && json.path("blockHash").isString()
                ? Optional.of(Receipt.parse(json))
                : Optional.empty();
    }

    /** A transaction as the node knows it, mined or pending. */
    public Optional<JsonNode> transaction(String hash) {
        JsonNode json = rpc.call("eth_getTransactionByHash", hash);
        return json.isObject() ? Optional.of(json) : Optional.empty();
    }

    /** A block by {@code latest}, {@code finalized} or a hex quantity, with transaction hashes. */
    public JsonNode block(String tag) {
        JsonNode block = rpc.call("eth_getBlockByNumber", tag, false);
        if (!block.isObject()) {
            throw new IllegalArgumentException("the node has no block " + tag);
        }
        return block;
    }

    /** The time of a block. */
    public Instant blockTime(long number) {
        return Instant.ofEpochSecond(
                number(block(Hex.quantity(number)).path("timestamp")).longValueExact());
    }

    /** Logs of a contract from a block on, in chain order. Public nodes limit how much they look through at once: they are asked in parts. */
    public List<JsonNode> logs(Address contract, long fromBlock) {
        return logs(contract, fromBlock, Math.max(fromBlock, blockNumber()));
    }

    private List<JsonNode> logs(Address contract, long fromBlock, long toBlock) {
        Map<String, String> range = Map.of(
                "address", contract.hex(), "fromBlock", Hex.quantity(fromBlock), "toBlock", Hex.quantity(toBlock));
        try {
            return rpc.call("eth_getLogs", range).valueStream().toList();
        } catch (RpcException e) {
            if (fromBlock == toBlock) {
                throw e;
            }
            long middle = fromBlock + (toBlock - fromBlock) / 2;
            List<JsonNode> parts = new ArrayList<>(logs(contract, fromBlock, middle));
            parts.addAll(logs(contract, middle + 1, toBlock));
            return parts;
        }
    }

    private static BigInteger number(JsonNode json) {
        return Hex.parseQuantity(json.asString());
    }
}
