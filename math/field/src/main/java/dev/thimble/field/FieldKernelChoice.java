package dev.thimble.field;

import java.util.Optional;

/** Which twin of the bulk kernels this process uses. */
final class FieldKernelChoice {
    static final Optional<FieldKernels> VECTOR =
            VectorTwins.load(FieldKernels.class, "dev.thimble.field.vector.VectorFieldKernels");

    private FieldKernelChoice() {}

    /** Made at the first call of {@link FieldKernels#best}, which starts the warm-up. */
    static final class Best {
        static final FieldKernels KERNELS = VECTOR.<FieldKernels>map(
                        vector -> new WarmingFieldKernels(ScalarFieldKernels.INSTANCE, vector))
                .orElse(ScalarFieldKernels.INSTANCE);

        private Best() {}
    }

    static FieldKernels best() {
        return Best.KERNELS;
    }
}
