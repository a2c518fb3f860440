package dev.thimble.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"thimble " + version()};
    }

    static String version() {
        return Objects.requireNonNullElse(VersionText.class.getPackage().getImplementationVersion(), "development");
    }
}
