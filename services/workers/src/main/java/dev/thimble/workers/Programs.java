package dev.thimble.workers;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.ErrorCode;
import dev.thimble.riscv.ElfException;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The guest programs of this build: the files {@code NAME.elf} of one folder. */
public final class Programs {
    private final Path folder;

    public Programs(Path folder) {
        this.folder = folder;
    }

    /**
     * A program with the digest of its file.
     *
     * @param sha256 0x-hex
     */
    public record Loaded(Program program, String sha256) {}

    /**
     * Reads a program.
     *
     * @throws IOException if there is none of that name, or it is not one for this machine
     */
    public Loaded load(String name) throws IOException {
        byte[] elf = Files.readAllBytes(folder.resolve(name + ".elf"));
        try {
            return new Loaded(ElfImage.load(elf), "0x" + Digests.sha256(elf));
        } catch (ElfException e) {
            throw new IOException(name + ".elf is no program for this machine: " + e.getMessage(), e);
        }
    }

    /** The very program that a batch names. */
    Program of(BatchDescription batch) throws JobFailure {
        try {
            Loaded loaded = load(batch.program());
            if (loaded.sha256().equals(batch.programSha256())) {
                return loaded.program();
            }
            throw new JobFailure(
                    ErrorCode.UNSUPPORTED,
                    "the batch wants program " + batch.program() + " with SHA-256 " + batch.programSha256()
                            + " but this build has " + loaded.sha256() + "; run the build that sealed it");
        } catch (IOException e) {
            throw new JobFailure(ErrorCode.UNSUPPORTED, "this build has no program " + batch.program(), e);
        }
    }
}
