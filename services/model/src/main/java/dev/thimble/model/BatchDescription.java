package dev.thimble.model;

import java.util.Map;

/**
 * What is to be proven: that a program, given an input, commits to an output. Stored with the batch as lines of
 * {@code name value}.
 *
 * @param program the guest program's name
 * @param programSha256 0x-hex of its ELF file
 * @param inputPath the artifact that holds the input
 * @param inputSha256 0x-hex of the input
 * @param expectedOutput 0x-hex of the 32 bytes that the program must commit to
 * @param firstBlock the batch's first L2 block
 * @param lastBlock its last
 */
public record BatchDescription(
        String program,
        String programSha256,
        String inputPath,
        String inputSha256,
        String expectedOutput,
        long firstBlock,
        long lastBlock) {
    public static final String ARTIFACT = "batch_description";

    public BatchDescription {
        TextLines.checkDigest("programSha256", programSha256);
        TextLines.checkDigest("inputSha256", inputSha256);
        TextLines.checkDigest("expectedOutput", expectedOutput);
        if (!program.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("program must be lower-case letters, digits and dashes: " + program);
        }
        ArtifactName.parse(inputPath);
        if (firstBlock < 0 || lastBlock < firstBlock) {
            throw new IllegalArgumentException("blocks " + firstBlock + " to " + lastBlock + " are no range");
        }
    }

    /** The artifact's bytes. */
    public byte[] encode() {
        return new TextLines()
                .add("program", program)
                .add("programSha256", programSha256)
                .add("inputPath", inputPath)
                .add("inputSha256", inputSha256)
                .add("expectedOutput", expectedOutput)
                .add("firstBlock", Long.toString(firstBlock))
                .add("lastBlock", Long.toString(lastBlock))
                .encode();
    }

    /**
     * The inverse of {@link #encode()}.
     *
     * @throws IllegalArgumentException if the bytes are not a description
     */
    public static BatchDescription decode(byte[] bytes) {
        Map<String, String> lines = TextLines.decode(bytes);
        return new BatchDescription(
                TextLines.value(lines, "program"),
                TextLines.value(lines, "programSha256"),
                TextLines.value(lines, "inputPath"),
                TextLines.value(lines, "inputSha256"),
                TextLines.value(lines, "expectedOutput"),
                Long.parseLong(TextLines.value(lines, "firstBlock")),
                Long.parseLong(TextLines.value(lines, "lastBlock")));
    }
}
