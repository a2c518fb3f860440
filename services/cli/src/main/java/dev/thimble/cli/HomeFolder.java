package dev.thimble.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The state folder: databases, keys, unpacked binaries, reports, temporary files. Mode 0700. */
final class HomeFolder {
    private HomeFolder() {}

    /**
     * Makes the folder if it is missing and returns it.
     *
     * @throws CommandFailure HOME_UNUSABLE if it cannot be made or written
     */
    static Path open(Path folder) {
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

    private static CommandFailure unusable(Path folder, String why) {
        return CommandFailure.environment(
                "HOME_UNUSABLE",
                "the state folder " + folder + " cannot be used: " + why,
                "Set THIMBLE_HOME (or --home) to a folder that you can write.");
    }
}
