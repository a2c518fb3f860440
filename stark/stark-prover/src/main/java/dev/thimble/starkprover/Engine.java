package dev.thimble.starkprover;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;

/** What does the work: threads and kernel twins. It changes how fast a proof is made, never its bytes. */
public record Engine(Workers workers, FieldKernels field, HashKernels hash) {
    /** The given threads with the best kernels of protocol version 1. */
    public static Engine best(Workers workers) {
        return new Engine(workers, FieldKernels.best(), HashKernels.best());
    }
}
