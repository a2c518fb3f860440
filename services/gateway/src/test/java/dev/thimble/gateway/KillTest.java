package dev.thimble.gateway;

import static dev.thimble.gateway.Parts.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.gateway.Crossing.Moment;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.SharedPostgres;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.BatchId;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.observability.Observability;
import dev.thimble.server.DevelopmentNode;
import dev.thimble.server.ThimbleServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gateway and server killed with SIGKILL at each step between them: a second gateway, or the next server, goes on, and every
 * batch is queued once and delivered once.
 */
class KillTest {
    private static final long SEED = 20_261_127;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String OFFER = "/proof-generation-data";
    private static final String INPUT = "/input";
    private static final String ACKNOWLEDGE = "/acknowledge";
    private static final String PROOF = "/proof";

    @TempDir
    private static Path shared;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SharedPostgres postgres;

    @TempDir
    private Path folder;

    /** Where somebody is killed. */
    sealed interface Kill {
        /** At a call between gateway and server. */
        record Calling(Who who, String call, Moment moment) implements Kill {}

        /** The gateway, after it has stored an artifact of a type and before it goes on. */
        record Stored(String type) implements Kill {}
    }

    enum Who {
        GATEWAY,
        SERVER
    }

    static List<Kill> all() {
        List<Kill> kills =
                new ArrayList<>(List.of(new Kill.Stored("witness_input"), new Kill.Stored("batch_description")));
        for (Who who : Who.values()) {
            kills.add(new Kill.Calling(who, OFFER, Moment.ANSWERED));
            kills.add(new Kill.Calling(who, INPUT, Moment.ANSWERED));
            for (Moment moment : Moment.values()) {
                kills.add(new Kill.Calling(who, ACKNOWLEDGE, moment));
                kills.add(new Kill.Calling(who, PROOF, moment));
            }
        }
        return kills;
    }

    static Stream<Kill> aThird() {
        List<Kill> shuffled = new ArrayList<>(all());
        Collections.shuffle(shuffled, new Random(SEED));
        System.out.println("kills of seed " + SEED);
        return shuffled.stream().limit((shuffled.size() + 2) / 3);
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = SharedPostgres.open(shared, TemporaryPostgres.freePort());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @MethodSource("aThird")
    void someKillsAreSurvived(Kill kill) throws Exception {
        survive(kill);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("all")
    void everyKillIsSurvived(Kill kill) throws Exception {
        survive(kill);
    }

    private void survive(Kill kill) throws Exception {
        int number = NUMBER.incrementAndGet();
        DatabaseAddress queued = postgres.database("prover_" + number);
        try (DevelopmentNode node = DevelopmentNode.start(Parts.anvil(), folder.resolve("l2"), Parts.CHAIN.value());
                QueueDatabase database = QueueDatabase.open(queued, 6);
                JobQueue queue = new JobQueue(database, Parts.QUICK)) {
            queue.registerVersion(ProtocolVersion.CURRENT, Parts.DIGEST, null);
            Parts.transfer(node);
            Parts.transfer(node);
            Scene scene =
                    new Scene(node, postgres.database("server_" + number), queued, queue, new QueueStatus(database));
            switch (kill) {
                case Kill.Calling(Who who, String call, Moment moment)
                when who == Who.SERVER -> killServer(scene, call, moment);
                case Kill.Calling(Who _, String call, Moment moment) -> killGateway(scene, call, moment, "nothing");
                case Kill.Stored(String type) -> killGateway(scene, "", Moment.CALLED, type);
            }
            assertEachBatchOnce(scene.status());
        }
    }

    /** A node with two blocks, the databases of server and queue, and the queue. */
    private record Scene(
            DevelopmentNode node, DatabaseAddress served, DatabaseAddress queued, JobQueue queue, QueueStatus status) {
        URI l2() {
            return node.client().rpc().url();
        }
    }

    private void killServer(Scene scene, String call, Moment moment) throws Exception {
        Path store = folder.resolve("served");
        try (Child server = Child.server(scene.served(), store, scene.l2());
                Crossing crossing = new Crossing(URI.create(server.says()), call, moment)) {
            crossing.at(server::kill);
            try (var _ = Parts.gateway(crossing.url(), scene.queue(), store(), "first")) {
                proveUntilOver(scene, crossing);
                try (Child next = Child.server(scene.served(), store, scene.l2())) {
                    crossing.to(URI.create(next.says()));
                    proveAll(scene);
                    assertServerHasAll(crossing.url());
                }
            }
        }
    }

    private void killGateway(Scene scene, String call, Moment moment, String halt) throws Exception {
        try (QueueDatabase database = QueueDatabase.open(scene.served(), 8);
                Observability observability = new Observability("server", "test");
                ThimbleServer server = ThimbleServer.start(
                        Parts.options(Parts.CHAIN),
                        database,
                        new FolderObjectStore(folder.resolve("served")),
                        scene.node(),
                        Optional.empty(),
                        observability);
                Crossing crossing = new Crossing(server.proofDataUrl().orElseThrow(), call, moment);
                Child gateway = Child.gateway(scene.queued(), folder.resolve("store"), crossing.url(), halt)) {
            crossing.at(gateway::kill);
            if (call.isEmpty()) {
                assertThat(gateway.says()).isEqualTo("stored");
                gateway.kill();
            } else {
                proveUntilOver(scene, crossing);
            }
            try (var _ = Parts.gateway(crossing.url(), scene.queue(), store(), "second")) {
                proveAll(scene);
                assertServerHasAll(crossing.url());
            }
        }
    }

    private FolderObjectStore store() throws Exception {
        return new FolderObjectStore(folder.resolve("store"));
    }

    /** Does the provers' work until the moment of the kill is over. */
    private void proveUntilOver(Scene scene, Crossing crossing) throws Exception {
        until(() -> {
            Parts.finish(scene.queue(), store());
            return crossing.isOver();
        });
    }

    private void proveAll(Scene scene) throws Exception {
        until(() -> {
            Parts.finish(scene.queue(), store());
            return Parts.delivered(scene.status()) == 2;
        });
    }

    private void assertServerHasAll(URI url) throws Exception {
        ProofDataClient client = new ProofDataClient(url, "late", null);
        assertThat(client.next(List.of(ProtocolVersion.CURRENT.toString()))).isEmpty();
        for (int number = 1; number <= 2; number++) {
            BatchId batch = new BatchId(Parts.CHAIN, number);
            assertThat(client.submit(batch, Parts.result(store(), batch))).isEqualTo("already_accepted");
        }
    }

    private static void assertEachBatchOnce(QueueStatus status) {
        assertThat(status.batches(Parts.CHAIN, 0, 10)).hasSize(2);
        List<JobView> jobs = status.jobs(JobView.Filter.ALL);
        assertThat(jobs)
                .extracting(job -> job.key().kind())
                .containsExactlyInAnyOrder(JobKind.EXECUTE, JobKind.EXECUTE, JobKind.SUBMIT, JobKind.SUBMIT);
        assertThat(jobs).allMatch(job -> job.state() == JobState.SUCCESSFUL);
    }
}
