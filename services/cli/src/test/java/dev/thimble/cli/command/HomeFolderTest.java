package dev.thimble.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFolderTest {
    @TempDir
    Path home;

    /** PostgreSQL's library leaves a file at every start that ends by a signal. */
    @Test
    void oldTemporaryFilesAreDeletedAndNewOnesStay() throws IOException {
        HomeFolder.sweepTemporaryFiles(home);
        var folder = Files.createDirectory(home.resolve("tmp"));
        var old = Files.writeString(folder.resolve("old"), "");
        var young = Files.writeString(folder.resolve("young"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        HomeFolder.sweepTemporaryFiles(home);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }
}
