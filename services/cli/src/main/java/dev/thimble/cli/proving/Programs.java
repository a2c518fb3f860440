package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Programs by id: those that come with Thimble, and those that this state folder has proven. A program's id is the hash of
 * its content, so what is found is checked by hashing it.
 */
public final class Programs {
    private final Path home;
    private final Path root;

    Programs(Context context) {
        this.home = context.home();
        this.root = context.root();
    }

    /** Remembers a program. */
    void keep(Program program) throws IOException {
        var file = home.resolve("programs").resolve(ProgramCodec.id(program).substring(2));
        if (!Files.exists(file)) {
            Files.createDirectories(home.resolve("programs"));
            var temporary = Files.createTempFile(home.resolve("programs"), ".", ".partial");
            Files.write(temporary, ProgramCodec.encode(program));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * The program of an id.
     *
     * @throws CommandFailure UNKNOWN_PROGRAM if neither this build nor the state folder has it; a usage error if the id is
     *     no id
     */
    Program byId(String id) throws IOException {
        if (!id.matches("0x[0-9a-f]{64}")) {
            throw CommandFailure.usage("--program-id must be 0x and 64 hexadecimal digits: " + id, "");
        }
        var kept = kept(id);
        if (kept.isPresent()) {
            return kept.get();
        }
        try (var files = Files.list(root.resolve("guest/bin"))) {
            for (var elf :
                    files.filter(file -> file.toString().endsWith(".elf")).toList()) {
                var program = GuestFiles.program(elf).program();
                if (ProgramCodec.id(program).equals(id)) {
                    return program;
                }
            }
        }
        throw CommandFailure.environment(
                "UNKNOWN_PROGRAM",
                "no program with id " + id + " is known here",
                "Give the program itself with --program ELF.");
    }

    /** The ids of the programs that come with this build. */
    List<String> idsOfBuild() throws IOException {
        return ofBuild().stream().map(ProgramCodec::id).toList();
    }

    private List<Program> ofBuild() throws IOException {
        try (var files = Files.list(root.resolve("guest/bin"))) {
            return files.filter(file -> file.toString().endsWith(".elf"))
                    .map(file -> GuestFiles.program(file).program())
                    .toList();
        }
    }

    private Optional<Program> kept(String id) throws IOException {
        var file = home.resolve("programs").resolve(id.substring(2));
        return Files.isRegularFile(file)
                ? ProgramCodec.decode(Files.readAllBytes(file))
                        .filter(program -> ProgramCodec.id(program).equals(id))
                : Optional.empty();
    }
}
