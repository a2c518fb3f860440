package dev.thimble.server;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.StfCost;
import dev.thimble.riscv.ElfException;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramRun;
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

    private final Program program;
    private final String sha256;

    private HeaderChainProgram(Program program, String sha256) {
        this.program = program;
        this.sha256 = sha256;
    }

    /**
     * The program whose ELF file lies at {@code elf}.
     *
     * @throws IOException if it cannot be read or is no program
     */
    public static HeaderChainProgram of(Path elf) throws IOException {
        byte[] bytes = Files.readAllBytes(elf);
        try {
            return new HeaderChainProgram(ElfImage.load(bytes), Hex.data(sha256(bytes)));
        } catch (ElfException e) {
            throw new IOException(elf + ": " + e.getMessage(), e);
        }
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
    public BlockRun run(L2Block block, ChainTables chain) {
        return new BlockRun.Accepted(cost(block.header()), 0);
    }

    @Override
    public BatchWitness witness(SealedBatch batch, ChainTables chain) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        chain.blocksOf(batch).forEach(block -> input.writeBytes(block.header()));
        return new BatchWitness(new WitnessInput(input.toByteArray()), cost(input.toByteArray()));
    }

    private StfCost cost(byte[] input) {
        return StfCost.of(
                ProgramRun.of(program, input, ExecutionOptions.defaults()).execution());
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
