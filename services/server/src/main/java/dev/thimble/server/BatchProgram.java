package dev.thimble.server;

import java.util.List;

/** The guest program that proves a batch, and what is given to it. */
public interface BatchProgram {
    /** Its name, for example {@code header-chain}. */
    String name();

    /** 0x-hex SHA-256 of its ELF file. */
    String sha256();

    /**
     * The program's input for a batch.
     *
     * @param blocks the batch's blocks in order, at least one
     */
    byte[] input(List<L2Block> blocks);

    /** The 32 bytes that the program commits to if it is given that input and succeeds. */
    byte[] expectedOutput(List<L2Block> blocks);
}
