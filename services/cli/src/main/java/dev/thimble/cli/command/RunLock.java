package dev.thimble.cli.command;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** At most one {@code up} or {@code demo} runs in a state folder; a second is told who does. */
public final class RunLock implements Closeable {
    private static final String WHO = "running.txt";

    private final FileChannel channel;
    private final Path who;

    private RunLock(FileChannel channel, Path who) {
        this.channel = channel;
        this.who = who;
    }

    /**
     * Takes the lock of a state folder.
     *
     * @throws CommandFailure ALREADY_RUNNING naming who has it
     */
    public static RunLock take(Path home, String command) throws IOException {
        var who = home.resolve(WHO);
        var channel =
                FileChannel.open(home.resolve("running.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            var holder = Files.exists(who) ? Files.readString(who).strip() : "another process";
            throw CommandFailure.environment(
                    "ALREADY_RUNNING",
                    "in " + home + " runs " + holder,
                    "Use that one, stop it, or take another state folder with --home.");
        }
        Files.writeString(who, description(command, ""));
        return new RunLock(channel, who);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Adds where the holder, this process, can be reached, for those who come second. */
    public static void announce(Path home, String command, URI page) throws IOException {
        Files.writeString(home.resolve(WHO), description(command, ", page " + page));
    }

    private static String description(String command, String more) {
        return "thimble " + command + " (process " + ProcessHandle.current().pid() + more + ")";
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(who);
        channel.close();
    }
}
