package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Sha256;
import dev.thimble.riscv.ElfException;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.GuestInput;
import dev.thimble.riscv.Program;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads guest programs and their inputs; everything wrong with a file is one clear line. */
public final class GuestFiles {
    /** A loaded program and the SHA-256 of its file, 0x-hex. */
    public record LoadedProgram(Program program, String sha256) {}

    private GuestFiles() {}

    /**
     * Loads an ELF file.
     *
     * @throws CommandFailure FILE_UNREADABLE, or what is wrong with the file (NOT_ELF, WRONG_ISA, COMPRESSED, …)
     */
    public static LoadedProgram program(Path file) {
        var bytes = read(file, ElfImage.MAXIMUM_IMAGE_BYTES * 4L, "PROGRAM_TOO_LARGE", "program");
        try {
            return new LoadedProgram(ElfImage.load(bytes), Sha256.hex(bytes));
        } catch (ElfException e) {
            throw CommandFailure.environment(
                    e.code().name(),
                    file + ": " + e.getMessage(),
                    "Build the program with guest/ as an example: -march=rv32im -mabi=ilp32, static, no libc.");
        }
    }

    /**
     * The circuits of a program in a profile.
     *
     * @throws CommandFailure PROGRAM_TOO_LARGE if the program does not fit
     */
    static BasicCircuits circuits(Profile profile, Program program) {
        try {
            return new BasicCircuits(profile, program);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "PROGRAM_TOO_LARGE", String.valueOf(e.getMessage()), "Take a larger --profile.");
        }
    }

    /** Reads an input file; no file is an empty input. */
    public static byte[] input(@Nullable Path file) {
        return file == null ? new byte[0] : read(file, GuestInput.MAXIMUM_BYTES, "INPUT_TOO_LARGE", "input");
    }

    private static byte[] read(Path file, long maximumBytes, String tooLarge, String what) {
        try {
            if (!Files.isRegularFile(file)) {
                throw CommandFailure.environment("FILE_UNREADABLE", file + " is not a file", "Check the path.");
            }
            long size = Files.size(file);
            if (size > maximumBytes) {
                throw CommandFailure.environment(
                        tooLarge,
                        file + " has " + size + " bytes; a " + what + " has at most " + maximumBytes,
                        "Split the work into smaller runs.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandFailure.environment(
                    "FILE_UNREADABLE", file + " cannot be read: " + e.getMessage(), "Check the file's permissions.");
        }
    }
}
