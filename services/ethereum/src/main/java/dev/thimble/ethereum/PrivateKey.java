package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A secp256k1 key in memory; signatures are deterministic (RFC 6979) with s in the lower half (EIP-2). */
public final class PrivateKey implements TransactionSigner {
    private final BigInteger secret;
    private final Address address;

    private PrivateKey(BigInteger secret) {
        if (secret.signum() <= 0 || secret.compareTo(Signature.CURVE.getN()) >= 0) {
            throw new IllegalArgumentException("private key out of range");
        }
        this.secret = secret;
        this.address = Signature.addressOf(new FixedPointCombMultiplier()
                .multiply(Signature.CURVE.getG(), secret)
                .normalize());
    }

    /** From 64 hex digits, with or without {@code 0x}. */
    public static PrivateKey parse(String hex) {
        String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("a private key is 64 hex digits");
        }
        return new PrivateKey(new BigInteger(digits, 16));
    }

    /**
     * From a file that only its owner may read.
     *
     * @throws IOException if it cannot be read, others may read it, or it holds no key; the message says what to do
     */
    public static PrivateKey fromFile(Path file) throws IOException {
        Set<PosixFilePermission> allowed = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (!allowed.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("key file " + file + " is open to others: chmod 600 " + file);
        }
        try {
            return parse(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("key file " + file + " holds no key: " + e.getMessage(), e);
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public SignedTransaction sign(FeeMarketTransaction transaction) {
        return transaction.withSignature(sign(transaction.signingHash()));
    }

    /** Signs a 32-byte hash. */
    public Signature sign(byte[] hash) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, Signature.CURVE));
        BigInteger[] pair = signer.generateSignature(hash);
        BigInteger n = Signature.CURVE.getN();
        BigInteger s = pair[1].min(n.subtract(pair[1]));
        Signature even = new Signature(0, pair[0], s);
        return even.recover(hash).equals(address) ? even : new Signature(1, pair[0], s);
    }

    @Override
    public String toString() {
        return "PrivateKey of " + address;
    }
}
