package dev.thimble.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;

/**
 * A result folder that appears complete or not at all: it is filled under a temporary name beside its place and renamed
 * by {@link #commit}. Whatever ends the process before that, an exception or a signal, removes it.
 */
public final class OutputFolder implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final Thread onExit;
    private boolean committed;

    private OutputFolder(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
        this.onExit = new Thread(() -> deleteTree(temporary), "remove-unfinished-output");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Starts a folder.
     *
     * @throws CommandFailure OUTPUT_EXISTS if something is there, OUTPUT_UNWRITABLE if it cannot be made
     */
    public static OutputFolder create(Path target) {
        var place = target.toAbsolutePath().normalize();
        refuseExisting(place);
        var parent = Objects.requireNonNullElse(place.getParent(), place);
        try {
            Files.createDirectories(parent);
            return new OutputFolder(place, Files.createTempDirectory(parent, "." + place.getFileName() + ".partial-"));
        } catch (IOException e) {
            throw CommandFailure.environment(
                    "OUTPUT_UNWRITABLE",
                    "nothing can be written in " + parent + ": " + e,
                    "Choose a folder that you can write with --out.");
        }
    }

    /** The folder to fill. */
    public Path path() {
        return temporary;
    }

    /** Gives the folder its name; afterwards it stays. */
    public void commit() throws IOException {
        refuseExisting(target);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
            throw exists(target);
        }
        committed = true;
    }

    @Override
    public void close() {
        if (!committed) {
            deleteTree(temporary);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException ignored) {
            // the process is ending: the hook runs
        }
    }

    private static void refuseExisting(Path place) {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(place);
        }
    }

    private static CommandFailure exists(Path place) {
        return CommandFailure.environment(
                "OUTPUT_EXISTS", place + " exists already", "Choose another --out, or remove it first.");
    }

    /** Deletes a folder with everything in it. */
    public static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
