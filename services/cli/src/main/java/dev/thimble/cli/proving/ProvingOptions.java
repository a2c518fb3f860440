package dev.thimble.cli.proving;

import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of everything that proves. */
public final class ProvingOptions {
    @Option(names = "--profile", paramLabel = "test|laptop|server", description = "Geometry profile.")
    @Nullable
    String profile;

    @Option(names = "--threads", paramLabel = "N", description = "Proving threads; default: one per processor.")
    @Nullable
    String threads;

    @Option(names = "--kernel", paramLabel = "auto|scalar|vector", description = "Arithmetic kernels.")
    @Nullable
    String kernel;

    /** The settings with these flags on top. */
    public Settings over(Settings settings) {
        var result = settings;
        result = profile == null ? result : result.withFlag(Setting.PROFILE, profile);
        result = threads == null ? result : result.withFlag(Setting.THREADS, threads);
        return kernel == null ? result : result.withFlag(Setting.KERNEL, kernel);
    }
}
