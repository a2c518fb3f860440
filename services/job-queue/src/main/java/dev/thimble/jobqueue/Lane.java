package dev.thimble.jobqueue;

import dev.thimble.model.JobKind;
import dev.thimble.model.Round;

/**
 * The jobs that one function can do: a kind in a round.
 *
 * @param round the round
 * @param kind the kind
 */
public record Lane(Round round, JobKind kind) {
    /** The text of notifications and metrics. */
    public String text() {
        return round.wireName() + "." + kind.wireName();
    }

    @Override
    public String toString() {
        return text();
    }
}
