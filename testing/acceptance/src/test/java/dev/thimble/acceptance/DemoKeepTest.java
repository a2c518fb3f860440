package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo --keep}: two at the same moment in two homes, a second one in a home, going on after a stop. */
@Tag("full")
class DemoKeepTest {
    @TempDir
    Path folder;

    private Launcher launcher(String home) {
        return Launcher.in(folder).with("THIMBLE_HOME", folder.resolve(home).toString());
    }

    private ServiceProcess demo(String home) throws Exception {
        return ServiceProcess.start(launcher(home), "demo", "--keep", "--profile", "test", "--transactions", "1");
    }

    private static long newestBatch(ServiceProcess demo) throws Exception {
        var report = demo.ready();
        assertThat(report.path("result").asString()).as(demo.toString()).isEqualTo("basic_proven");
        return report.path("batches")
                .valueStream()
                .mapToLong(batch -> batch.path("number").asLong())
                .max()
                .orElseThrow();
    }

    @Test
    void homesSideBySideAndOnWhereItWas() throws Exception {
        ServiceProcess.assumeAnvil();
        try (var left = demo("left");
                var right = demo("right")) {
            assertThat(newestBatch(left)).isEqualTo(1);
            assertThat(newestBatch(right)).isEqualTo(1);
            assertThat(left.url("page")).isNotEqualTo(right.url("page"));
            for (var demo : new ServiceProcess[] {left, right}) {
                assertThat(ServiceProcess.get(demo.url("page")).body()).contains("<title>Thimble</title>");
                assertThat(ServiceProcess.get(demo.url("metrics")).body()).contains("thimble_up_seconds");
            }
            tellsASecondOneWhoRuns(left);
            assertThat(launcher("left").run("status", "prover").out()).contains("state basic_proven");
            var page = left.url("page");
            assertThat(left.terminate()).as(left.toString()).isZero();
            assertThat(launcher("left").run("status", "prover").out()).contains("state basic_proven");
            try (var again = demo("left")) {
                assertThat(newestBatch(again)).isEqualTo(2);
                assertThat(again.url("page")).isEqualTo(page);
                assertThat(again.terminate()).as(again.toString()).isZero();
            }
            assertThat(right.terminate()).as(right.toString()).isZero();
        }
        assertThat(OwnPostgres.of(folder.resolve("left"))).isEmpty();
        assertThat(OwnPostgres.of(folder.resolve("right"))).isEmpty();
    }

    private void tellsASecondOneWhoRuns(ServiceProcess first) throws Exception {
        var second = launcher("left").run("demo", "--json");
        assertThat(second.exitCode()).as(second.toString()).isEqualTo(3);
        assertThat(second.json().path("error").path("code").asString()).isEqualTo("ALREADY_RUNNING");
        assertThat(second.json().path("error").path("message").asString())
                .contains("process " + first.process.pid(), first.url("page").toString());
    }
}
