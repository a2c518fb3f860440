package dev.thimble.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state folder: databases, keys, unpacked binaries, reports, temporary files. Mode 0700. */
public final class HomeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(HomeFolder.class);

    private HomeFolder() {}

    /**
     * Makes the folder if it is missing and returns it.
     *
     * @throws CommandFailure HOME_UNUSABLE if it cannot be made or written
     */
    public static Path open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath());
                if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
        } catch (IOException e) {
            throw unusable(folder, e.toString());
        }
        if (!Files.isWritable(folder)) {
            throw unusable(folder, "not writable");
        }
        return folder.toAbsolutePath().normalize();
    }

    /** Deletes what former processes left among the temporary files a day ago or longer; others may do so meanwhile. */
    public static void sweepTemporaryFiles(Path home) {
        var yesterday = Instant.now().minus(Duration.ofDays(1)).toEpochMilli();
        var old = home.resolve("tmp").toFile().listFiles(file -> file.isFile() && file.lastModified() < yesterday);
        for (var file : Objects.requireNonNullElse(old, new File[0])) {
            boolean deleted = file.delete();
            LOG.debug("{} is left from before; deleted: {}", file, deleted);
        }
    }

    private static CommandFailure unusable(Path folder, String why) {
        return CommandFailure.environment(
                "HOME_UNUSABLE",
                "the state folder " + folder + " cannot be used: " + why,
                "Set THIMBLE_HOME (or --home) to a folder that you can write.");
    }
}
