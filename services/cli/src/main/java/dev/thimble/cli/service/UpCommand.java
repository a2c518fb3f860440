package dev.thimble.cli.service;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.RunLock;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.l1.L1Flags;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: all components in one process, until it is told to stop. */
@Command(name = "up", description = "Run all components in one process.")
public final class UpCommand extends ServiceCommand {
    @Mixin
    private final ServerFlags flags = new ServerFlags();

    @Mixin
    private final L1Flags l1Flags = new L1Flags();

    @Override
    String component() {
        return "up";
    }

    @Override
    Settings over(Settings settings) {
        var all = l1Flags.over(flags.over(settings));
        ServerSettings.requireAll(all);
        return all;
    }

    @Override
    Closeable claim(Context context) throws IOException {
        return RunLock.take(context.home(), component());
    }

    @Override
    List<AutoCloseable> start(Station station) throws Exception {
        var ensemble = new Ensemble(station);
        RunLock.announce(station.context().home(), component(), ensemble.page());
        return List.of(ensemble::close);
    }
}
