package dev.thimble.chain;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * An account with everything it holds.
 *
 * @param nonce below 2^64
 * @param storage slot → value, zero values are the same as none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its digest only
public record Account(BigInteger nonce, BigInteger balance, byte[] code, Map<Bytes32, BigInteger> storage) {
    /**
     * Reads an entry of a genesis file's {@code alloc} or of a published test's {@code pre}; what is missing is zero.
     *
     * @throws IllegalArgumentException if a value is no number or data in hex (balances and nonces may be decimal)
     */
    public static Account parse(JsonNode json) {
        Map<Bytes32, BigInteger> storage = new TreeMap<>(Comparator.comparing(Bytes32::hex));
        json.path("storage")
                .forEachEntry((slot, value) -> storage.put(
                        Bytes32.of(Bytes32.word(Hex.parseQuantity(slot))), Hex.parseQuantity(value.asString())));
        return new Account(
                number(json.path("nonce")),
                number(json.path("balance")),
                Hex.parseData(json.path("code").asString("0x")),
                storage);
    }

    private static BigInteger number(JsonNode json) {
        String text = json.asString("0");
        if (text.startsWith("0x")) {
            return text.length() == 2 ? BigInteger.ZERO : Hex.parseQuantity(text);
        }
        if (!text.matches("[0-9]{1,80}")) {
            throw new IllegalArgumentException("not a number: " + text);
        }
        return new BigInteger(text);
    }

    /** The account's leaf in the state trie: rlp(nonce, balance, storage root, code hash); nodes and code are stored. */
    byte[] store(ContentStore store) {
        TrieBuilder trie = new TrieBuilder(store);
        storage.forEach((slot, value) -> {
            if (value.signum() != 0) {
                trie.add(Keccak256.hash(slot.bytes()), Rlp.encode(value));
            }
        });
        return Rlp.list(
                Rlp.encode(nonce),
                Rlp.encode(balance),
                Rlp.encode(trie.root().bytes()),
                Rlp.encode(store.put(code).bytes()));
    }

    /** Stores a state and returns its root. */
    public static Bytes32 storeAll(Map<Address, Account> accounts, ContentStore store) {
        TrieBuilder trie = new TrieBuilder(store);
        accounts.forEach((address, account) -> trie.add(Keccak256.hash(address.bytes()), account.store(store)));
        return trie.root();
    }

    /** Reads a JSON object of accounts by address. */
    public static Map<Address, Account> parseAll(JsonNode json) {
        Map<Address, Account> accounts = new LinkedHashMap<>();
        json.forEachEntry((address, account) ->
                accounts.put(new Address(address.startsWith("0x") ? address : "0x" + address), parse(account)));
        return accounts;
    }
}
