package dev.thimble.cli.block;

import dev.thimble.chain.Address;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.Rlp;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.Signature;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of type 0, 1 or 2 to be signed, with fees far above the base fee.
 *
 * @param accessed slots of the access list, in types 1 and 2
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DevTransaction(int type, Optional<Address> to, BigInteger value, byte[] data, long gas, List<Access> accessed) {
    private static final long FEE_WEI = 2_000_000_000L;
    private static final long TIP_WEI = 3;

    /** An entry of the access list. */
    record Access(Address address, List<byte[]> slots) {}

    static DevTransaction transfer(Address to, long wei) {
        return new DevTransaction(2, Optional.of(to), BigInteger.valueOf(wei), new byte[0], 21_000, List.of());
    }

    static DevTransaction call(Address to, byte[] data) {
        return new DevTransaction(2, Optional.of(to), BigInteger.ZERO, data, 1_000_000, List.of());
    }

    static DevTransaction create(byte[] code) {
        return new DevTransaction(2, Optional.empty(), BigInteger.ZERO, code, 3_000_000, List.of());
    }

    byte[] sign(PrivateKey key, long chainId, long nonce) {
        var fields = new ArrayList<byte[]>();
        if (type > 0) {
            fields.add(Rlp.encode(chainId));
        }
        fields.add(Rlp.encode(nonce));
        if (type == 2) {
            fields.add(Rlp.encode(TIP_WEI));
        }
        fields.add(Rlp.encode(FEE_WEI));
        fields.add(Rlp.encode(gas));
        fields.add(Rlp.encode(to.map(Address::bytes).orElse(new byte[0])));
        fields.add(Rlp.encode(value));
        fields.add(Rlp.encode(data));
        return type == 0 ? legacy(fields, key, chainId) : typed(fields, key);
    }

    /** EIP-155. */
    private static byte[] legacy(List<byte[]> fields, PrivateKey key, long chainId) {
        var signed = new ArrayList<>(fields);
        signed.addAll(List.of(Rlp.encode(chainId), Rlp.encode(0), Rlp.encode(0)));
        var signature = key.sign(Keccak256.hash(Rlp.list(signed)));
        var items = new ArrayList<>(fields);
        items.add(Rlp.encode(35 + 2 * chainId + signature.yParity()));
        addPair(items, signature);
        return Rlp.list(items);
    }

    /** EIP-2930, EIP-1559. */
    private byte[] typed(List<byte[]> fields, PrivateKey key) {
        byte[] prefix = {(byte) type};
        fields.add(Rlp.list(accessed.stream()
                .map(each -> Rlp.list(
                        Rlp.encode(each.address.bytes()),
                        Rlp.list(each.slots.stream().map(Rlp::encode).toList())))
                .toList()));
        var signature = key.sign(Keccak256.hash(prefix, Rlp.list(fields)));
        fields.add(Rlp.encode(signature.yParity()));
        addPair(fields, signature);
        byte[] body = Rlp.list(fields);
        byte[] raw = new byte[1 + body.length];
        raw[0] = prefix[0];
        System.arraycopy(body, 0, raw, 1, body.length);
        return raw;
    }

    private static void addPair(List<byte[]> items, Signature signature) {
        items.add(Rlp.encode(signature.r()));
        items.add(Rlp.encode(signature.s()));
    }
}
