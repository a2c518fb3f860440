package dev.thimble.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL of a state folder, seen from outside. */
final class OwnPostgres {
    private OwnPostgres() {}

    /** Its process, if it runs. */
    static Optional<ProcessHandle> of(Path home) throws IOException {
        var file = home.resolve("postgres/data/postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }
}
