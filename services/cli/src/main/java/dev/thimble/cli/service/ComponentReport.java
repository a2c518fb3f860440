package dev.thimble.cli.service;

import dev.thimble.cli.command.VersionText;
import dev.thimble.cli.database.PipelineStorage;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a component says as soon as it is ready, so that scripts can wait for the line. It holds no secret.
 *
 * @param component the command
 * @param state {@code ready}, or {@code stopped} if it was stopped before
 * @param version the build
 * @param pid the process
 * @param urls where it listens, by name: {@code metrics}, {@code page} …
 * @param database the JDBC URL without a password
 * @param store a folder, or the URL of a bucket
 */
record ComponentReport(
        String component,
        String state,
        String version,
        long pid,
        Map<String, URI> urls,
        String database,
        String store) {

    static ComponentReport of(String component, String state, Map<String, URI> urls, PipelineStorage storage) {
        return new ComponentReport(
                component,
                state,
                VersionText.version(),
                ProcessHandle.current().pid(),
                urls,
                storage.access().url(),
                storage.place());
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s is ready (process %d): %s",
                component,
                pid,
                urls.entrySet().stream()
                        .map(url -> url.getKey() + " " + url.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
