package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher on odd machines: old JDKs, missing tools, odd folders, locales and users. */
class LauncherTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "tr_TR.UTF-8", "tr_TR", "C.UTF-8"})
    void everyLocaleGivesTheSameJson(String locale) throws Exception {
        var launcher = Launcher.in(folder).without("LANG").with("LC_ALL", locale);
        var run = launcher.run("config", "show", "--json", "--home", "/tmp/zelf-ü");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        var home = run.json().get("settings").get(0);
        assertThat(home.get("origin").asString()).isEqualTo("flag");
        assertThat(home.get("value").asString()).isEqualTo("/tmp/zelf-ü");
        assertThat(run.out()).doesNotContain("\u001b").endsWith("}\n");
    }

    @Test
    void fileNamesBeyondAsciiWorkInEveryLocale() throws Exception {
        var home = folder.resolve("zustände");
        var run = Launcher.in(folder)
                .with("LANG", "C")
                .with("THIMBLE_HOME", home.toString())
                .run("doctor");
        assertThat(Files.isDirectory(home)).as(run.toString()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void worksThroughALinkFromAnyFolderWithSpaces() throws Exception {
        var odd = Files.createDirectories(folder.resolve("a folder with 'quotes' and spaces"));
        var link = Files.createSymbolicLink(odd.resolve("my thimble"), Repository.ROOT.resolve("thimble"));
        var run = Launcher.in(odd).as(link).run("--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("thimble ");
    }

    @Test
    void aDistributionMayLieInAFolderWithSpaces() throws Exception {
        var copy = folder.resolve("my dist");
        assertThat(new ProcessBuilder("cp", "-R", Repository.ROOT + "/services/cli/target/dist", copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        var launcher = Launcher.in(folder).with("THIMBLE_DIST", copy.toString());
        assertThat(launcher.run("--version").out()).startsWith("thimble ");
        assertThat(launcher.run("--version"))
                .isEqualTo(new Launcher.Run(0, launcher.run("--version").out(), ""));
    }

    @Test
    void anOldJdkIsNamedWithWhatToDo() throws Exception {
        var run = Launcher.in(folder)
                .with("THIMBLE_JAVA", fakeJdk("17.0.15").toString())
                .run("config", "show");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("JDK 25 or newer", "JDK 17 in ", "THIMBLE_JAVA");
    }

    @Test
    void aFolderThatIsNoJdkIsNamed() throws Exception {
        var run = Launcher.in(folder).with("THIMBLE_JAVA", folder.toString()).run("config", "show", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo("MISSING_TOOLS");
    }

    @Test
    void theLauncherTakesTheJdkOfJavaHome() throws Exception {
        var run = Launcher.in(folder)
                .without("THIMBLE_JAVA")
                .with("JAVA_HOME", System.getProperty("java.home"))
                .run("doctor", "--json");
        assertThat(run.json().get("checks").get(0).get("found").asString()).contains(System.getProperty("java.home"));
    }

    @Test
    void everythingMissingIsListedAtOnce() throws Exception {
        var launcher = Launcher.in(folder)
                .without("THIMBLE_DIST")
                .with("THIMBLE_JAVA", fakeJdk("21.0.2").toString())
                .with("PATH", bareTools().toString());
        var run = launcher.run("test");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("JDK 25", "Maven 3.8", "Node 18", "npm", "apt-get install -y maven");
        var doctor = launcher.run("doctor", "--json");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.json().get("checks").values().stream()
                        .map(check -> check.get("name").asString() + " " + check.get("ok"))
                        .toList())
                .containsExactly("jdk false", "maven false", "node false", "npm false", "setpriv false", "memory true");
    }

    @Test
    void aForeignFolderThatCannotBeWrittenIsNamed() throws Exception {
        assumeTrue(isRoot(), "needs root to become another user");
        var copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(Repository.ROOT.resolve("thimble"), copy.resolve("thimble"));
        openToAll(folder);
        openToAll(copy);
        Files.setPosixFilePermissions(copy.resolve("thimble"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        var run = Launcher.in(folder)
                .without("THIMBLE_DIST")
                .as(copy.resolve("thimble"))
                .run(nobody, "config", "show", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo("READ_ONLY");
    }

    @Test
    void aMissingDistributionIsNamed() throws Exception {
        var run = Launcher.in(folder).with("THIMBLE_DIST", folder.toString()).run("config", "show", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo("NO_DISTRIBUTION");
    }

    @Test
    void messagesOfTheJvmStayOffStandardOutput() throws Exception {
        var run = Launcher.in(folder).with("JDK_JAVA_OPTIONS", "-Xint").run("config", "show", "--json");
        assertThat(run.json().get("schema").asInt()).isEqualTo(1);
    }

    private Path fakeJdk(String version) throws IOException {
        var home = folder.resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        var java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    /** A PATH with the commands every machine has, and nothing else. */
    private Path bareTools() throws IOException {
        var bin = Files.createDirectories(folder.resolve("bin"));
        for (var tool : List.of(
                "sh",
                "sed",
                "awk",
                "dirname",
                "readlink",
                "head",
                "find",
                "sort",
                "tr",
                "xargs",
                "sha256sum",
                "cut",
                "cat",
                "id",
                "mkdir",
                "ls")) {
            for (var place : List.of("/usr/bin", "/bin")) {
                var target = Path.of(place, tool);
                if (Files.exists(target) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), target);
                }
            }
        }
        return bin;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void openToAll(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
