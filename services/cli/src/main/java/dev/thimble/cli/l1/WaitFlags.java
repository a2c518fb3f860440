package dev.thimble.cli.l1;

import dev.thimble.cli.command.CommandFailure;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how long to wait for a message. */
final class WaitFlags {
    @Option(names = "--wait", description = "Wait until it has arrived on the other side.")
    private boolean wait;

    @Option(names = "--wait-seconds", paramLabel = "N", description = "How long at most; default: ${DEFAULT-VALUE}.")
    private long seconds = 600;

    boolean waits() {
        return wait;
    }

    Duration patience() {
        return patience(seconds);
    }

    static Duration patience(long seconds) {
        if (seconds < 1) {
            throw CommandFailure.usage("--wait-seconds must be at least 1 but is " + seconds, "");
        }
        return Duration.ofSeconds(seconds);
    }
}
