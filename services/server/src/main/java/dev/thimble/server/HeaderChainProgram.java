package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * {@code guest/examples/header-chain.c}: the headers of a batch form a chain. Input: their RLP encodings one after the other.
 * Output: keccak256(first hash ‖ last hash ‖ count), the count as a 32-byte big-endian word.
 */
public final class HeaderChainProgram implements BatchProgram {
    /** The name that stands for it in settings. */
    public static final String NAME = "header-chain";

    private final String sha256;

    private HeaderChainProgram(String sha256) {
        this.sha256 = sha256;
    }

    /** The program whose ELF file lies at {@code elf}. */
    public static HeaderChainProgram of(Path elf) throws IOException {
        return new HeaderChainProgram(Hex.data(sha256(Files.readAllBytes(elf))));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public byte[] input(List<L2Block> blocks) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        blocks.forEach(block -> input.writeBytes(block.header()));
        return input.toByteArray();
    }

    @Override
    public byte[] expectedOutput(List<L2Block> blocks) {
        return Keccak256.hash(
                Hex.parseData(blocks.getFirst().hash()),
                Hex.parseData(blocks.getLast().hash()),
                Hex.toBytes(BigInteger.valueOf(blocks.size()), 32));
    }
}
