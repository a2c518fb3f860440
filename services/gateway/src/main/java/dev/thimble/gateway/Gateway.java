package dev.thimble.gateway;

import dev.thimble.jobqueue.JobEvent;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.ChainId;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Neither server, database nor store has to be there when it starts, and each may go away. It delivers
 * results of the chain that its server serves, once that has said which; other chains' are for other gateways.
 */
public final class Gateway implements AutoCloseable {
    public static final String COMPONENT = "gateway";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration INTAKE_ENDS = Duration.ofSeconds(10);
    private static final int DELIVERIES = 4;

    private final ProofDataClient server;
    private final Intake intake;
    private final JobQueue queue;
    private final ObjectStore store;
    private final WorkerIdentity identity;
    private final Consumer<JobEvent> attempts;
    private final Readiness readiness;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable JobWorker delivery;

    /**
     * Starts the gateway.
     *
     * @param identity who it is; its protocol version must be registered
     * @param attempts told of the end of every delivery
     */
    public Gateway(
            ProofDataClient server,
            JobQueue queue,
            ObjectStore store,
            WorkerIdentity identity,
            Readiness readiness,
            Consumer<JobEvent> attempts) {
        this.server = server;
        this.intake = new Intake(server, queue, store);
        this.queue = queue;
        this.store = store;
        this.identity = identity;
        this.attempts = attempts;
        this.readiness = readiness;
        this.thread = Thread.ofPlatform().daemon().name("gateway-intake").start(this::loop);
    }

    private void loop() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = step();
            }
        } catch (InterruptedException e) {
            LOG.debug("intake interrupted", e);
        }
    }

    /** Takes one batch if there is one; returns how long to wait then. */
    private Duration step() throws InterruptedException {
        try {
            if (delivery == null) {
                delivery = startDelivery(server.chain());
            }
            Optional<OfferedBatch> batch =
                    server.next(List.of(identity.version().toString()));
            if (batch.isPresent()) {
                intake.take(batch.get());
            }
            readiness.ready(COMPONENT);
            return batch.isPresent() ? Duration.ZERO : IDLE;
        } catch (IOException | RuntimeException e) {
            readiness.notReady(COMPONENT, "taking batches from " + server.server() + " fails: " + e.getMessage());
            return AFTER_FAILURE;
        }
    }

    private JobWorker startDelivery(ChainId chain) {
        Lane submit = new Lane(Round.BASIC_CIRCUITS, JobKind.SUBMIT);
        JobWorker worker = new JobWorker(
                queue, identity.of(chain), Map.of(submit, new SubmitJob(server, store)), DELIVERIES, attempts);
        worker.start();
        return worker;
    }

    /** Stops taking batches; deliveries that run are finished or given back. */
    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
        try {
            thread.join(INTAKE_ENDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        JobWorker started = delivery;
        if (started != null) {
            started.close();
        }
    }
}
