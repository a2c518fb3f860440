package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of type 2 (EIP-1559) without access list. Fees are in wei per gas; {@code to} empty creates a contract.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its encoding only
public record FeeMarketTransaction(
        long chainId,
        long nonce,
        BigInteger maxTipWei,
        BigInteger maxFeeWei,
        BigInteger gasLimit,
        Optional<Address> to,
        BigInteger value,
        byte[] data) {
    private static final byte[] TYPE = {2};
    private static final int FIELDS = 9;

    /** What the sender signs: keccak256(2 ‖ rlp(fields)). */
    public byte[] signingHash() {
        return Keccak256.hash(TYPE, Rlp.list(fields()));
    }

    /** The bytes to send: 2 ‖ rlp(fields, y parity, r, s). */
    public SignedTransaction withSignature(Signature signature) {
        List<byte[]> items = new ArrayList<>(fields());
        items.add(Rlp.encode(signature.yParity()));
        items.add(Rlp.encode(signature.r()));
        items.add(Rlp.encode(signature.s()));
        return SignedTransaction.of(concat(TYPE, Rlp.list(items)));
    }

    /**
     * Accepts bytes that somebody else signed only if they are exactly this transaction and signed by {@code sender}.
     *
     * @throws IllegalArgumentException if they are not
     */
    public SignedTransaction accept(byte[] raw, Address sender) {
        if (raw.length == 0 || raw[0] != TYPE[0]) {
            throw new IllegalArgumentException("signed transaction is not of type 2");
        }
        List<Rlp.Item> items =
                Rlp.decode(Arrays.copyOfRange(raw, 1, raw.length)).items();
        if (items.size() != FIELDS + 3) {
            throw new IllegalArgumentException("signed transaction has " + items.size() + " fields");
        }
        BigInteger parity = items.get(FIELDS).number();
        if (parity.bitLength() > 1) {
            throw new IllegalArgumentException("signed transaction has y parity " + parity);
        }
        Signature signature = new Signature(
                parity.intValueExact(),
                items.get(FIELDS + 1).number(),
                items.get(FIELDS + 2).number());
        SignedTransaction expected = withSignature(signature);
        if (!Hex.data(raw).equals(expected.hex())) {
            throw new IllegalArgumentException("signed transaction differs from the one to sign");
        }
        Address signer = signature.recover(signingHash());
        if (!signer.equals(sender)) {
            throw new IllegalArgumentException("signed transaction is from " + signer + ", not from " + sender);
        }
        return expected;
    }

    private List<byte[]> fields() {
        return List.of(
                Rlp.encode(chainId),
                Rlp.encode(nonce),
                Rlp.encode(maxTipWei),
                Rlp.encode(maxFeeWei),
                Rlp.encode(gasLimit),
                Rlp.encode(to.map(Address::bytes).orElse(new byte[0])),
                Rlp.encode(value),
                Rlp.encode(data),
                Rlp.list());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
