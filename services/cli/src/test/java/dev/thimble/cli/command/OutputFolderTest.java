package dev.thimble.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path folder;

    @Test
    void appearsCompleteWithItsFiles() throws IOException {
        var target = folder.resolve("deep/out");
        try (var output = OutputFolder.create(target)) {
            Files.createDirectories(output.path().resolve("proofs"));
            Files.writeString(output.path().resolve("proofs/1"), "one");
            assertThat(target).doesNotExist();
            output.commit();
        }
        assertThat(target.resolve("proofs/1")).hasContent("one");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**.partial-*");
    }

    @Test
    void leavesNothingWithoutCommit() throws IOException {
        try (var output = OutputFolder.create(folder.resolve("out"))) {
            Files.writeString(output.path().resolve("half"), "written");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesWhatExists() throws IOException {
        var target = Files.createDirectory(folder.resolve("out"));
        assertThatThrownBy(() -> OutputFolder.create(target))
                .isInstanceOfSatisfying(
                        CommandFailure.class, f -> assertThat(f.code()).isEqualTo("OUTPUT_EXISTS"));
        var link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> OutputFolder.create(link))
                .isInstanceOfSatisfying(
                        CommandFailure.class, f -> assertThat(f.code()).isEqualTo("OUTPUT_EXISTS"));
    }

    @Test
    void refusesWhatCameMeanwhileAndKeepsIt() throws IOException {
        var target = folder.resolve("out");
        try (var output = OutputFolder.create(target)) {
            Files.writeString(target, "somebody else's");
            assertThatThrownBy(output::commit).isInstanceOf(CommandFailure.class);
        }
        assertThat(target).hasContent("somebody else's");
    }

    @Test
    void refusesAPlaceUnderAFile() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> OutputFolder.create(file.resolve("out")))
                .isInstanceOfSatisfying(
                        CommandFailure.class, f -> assertThat(f.code()).isEqualTo("OUTPUT_UNWRITABLE"));
    }
}
