package dev.thimble.cli.service;

import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gateway}: between server and queue. */
@Command(name = "gateway", description = "Take batches from a server into the queue, give their results back.")
public final class GatewayCommand extends ServiceCommand {
    static final int METRICS_PORT = 3310;

    @Option(names = "--server-url", paramLabel = "URL", description = "Proof data API of the server.")
    private @Nullable String serverUrl;

    @Override
    String component() {
        return "gateway";
    }

    @Override
    Settings over(Settings settings) {
        return serverUrl == null ? settings : settings.withFlag(Setting.SERVER_URL, serverUrl);
    }

    @Override
    List<AutoCloseable> start(Station station) throws InterruptedException {
        Listening.metrics(station, METRICS_PORT);
        station.awaitVersion();
        return List.of(Parts.gateway(station, URI.create(station.settings().text(Setting.SERVER_URL))));
    }
}
