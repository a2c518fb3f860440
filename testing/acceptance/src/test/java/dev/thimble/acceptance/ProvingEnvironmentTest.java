package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proving where the machine says no: too little heap, no place, no permission. One clear line, and nothing left behind. */
class ProvingEnvironmentTest {
    private static final Path GUEST = Repository.ROOT.resolve("guest");

    @TempDir
    Path folder = Path.of("");

    private Launcher.Run prove(Launcher launcher, List<String> prefix, Path out) throws Exception {
        var input = Files.write(folder.resolve("input"), new byte[] {10, 0, 0, 0});
        return launcher.with("THIMBLE_HOME", folder.resolve("home").toString())
                .run(
                        prefix,
                        "prove",
                        "--program",
                        GUEST.resolve("bin/fibonacci.elf").toString(),
                        "--input",
                        input.toString(),
                        "--out",
                        out.toString(),
                        "--profile",
                        "test",
                        "--json");
    }

    private static void assertError(Launcher.Run run, String code) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("message").asString().lines()).hasSize(1);
    }

    @Test
    void tooLittleHeapIsSaidFirst() throws Exception {
        var run = prove(Launcher.in(folder).with("THIMBLE_HEAP_MB", "64"), List.of(), folder.resolve("out"));
        assertError(run, "HEAP_TOO_SMALL");
        assertThat(run.json().get("error").get("hint").asString()).contains("THIMBLE_HEAP_MB=");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFullFolderLeavesNothing() throws Exception {
        var full = Files.createDirectory(folder.resolve("full"));
        assumeTrue(mounted(full), "needs root to mount a small tmpfs");
        try {
            assertError(prove(Launcher.in(folder), List.of(), full.resolve("out")), "IO_ERROR");
            assertThat(full).isEmptyDirectory();
        } finally {
            run("umount", full.toString());
        }
    }

    @Test
    void aFolderOfAnotherUserIsNamed() throws Exception {
        assumeTrue(run("setpriv", "--reuid=65534", "--clear-groups", "true"), "needs root to become another user");
        Path place = Files.createTempDirectory("thimble-other-user");
        try {
            run("chmod", "777", place.toString());
            run("chmod", "755", folder.toString());
            var mine = Files.createDirectory(folder.resolve("mine"));
            var launcher = Launcher.in(place)
                    .with("THIMBLE_HOME", place.resolve("home").toString());
            var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            var run = launcher.run(
                    nobody,
                    "prove",
                    "--program",
                    GUEST.resolve("bin/fibonacci.elf").toString(),
                    "--out",
                    mine.resolve("out").toString(),
                    "--profile",
                    "test",
                    "--json");
            assertError(run, "OUTPUT_UNWRITABLE");
            assertThat(mine).isEmptyDirectory();
        } finally {
            run("rm", "-rf", place.toString());
        }
    }

    private static boolean mounted(Path target) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", target.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    }
}
