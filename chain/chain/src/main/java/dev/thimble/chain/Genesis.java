package dev.thimble.chain;

import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chain's beginning: the standard {@code genesis.json} that geth, reth and anvil read.
 *
 * @param chainId {@code config.chainId}
 * @param accounts {@code alloc}
 * @param file the parsed file, for its header fields
 */
public record Genesis(long chainId, Map<Address, Account> accounts, JsonNode file) {
    private static final byte[] EMPTY_LIST_HASH = Keccak256.hash(Rlp.list());
    private static final int BLOOM_BYTES = 256;
    private static final long LONDON_BASE_FEE_WEI = 1_000_000_000;

    public Genesis {
        accounts = Map.copyOf(accounts);
    }

    /**
     * Reads a genesis file.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static Genesis parse(byte[] json) {
        try {
            JsonNode file = JsonMapper.shared().readTree(json);
            JsonNode chainId = file.path("config").path("chainId");
            if (!chainId.isNumber() || !file.path("alloc").isObject()) {
                throw new IllegalArgumentException("a genesis file has config.chainId and alloc");
            }
            return new Genesis(chainId.asLong(), Account.parseAll(file.path("alloc")), file);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Stores the state and returns its root. */
    public Bytes32 storeState(ContentStore store) {
        return Account.storeAll(accounts, store);
    }

    /** The Cancun header of block 0 with this state root. */
    public BlockHeader header(Bytes32 stateRoot) {
        byte[] emptyRoot = Rlp.encode(TrieBuilder.EMPTY_ROOT.bytes());
        byte[] zero = Rlp.encode(0);
        byte[] header = Rlp.list(
                data("parentHash", 32),
                Rlp.encode(EMPTY_LIST_HASH),
                data("coinbase", 20),
                Rlp.encode(stateRoot.bytes()),
                emptyRoot,
                emptyRoot,
                Rlp.encode(new byte[BLOOM_BYTES]),
                number("difficulty", 0),
                number("number", 0),
                number("gasLimit", 0),
                number("gasUsed", 0),
                number("timestamp", 0),
                Rlp.encode(Hex.parseData(file.path("extraData").asString("0x"))),
                data("mixHash", 32),
                Rlp.encode(Hex.toBytes(quantity("nonce", 0), 8)),
                number("baseFeePerGas", LONDON_BASE_FEE_WEI),
                emptyRoot,
                zero,
                number("excessBlobGas", 0),
                Rlp.encode(new byte[32]));
        try {
            return BlockHeader.decode(header);
        } catch (MalformedBlockException e) {
            throw new IllegalArgumentException("the genesis file gives no header: " + e.getMessage(), e);
        }
    }

    private byte[] data(String field, int length) {
        return Rlp.encode(
                Hex.toBytes(new BigInteger(1, Hex.parseData(file.path(field).asString("0x"))), length));
    }

    private byte[] number(String field, long byDefault) {
        return Rlp.encode(quantity(field, byDefault));
    }

    private BigInteger quantity(String field, long byDefault) {
        JsonNode json = file.path(field);
        if (json.isNumber()) {
            return json.bigIntegerValue();
        }
        String text = json.asString("");
        if (text.isEmpty()) {
            return BigInteger.valueOf(byDefault);
        }
        return text.startsWith("0x") ? Hex.parseQuantity(text) : new BigInteger(text);
    }
}
