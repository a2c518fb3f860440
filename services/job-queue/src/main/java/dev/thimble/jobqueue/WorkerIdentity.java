package dev.thimble.jobqueue;

import dev.thimble.model.ChainId;
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
 * @param chain the only chain whose jobs it takes, or null for all
 */
public record WorkerIdentity(
        String name,
        String component,
        String softwareVersion,
        ProtocolVersion version,
        @Nullable String address,
        @Nullable ChainId chain) {
    /** A worker that nobody has to reach, for all chains. */
    public WorkerIdentity(String name, String component, String softwareVersion, ProtocolVersion version) {
        this(name, component, softwareVersion, version, null, null);
    }

    public WorkerIdentity {
        if (!name.matches("[A-Za-z0-9_.:-]{1,128}")) {
            throw new IllegalArgumentException(
                    "worker name must be 1 to 128 letters, digits or _.:- but is '" + name + "'");
        }
    }

    /** The same worker, for the jobs of one chain. */
    public WorkerIdentity of(ChainId only) {
        return new WorkerIdentity(name, component, softwareVersion, version, address, only);
    }
}
