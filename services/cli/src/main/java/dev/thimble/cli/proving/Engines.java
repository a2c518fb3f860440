package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;
import dev.thimble.starkprover.Engine;
import java.util.Optional;

/** Threads and kernels as the settings want them. */
public final class Engines {
    private Engines() {}

    /** The pool of proving threads; the caller closes it. */
    public static Workers workers(Settings settings) {
        var threads = settings.value(Setting.THREADS).text();
        return new Workers(threads.isEmpty() ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads));
    }

    /**
     * The kernels on the given threads.
     *
     * @throws CommandFailure NO_VECTOR if vector kernels are asked for and this JVM has none
     */
    public static Engine engine(Settings settings, Workers workers) {
        return switch (settings.value(Setting.KERNEL).text()) {
            case "scalar" -> new Engine(workers, FieldKernels.scalar(), HashKernels.scalar());
            case "vector" -> new Engine(workers, vector(FieldKernels.vector()), vector(HashKernels.vector()));
            default -> Engine.best(workers);
        };
    }

    private static <T> T vector(Optional<T> kernels) {
        return kernels.orElseThrow(() -> CommandFailure.environment(
                "NO_VECTOR",
                "this JVM does not offer the module jdk.incubator.vector",
                "Take a full JDK 25 (THIMBLE_JAVA), or --kernel scalar."));
    }
}
