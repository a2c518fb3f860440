package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** An ECDSA signature over secp256k1; {@code yParity} tells which of the two points with abscissa r was meant. */
public record Signature(int yParity, BigInteger r, BigInteger s) {
    static final ECDomainParameters CURVE = curve();

    private static ECDomainParameters curve() {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    /**
     * The account whose key signed {@code hash} (SEC 1, 4.1.6, with r as the abscissa).
     *
     * @throws IllegalArgumentException if no key gives this signature
     */
    public Address recover(byte[] hash) {
        BigInteger n = CURVE.getN();
        if (r.signum() <= 0 || r.compareTo(n) >= 0 || s.signum() <= 0 || s.compareTo(n) >= 0) {
            throw new IllegalArgumentException("signature out of range");
        }
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + yParity);
        System.arraycopy(Hex.toBytes(r, 32), 0, compressed, 1, 32);
        ECPoint point = CURVE.getCurve().decodePoint(compressed);
        BigInteger inverse = r.modInverse(n);
        BigInteger e = new BigInteger(1, hash);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(
                        CURVE.getG(),
                        e.negate().multiply(inverse).mod(n),
                        point,
                        s.multiply(inverse).mod(n))
                .normalize();
        if (key.isInfinity()) {
            throw new IllegalArgumentException("signature gives no key");
        }
        return addressOf(key);
    }

    /** Last 20 bytes of the hash of the uncompressed public key. */
    static Address addressOf(ECPoint publicKey) {
        byte[] encoded = publicKey.getEncoded(false);
        byte[] hash = Keccak256.hash(Arrays.copyOfRange(encoded, 1, 65));
        return Address.of(Arrays.copyOfRange(hash, 12, 32));
    }
}
