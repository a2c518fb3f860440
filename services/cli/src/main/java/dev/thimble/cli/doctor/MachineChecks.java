package dev.thimble.cli.doctor;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.ethereum.AnvilProcess;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at the machine. */
final class MachineChecks {
    private static final int NEEDED_JAVA = 25;
    private static final long NEEDED_MEMORY_BYTES = 6L << 30;
    private static final long NEEDED_DISK_BYTES = 5L << 30;

    private MachineChecks() {}

    static List<MachineCheck> all(Context context) {
        return List.of(
                java(),
                vectorModule(),
                atLeast(3, 8, program("maven", "mvn", "Maven 3.8 or newer", "maven")),
                atLeast(18, 0, program("node", "node", "Node 18 or newer", "nodejs")),
                program("npm", "npm", "npm", "npm"),
                program("setpriv", "setpriv", "setpriv (util-linux)", "util-linux"),
                anvil(context.root()),
                memory(),
                home(context),
                disk(context));
    }

    private static MachineCheck java() {
        int feature = Runtime.version().feature();
        return new MachineCheck(
                "jdk",
                feature >= NEEDED_JAVA,
                "JDK " + Runtime.version() + " in " + System.getProperty("java.home"),
                "JDK 25 or newer",
                feature >= NEEDED_JAVA ? "" : "apt-get install -y openjdk-25-jdk-headless");
    }

    private static MachineCheck vectorModule() {
        boolean there = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
        return new MachineCheck(
                "vector",
                there,
                there ? "module jdk.incubator.vector" : "no module jdk.incubator.vector",
                "a JDK with the module jdk.incubator.vector (without it proving is about four times slower)",
                there ? "" : "Take a full JDK, such as Temurin 25, and set THIMBLE_JAVA to its folder.");
    }

    private static MachineCheck program(String name, String command, String needed, String debianPackage) {
        var found = onPath(command);
        return new MachineCheck(
                name,
                found.isPresent(),
                found.map(Path::toString).orElse("none"),
                needed,
                found.isPresent() ? "" : "apt-get install -y " + debianPackage);
    }

    /** A program that is there may be too old: it is asked for its version. */
    private static MachineCheck atLeast(int major, int minor, MachineCheck there) {
        if (!there.ok()) {
            return there;
        }
        var version = Pattern.compile("(\\d+)\\.(\\d+)").matcher(firstLine(there.found(), "--version"));
        boolean ok = version.find()
                && (Integer.parseInt(version.group(1)) > major
                        || (Integer.parseInt(version.group(1)) == major
                                && Integer.parseInt(version.group(2)) >= minor));
        return ok
                ? there
                : new MachineCheck(
                        there.name(),
                        false,
                        there.found() + " (another version)",
                        there.needed(),
                        "Install " + there.needed() + " from its makers: the packaged one is too old.");
    }

    private static String firstLine(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                return Objects.requireNonNullElse(output.readLine(), "");
            }
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<Path> onPath(String command) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static MachineCheck anvil(Path root) {
        var found = AnvilProcess.locate();
        return new MachineCheck(
                "anvil",
                found.isPresent(),
                found.map(Path::toString).orElse("none"),
                "anvil, the development node of demo and server (or a node of your own with --l2-rpc-url)",
                found.isPresent() ? "" : "npm ci --prefix '" + root.resolve("services/ethereum") + "'");
    }

    private static MachineCheck memory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long bytes = system.getTotalMemorySize();
        return new MachineCheck(
                "memory",
                bytes >= NEEDED_MEMORY_BYTES,
                gigabytes(bytes),
                gigabytes(NEEDED_MEMORY_BYTES) + " for the profile laptop",
                bytes >= NEEDED_MEMORY_BYTES ? "" : "Use --profile test, or a machine with more memory.");
    }

    private static MachineCheck home(Context context) {
        try {
            return new MachineCheck("home", true, context.home().toString(), "a writable state folder", "");
        } catch (CommandFailure e) {
            return new MachineCheck("home", false, e.line(), "a writable state folder", e.hint());
        }
    }

    private static MachineCheck disk(Context context) {
        try {
            long bytes = Files.getFileStore(context.home()).getUsableSpace();
            boolean enough = bytes >= NEEDED_DISK_BYTES;
            return new MachineCheck(
                    "disk",
                    enough,
                    gigabytes(bytes) + " free",
                    gigabytes(NEEDED_DISK_BYTES) + " free in the state folder",
                    enough ? "" : "Free space, or set THIMBLE_HOME to another disk.");
        } catch (IOException | CommandFailure e) {
            return new MachineCheck("disk", false, e.toString(), "a readable disk", "Set THIMBLE_HOME.");
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }
}
