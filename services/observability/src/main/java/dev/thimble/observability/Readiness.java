package dev.thimble.observability;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which parts of a process can work, and what hinders the others. Changes are logged, repetitions are not. */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final TreeMap<String, String> parts = new TreeMap<>();

    /** {@code part} has begun and does not work yet; that is no news. */
    public synchronized void starting(String part) {
        parts.put(part, "starting");
    }

    /** {@code part} works. */
    public void ready(String part) {
        set(part, "");
    }

    /**
     * {@code part} does not work.
     *
     * @param problem one line that says what to do or what is waited for; holds no secret
     */
    public void notReady(String part, String problem) {
        set(part, problem.isBlank() ? "not ready" : problem.replace('\n', ' '));
    }

    private synchronized void set(String part, String problem) {
        String before = parts.put(part, problem);
        if (problem.equals(before)) {
            return;
        }
        if (problem.isEmpty()) {
            LOG.info("{} is ready", part);
        } else {
            LOG.warn("{} is not ready: {}", part, problem);
        }
    }

    /** Whether every part works. */
    public synchronized boolean isReady() {
        return parts.values().stream().allMatch(String::isEmpty);
    }

    /** Each part with its problem; an empty problem means that it works. */
    public synchronized SortedMap<String, String> parts() {
        return new TreeMap<>(Map.copyOf(parts));
    }
}
