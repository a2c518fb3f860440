package dev.thimble.jobqueue;

import dev.thimble.model.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for jobs.
 *
 * @param name stays the same when the process is started again, for example the host and the component
 * @param component the command, for example {@code prover}
 * @param softwareVersion the build
 * @param version the protocol version it serves
 * @param address the URL at which other components reach it, or null if they do not
 */
public record WorkerIdentity(
        String name,
        String component,
        String softwareVersion,
        ProtocolVersion version,
        @Nullable String address) {
    /** A worker that nobody has to reach. */
    public WorkerIdentity(String name, String component, String softwareVersion, ProtocolVersion version) {
        this(name, component, softwareVersion, version, null);
    }

    public WorkerIdentity {
        if (!name.matches("[A-Za-z0-9_.:-]{1,128}")) {
            throw new IllegalArgumentException(
                    "worker name must be 1 to 128 letters, digits or _.:- but is '" + name + "'");
        }
    }
}
