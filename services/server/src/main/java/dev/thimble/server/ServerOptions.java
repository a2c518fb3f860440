package dev.thimble.server;

import dev.thimble.http.BearerToken;
import dev.thimble.http.ListenAddress;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the server runs.
 *
 * @param components what runs in this process
 * @param chain the L2 chain's id
 * @param version the rules that new batches are proven under
 * @param program what proves a batch
 * @param capacity what the proofs of one batch hold
 * @param criteria when batches are sealed
 * @param api where JSON-RPC and the web page listen
 * @param proofData where gateways call
 * @param token what callers show, or null for callers on this machine only
 * @param offerLasts how long a batch is kept for a gateway that does not acknowledge it
 * @param kept how long things are kept
 */
public record ServerOptions(
        Set<Component> components,
        ChainId chain,
        ProtocolVersion version,
        BatchProgram program,
        ProofCapacity capacity,
        List<SealCriterion> criteria,
        ListenAddress api,
        ListenAddress proofData,
        @Nullable BearerToken token,
        Duration offerLasts,
        Kept kept) {
    public ServerOptions {
        components = Set.copyOf(components);
        criteria = List.copyOf(criteria);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("at least one component must be given");
        }
    }

    /** The same with other components. */
    public ServerOptions with(Set<Component> others) {
        return new ServerOptions(
                others, chain, version, program, capacity, criteria, api, proofData, token, offerLasts, kept);
    }

    /**
     * How long things are kept.
     *
     * @param jobs jobs of batches that are done, before they are archived
     * @param stoppedJobs jobs of batches that are stopped, before they are archived
     * @param archivedJobs archived jobs and workers that are gone, before they are deleted
     * @param artifacts artifacts of any kind
     */
    public record Kept(Duration jobs, Duration stoppedJobs, Duration archivedJobs, Duration artifacts) {
        /** Two days, three months, a week, a month. */
        public static final Kept DEFAULT =
                new Kept(Duration.ofDays(2), Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(30));
    }
}
