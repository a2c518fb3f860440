package dev.thimble.workers;

import dev.thimble.air.Trace;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.Optional;

/** Where a prover gets the trace of an instance from. */
interface TraceSource {
    /** Traces that nobody else makes: the prover makes its own. */
    static TraceSource none() {
        return (_, _, _, _) -> Optional.empty();
    }

    /** The trace of an instance from elsewhere, or nothing if nobody has the time for it. */
    Optional<Trace> fetch(ProvingSetup setup, BatchArtifacts artifacts, CircuitType type, int index)
            throws InterruptedException;
}
