package dev.thimble.workers;

import dev.thimble.air.Trace;
import dev.thimble.http.BearerToken;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.CircuitType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces from witness vector generators. The living ones are asked in random order; one that is busy, gone or slow is
 * passed over, and when none is left the prover makes the trace itself. Nothing is ever queued at a generator, so either
 * side may end at any moment.
 */
final class RemoteTraces implements TraceSource {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteTraces.class);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Supplier<List<String>> generators;
    private final @Nullable BearerToken token;
    private final Duration patience;

    /**
     * @param generators the URLs of the generators that live now
     * @param patience how long one trace may take, computing and sending each
     */
    RemoteTraces(Supplier<List<String>> generators, @Nullable BearerToken token, Duration patience) {
        this.generators = generators;
        this.token = token;
        this.patience = patience;
    }

    @Override
    public Optional<Trace> fetch(ProvingSetup setup, BatchArtifacts artifacts, CircuitType type, int index)
            throws InterruptedException {
        List<String> urls = new ArrayList<>(generators.get());
        Collections.shuffle(urls);
        String path = VectorGenerator.path(artifacts.batch(), type, index);
        for (String url : urls) {
            try {
                Optional<Trace> trace = fetch(URI.create(url + path), setup, type);
                if (trace.isPresent()) {
                    return trace;
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.info("no trace from {}: {}", url, e.toString());
            }
        }
        return Optional.empty();
    }

    private Optional<Trace> fetch(URI uri, ProvingSetup setup, CircuitType type)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
        if (token != null) {
            request.header("Authorization", token.header());
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                Deadline deadline = new Deadline(body, patience)) {
            if (response.statusCode() == 200) {
                int[][] preprocessed = setup.provingKey(type).preprocessedColumns();
                return Optional.of(TraceCodec.read(setup.circuits().air(type), preprocessed, body));
            }
            if (response.statusCode() != VectorGenerator.BUSY) {
                LOG.warn("{} answered {} ({})", uri, response.statusCode(), deadline);
            }
            return Optional.empty();
        }
    }

    /** Closes a stream that is not read to its end in time, so that a sender who hangs does not hang us. */
    private static final class Deadline implements AutoCloseable {
        private final CountDownLatch done = new CountDownLatch(1);

        Deadline(InputStream stream, Duration limit) {
            Thread.ofVirtual().start(() -> {
                try {
                    if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                        stream.close();
                    }
                } catch (IOException | InterruptedException e) {
                    LOG.debug("deadline", e);
                }
            });
        }

        @Override
        public void close() {
            done.countDown();
        }
    }
}
