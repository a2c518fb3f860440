package dev.thimble.observability;

import dev.thimble.model.BatchId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.MDC;

/**
 * Ids that every log line of this thread carries until the context is closed:
 * {@code try (var _ = LogContext.of(batch).job(id)) { … }}.
 */
public final class LogContext implements AutoCloseable {
    private final List<MDC.MDCCloseable> entries = new ArrayList<>();

    private LogContext() {}

    /** A context that names nothing yet. */
    public static LogContext empty() {
        return new LogContext();
    }

    /** A context of a batch. */
    public static LogContext of(BatchId batch) {
        return empty().with("chain", batch.chain().toString()).with("batch", Long.toString(batch.number()));
    }

    public LogContext job(long id) {
        return with("job", Long.toString(id));
    }

    public LogContext worker(String id) {
        return with("worker", id);
    }

    /** Adds any other id. */
    public LogContext with(String name, String value) {
        entries.add(MDC.putCloseable(name, value));
        return this;
    }

    @Override
    public void close() {
        entries.reversed().forEach(MDC.MDCCloseable::close);
    }
}
