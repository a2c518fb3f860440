package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Demo and services where the machine is not as usual: locale, temporary folder, network, user, ports. */
@Tag("full")
class OddMachineTest {
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path folder;

    @BeforeEach
    void needsANode() {
        ServiceProcess.assumeAnvil();
    }

    private static List<String> inShell(String before) {
        return List.of("sh", "-c", before + " && exec \"$@\"", "sh");
    }

    private static List<String> join(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static void proves(Launcher launcher, List<String> prefix) throws Exception {
        var run = launcher.run(prefix, "demo", "--profile", "test", "--transactions", "1", "--json");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.json().path("result").asString()).isEqualTo("basic_proven");
    }

    private static boolean works(List<String> prefix) throws IOException, InterruptedException {
        var process = new ProcessBuilder(join(prefix, List.of("true")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    }

    /** {@code LANG=C}, and a temporary folder that holds neither a trace nor PostgreSQL's programs. */
    @Test
    void provesWithASmallTemporaryFolder() throws Exception {
        var mounted = join(List.of("unshare", "-m"), inShell("mount -t tmpfs -o size=2m tmpfs /tmp"));
        assumeTrue(works(mounted), "needs root to mount a small tmpfs");
        var home = Files.createTempDirectory(Repository.ROOT.resolve("testing/acceptance/target"), "home-");
        try {
            proves(Launcher.in(home).with("LANG", "C").with("THIMBLE_HOME", home.toString()), mounted);
        } finally {
            new ProcessBuilder("rm", "-rf", home.toString()).start().waitFor();
        }
    }

    /** The launcher sets the JVM's language; a JVM that is started without it may have the Turkish one, with its dotless i. */
    @Test
    void provesInTurkishAndASecondTimeWithoutNetwork() throws Exception {
        var launcher = Launcher.in(folder)
                .with("LC_ALL", "tr_TR.UTF-8")
                .with("THIMBLE_HOME", folder.resolve("home").toString());
        var script = Files.writeString(
                folder.resolve("turkish"),
                "#!/bin/sh\nexec \"$THIMBLE_JAVA/bin/java\" --add-modules=jdk.incubator.vector -Duser.language=tr"
                        + " -Duser.country=TR -Dthimble.root='" + Repository.ROOT
                        + "' -jar \"$THIMBLE_DIST/thimble.jar\" \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        proves(launcher.as(script), List.of());
        var alone = join(List.of("unshare", "-n"), inShell("ip link set lo up"));
        assumeTrue(works(alone), "needs root, unshare and ip to take the network away");
        proves(launcher, alone);
    }

    @Test
    void provesAsAnotherUser() throws Exception {
        assumeTrue(works(NOBODY), "needs root to become another user");
        var place = Files.createTempDirectory("thimble-nobody");
        try {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
            proves(Launcher.in(place).with("THIMBLE_HOME", place.resolve("home").toString()), NOBODY);
        } finally {
            new ProcessBuilder("rm", "-rf", place.toString()).start().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server, --api-port",
        "server, --proof-data-port",
        "server, --prometheus-port",
        "gateway, --prometheus-port",
        "prover, --prometheus-port",
        "witness-generator --all-rounds, --prometheus-port",
        "witness-vector-generator, --traces-port",
        "up, --proof-data-port",
        "server, --database-port"
    })
    void aTakenPortIsNamedWithItsFlag(String command, String flag) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of(flag, "" + taken.getLocalPort(), "--json"));
            var launcher = Launcher.in(folder)
                    .with("THIMBLE_HOME", folder.resolve("home").toString())
                    .with("THIMBLE_PROFILE", "test");
            for (var port : List.of("API", "PROOF_DATA", "PROMETHEUS")) {
                launcher = launcher.with("THIMBLE_" + port + "_PORT", "0");
            }
            launcher = launcher.with("THIMBLE_DATABASE_PORT", "" + ServerProcess.freePort());
            var run = launcher.run(arguments.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
            var error = run.json().path("error");
            assertThat(error.path("message").asString() + error.path("hint").asString())
                    .contains("" + taken.getLocalPort(), flag)
                    .doesNotContain(" or --");
        }
    }
}
