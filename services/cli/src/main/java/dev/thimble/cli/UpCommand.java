package dev.thimble.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: all components in one process, until it is told to stop. */
@Command(name = "up", description = "Run all components in one process.")
final class UpCommand extends ServiceCommand {
    @Mixin
    private final ServerFlags flags = new ServerFlags();

    @Override
    String component() {
        return "up";
    }

    @Override
    Settings over(Settings settings) {
        return flags.over(settings);
    }

    @Override
    List<AutoCloseable> start(Station station) throws Exception {
        var lock = RunLock.take(station.context().home(), component());
        try {
            var ensemble = new Ensemble(station);
            lock.announce(component(), ensemble.page().toString());
            station.progress().step("page and JSON-RPC: " + ensemble.page());
            return List.of(lock, ensemble::close);
        } catch (Exception e) {
            lock.close();
            throw e;
        }
    }
}
