package dev.thimble.cli.command;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and texts, 0x-hex. */
public final class Sha256 {
    private Sha256() {}

    /** A digest that bytes can be fed to. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Ends a digest. */
    public static String hex(MessageDigest digest) {
        return "0x" + HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of bytes. */
    public static String hex(byte[] bytes) {
        var digest = start();
        digest.update(bytes);
        return hex(digest);
    }
}
