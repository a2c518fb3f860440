package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.riscv.WitnessInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

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
    public WitnessInput witness(SealedBatch batch, ChainTables chain) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        chain.blocksOf(batch).forEach(block -> input.writeBytes(block.header()));
        return new WitnessInput(input.toByteArray());
    }

    @Override
    public Optional<byte[]> expectedOutput(SealedBatch batch, ChainTables chain) {
        List<L2Block> blocks = chain.blocksOf(batch);
        return Optional.of(Keccak256.hash(
                Hex.parseData(blocks.getFirst().hash()),
                Hex.parseData(blocks.getLast().hash()),
                Hex.toBytes(BigInteger.valueOf(blocks.size()), 32)));
    }

    @Override
    public void close() {}
}
