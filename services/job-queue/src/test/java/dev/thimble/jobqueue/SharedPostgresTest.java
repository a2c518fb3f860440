package dev.thimble.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share one server and leave it in every way. */
class SharedPostgresTest {
    @TempDir
    private Path folder;

    private Path pidFile() {
        return folder.resolve("data/postmaster.pid");
    }

    @Test
    void theServerRunsAsLongAsSomeoneUsesIt() throws Exception {
        String port = Integer.toString(TemporaryPostgres.freePort());
        Process first = ChildJvm.start("sharer", folder.toString(), port);
        ChildJvm.awaitReady(first);
        Process second = ChildJvm.start("sharer", folder.toString(), port);
        ChildJvm.awaitReady(second);
        first.destroyForcibly().waitFor();
        Process third = ChildJvm.start("sharer", folder.toString(), port);
        ChildJvm.awaitReady(third);
        leave(second);
        assertThat(pidFile()).exists();
        leave(third);
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void theServerIsStartedAgainWhenItIsKilled() throws Exception {
        try (SharedPostgres server = SharedPostgres.open(folder, TemporaryPostgres.freePort());
                SharedPostgres again = SharedPostgres.open(folder, 1);
                QueueDatabase database = QueueDatabase.open(server.database("kept"), 2)) {
            assertThat(again.port()).isEqualTo(server.port());
            long killed = pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            JobWorkerTest.until(() -> pid() != killed);
            assertThat(new QueueStatus(database).versions()).isEmpty();
        }
        assertThat(pidFile()).doesNotExist();
    }

    /** The server's process; 0 while the file is not there or not complete. */
    private long pid() {
        try {
            return Long.parseLong(Files.readAllLines(pidFile()).getFirst());
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static void leave(Process child) throws Exception {
        child.getOutputStream().close();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
