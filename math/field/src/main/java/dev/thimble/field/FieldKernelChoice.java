package dev.thimble.field;

import java.util.Optional;

/** Which twin of the bulk kernels this process uses. */
final class FieldKernelChoice {
    static final Optional<FieldKernels> VECTOR =
            VectorTwins.load(FieldKernels.class, "dev.thimble.field.vector.VectorFieldKernels");

    private FieldKernelChoice() {}

    static FieldKernels best() {
        return VECTOR.orElse(ScalarFieldKernels.INSTANCE);
    }
}
