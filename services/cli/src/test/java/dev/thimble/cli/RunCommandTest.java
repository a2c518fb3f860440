package dev.thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final int T1 = 6;

    @TempDir
    Path folder;

    private Path elf = Path.of("");

    @BeforeEach
    void makeProgram() throws IOException {
        elf = folder.resolve("program.elf");
    }

    /** Commits the first input word (its length in bytes) and zeros. */
    private static byte[] echoLength() {
        var program = new Assembler();
        program.li(T1, Assembler.INPUT_BASE);
        program.lw(T1, 0, T1);
        program.commit(0, T1);
        program.finish(1);
        return program.elf();
    }

    private InProcess.Run run(byte[] program, String... more) throws IOException {
        Files.write(elf, program);
        var arguments = new String[3 + more.length];
        List.of("run", elf.toString(), "--json").toArray(arguments);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return InProcess.run(Map.of(), arguments);
    }

    private void assertError(InProcess.Run run, String code) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("message").asString().lines()).hasSize(1);
    }

    @Test
    void reportsOutputAndCycles() throws IOException {
        var input = Files.write(folder.resolve("input"), new byte[5]);
        var run = run(echoLength(), "--input", input.toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        var json = run.json();
        assertThat(json.get("output").asString()).isEqualTo("0x05" + "00".repeat(31));
        assertThat(json.get("exitCode").asInt()).isZero();
        assertThat(json.get("segments").asInt()).isEqualTo(1);
        assertThat(json.get("cycles").asLong()).isPositive();
        assertThat(json.get("program").get("sha256").asString()).matches("0x[0-9a-f]{64}");
    }

    @Test
    void worksWithoutInputAndAsText() throws IOException {
        Files.write(elf, echoLength());
        var run = InProcess.run(Map.of(), "run", elf.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("output   0x" + "00".repeat(32), "cycles");
    }

    @Test
    void exitCodeOtherThanZeroIsNamed() throws IOException {
        var program = new Assembler();
        program.halt(7);
        var run = run(program.elf());
        assertError(run, "GUEST_EXIT");
        assertThat(run.out()).contains("exit code 7");
    }

    @Test
    void trapIsNamedWithItsPlace() throws IOException {
        var program = new Assembler();
        program.word(0);
        var run = run(program.elf());
        assertError(run, "GUEST_TRAP");
        assertThat(run.out()).contains("0x00010000");
    }

    @Test
    void filesThatAreNoProgramAreNamed() throws IOException {
        assertError(run("#!/bin/sh\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), "NOT_ELF");
        assertError(run(new byte[0]), "NOT_ELF");
        var wide = echoLength();
        wide[4] = 2; // ELFCLASS64
        assertError(run(wide), "WRONG_ISA");
        var compressed = echoLength();
        compressed[36] = 1; // EF_RISCV_RVC
        assertError(run(compressed), "COMPRESSED");
        assertError(run(Arrays.copyOf(echoLength(), 60)), "BAD_SEGMENT");
    }

    @Test
    void missingFilesAndFoldersAreNamed() throws IOException {
        assertError(InProcess.run(Map.of(), "run", folder + "/none.elf", "--json"), "FILE_UNREADABLE");
        assertError(InProcess.run(Map.of(), "run", folder.toString(), "--json"), "FILE_UNREADABLE");
        assertError(run(echoLength(), "--input", folder + "/none"), "FILE_UNREADABLE");
    }

    @Test
    void tooLargeInputIsNamed() throws IOException {
        var input = folder.resolve("sparse");
        try (var file = new java.io.RandomAccessFile(input.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        assertError(run(echoLength(), "--input", input.toString()), "INPUT_TOO_LARGE");
    }
}
