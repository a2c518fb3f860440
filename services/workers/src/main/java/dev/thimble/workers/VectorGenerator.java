package dev.thimble.workers;

import dev.thimble.air.Trace;
import dev.thimble.http.Access;
import dev.thimble.http.BearerToken;
import dev.thimble.http.HttpError;
import dev.thimble.http.HttpListener;
import dev.thimble.http.ListenAddress;
import dev.thimble.http.Request;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.pipeline.TraceSetup;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes traces for provers that ask: {@code GET /v1/traces/CHAIN/BATCH/CIRCUIT/INDEX}. It keeps nothing: the circuit input
 * comes from the store and the trace goes out as it is made. Beyond its number of threads it answers 503, and the prover
 * asks another or makes the trace itself.
 */
public final class VectorGenerator implements AutoCloseable {
    static final int BUSY = 503;

    private final Workshop workshop;
    private final Semaphore threads;
    private final AtomicLong served = new AtomicLong();
    private final HttpListener listener;

    /**
     * Begins to listen.
     *
     * @param threads how many traces to make at once; each is in memory as a whole until it is sent
     * @param token what provers have to show; without it only this machine's may ask
     * @throws dev.thimble.http.PortTaken if the port cannot be had
     */
    public VectorGenerator(Workshop workshop, int threads, ListenAddress address, @Nullable BearerToken token) {
        this.workshop = workshop;
        this.threads = new Semaphore(threads);
        Access access = Access.protectedBy(token, address);
        Route route = new Route("GET", "/v1/traces/{chain}/{batch}/{circuit}/{index}", access, this::trace);
        this.listener = HttpListener.start(address, 0, List.of(route));
    }

    /** The path of a trace. */
    static String path(BatchId batch, CircuitType type, int index) {
        return "/v1/traces/" + batch + "/" + type.name() + "/" + index;
    }

    public int port() {
        return listener.port();
    }

    /** How many traces were sent. */
    public long served() {
        return served.get();
    }

    private Response trace(Request request) throws InterruptedException {
        CircuitType type = type(request.parameter("circuit"));
        long index = request.number("index");
        if (index >= 1 << 16) {
            throw new HttpError(404, "UNKNOWN_INSTANCE", "there is no instance " + index);
        }
        BatchId batch = BatchId.of(Math.max(1, request.number("chain")), request.number("batch"));
        if (!threads.tryAcquire()) {
            throw new HttpError(BUSY, "BUSY", "all threads are making traces");
        }
        boolean sending = false;
        try {
            Trace trace = make(batch, type, (int) index);
            workshop.passed("vector.made");
            Response response = new Response.Streamed(
                    200,
                    "application/octet-stream",
                    Map.of(),
                    out -> {
                        TraceCodec.write(trace, out);
                        served.incrementAndGet();
                    },
                    threads::release);
            sending = true;
            return response;
        } catch (JobFailure e) {
            throw new HttpError(404, e.code().name(), String.valueOf(e.getMessage()));
        } finally {
            if (!sending) {
                threads.release();
            }
        }
    }

    private static CircuitType type(String name) {
        try {
            return CircuitType.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new HttpError(404, "UNKNOWN_CIRCUIT", "there is no circuit " + name);
        }
    }

    private Trace make(BatchId batch, CircuitType type, int index) throws JobFailure, InterruptedException {
        BatchArtifacts artifacts = workshop.artifacts(batch);
        BatchDescription description = artifacts.description();
        TraceSetup setup = workshop.traces(description);
        return setup.trace(new CircuitInputs(artifacts, description, setup.circuits()).read(type, index));
    }

    @Override
    public void close() {
        listener.close();
    }
}
