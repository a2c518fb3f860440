package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thimble.http.BearerToken;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.jobqueue.NewJob;
import dev.thimble.jobqueue.Plan;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web page in a real browser. */
class PageTest {
    private final TestParts parts = new TestParts();

    @SuppressWarnings("NullAway.Init") // set before every test
    private DevelopmentNode node;

    @BeforeEach
    void start() throws Exception {
        node = parts.node();
    }

    @AfterEach
    void stop() {
        node.close();
        parts.close();
    }

    private static void awaitText(Chromium page, String expression, String wanted) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page.evaluate(expression)).contains(wanted));
    }

    /** Jobs of a batch in the queue as a gateway would put them there, some of them done, one of them dead. */
    private static void prove(JobQueue queue, BatchId batch) {
        queue.registerVersion(TestParts.VERSION, "22".repeat(32), null);
        List<NewJob> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            jobs.add(NewJob.of(new JobKey(batch, Round.BASIC_CIRCUITS, JobKind.PROVE, "MAIN_VM", 0, i), List.of("in")));
        }
        jobs.add(NewJob.of(new JobKey(batch, Round.BASIC_CIRCUITS, JobKind.PROVE, "MEMORY", 0, 0), List.of("in")));
        queue.submit(
                new NewBatch(batch, TestParts.VERSION, Instant.now(), 0, List.of("in")),
                new Plan(List.of(), jobs, BatchState.PROVING));
    }

    @Test
    void showsBatchesJobsWorkersAndErrorsLive() throws Exception {
        ServerOptions options = TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(2)));
        try (ThimbleServer server = parts.start(node, options);
                Chromium page = Chromium.open(server.apiUrl().orElseThrow());
                JobQueue queue = new JobQueue(parts.database, RetryPolicy.DEFAULT)) {
            awaitText(page, "document.getElementById('connection').textContent", "live");
            awaitText(page, "document.getElementById('batches').innerText", "genesis");
            assertThat(page.evaluate("document.getElementById('errors').innerText"))
                    .contains("No job has failed");

            TestParts.transfer(node, 4);
            awaitText(page, "document.querySelector('[data-number=\"2\"]').innerText", "blocks 3 to 4");

            prove(queue, new BatchId(TestParts.CHAIN, 1));
            awaitText(page, "document.querySelector('[data-number=\"1\"]').innerText", "0 / 6");
            Lane lane = new Lane(Round.BASIC_CIRCUITS, JobKind.PROVE);
            String worker = queue.register(new WorkerIdentity("prover-host-1", "prover", "0.1.0", TestParts.VERSION));
            List<Lease> leases = queue.pick(worker, List.of(lane), 3);
            for (Lease lease : leases.subList(0, 2)) {
                queue.finish(worker, lease, new JobResult(List.of("p"), "33".repeat(32), Plan.NOTHING));
            }
            awaitText(page, "document.querySelector('[data-number=\"1\"]').innerText", "1 / 6");
            awaitText(page, "document.getElementById('workers').innerText", "prover-host-1");
            keepPicture(page, "proving");

            queue.fail(worker, leases.get(2), ErrorCode.BAD_INPUT, "<img src=x onerror=alert(1)> is no header");
            awaitText(page, "document.getElementById('errors').innerText", "<img src=x onerror=alert(1)> is no header");
            awaitText(page, "document.querySelector('[data-number=\"1\"]').innerText", "stopped");
            assertThat(page.evaluate("document.querySelectorAll('img').length")).isEqualTo("0");
            keepPicture(page, "stopped");
        }
    }

    @Test
    void asksForTheToken() throws Exception {
        BearerToken token = new BearerToken("a-token-for-the-page");
        ServerOptions options = TestParts.options(TestParts.ALL, token, List.of(new SealCriterion.Blocks(2)));
        try (ThimbleServer server = parts.start(node, options);
                Chromium page = Chromium.open(server.apiUrl().orElseThrow())) {
            awaitText(page, "document.getElementById('login').hidden", "false");
            page.evaluate(
                    "(document.getElementById('token').value = 'wrong', document.querySelector('button').click())");
            awaitText(page, "document.getElementById('refused').hidden", "false");
            page.evaluate("(document.getElementById('token').value = '" + token.secret()
                    + "', document.querySelector('button').click())");
            awaitText(page, "document.getElementById('batches').innerText", "genesis");
        }
    }

    /** The page can load nothing from elsewhere, and says so itself. */
    @Test
    void loadsNothingFromElsewhere() throws Exception {
        ServerOptions options = TestParts.options(TestParts.ALL, null, List.of(new SealCriterion.Blocks(2)));
        try (ThimbleServer server = parts.start(node, options)) {
            URI url = server.apiUrl().orElseThrow();
            var page = TestParts.get(url, "/");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            for (String file : List.of("/", "/page.js", "/page.css")) {
                assertThat(TestParts.get(url, file).body()).doesNotContain("http://", "https://", "innerHTML", "//cdn");
            }
        }
    }

    /** Leaves a picture in the build's folder for whoever wants to look at it. */
    private static void keepPicture(Chromium page, String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target/pictures"));
        Files.write(folder.resolve(name + ".png"), page.screenshot());
    }
}
