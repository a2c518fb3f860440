package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.http.BearerToken;
import dev.thimble.http.ListenAddress;
import dev.thimble.observability.Logs;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of everything that runs until it is stopped. Secrets have no flag: other users see command lines. */
public final class ServiceOptions {
    @Option(names = "--host", paramLabel = "ADDRESS", description = "Listen here (default 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--prometheus-port", paramLabel = "PORT", description = "Metrics, /health and /ready.")
    private @Nullable String prometheusPort;

    @Option(names = "--database-url", paramLabel = "URL", description = "PostgreSQL; default: our own.")
    private @Nullable String databaseUrl;

    @Option(names = "--database-user", paramLabel = "ROLE", description = "Role of --database-url.")
    private @Nullable String databaseUser;

    @Option(names = "--database-port", paramLabel = "PORT", description = "Port of our own PostgreSQL.")
    private @Nullable String databasePort;

    @Option(names = "--store", paramLabel = "PLACE", description = "Folder, s3://BUCKET or gs://BUCKET.")
    private @Nullable String store;

    @Option(names = "--log", paramLabel = "LEVEL", description = "trace, debug, info, warn, error or off.")
    private @Nullable String log;

    @Option(names = "--log-format", paramLabel = "text|json", description = "How log lines look.")
    private @Nullable String logFormat;

    /** The settings with these flags on top. */
    public Settings over(Settings settings) {
        return settings.withFlags(Map.of(
                Setting.HOST, flag(host),
                Setting.PROMETHEUS_PORT, flag(prometheusPort),
                Setting.DATABASE_URL, flag(databaseUrl),
                Setting.DATABASE_USER, flag(databaseUser),
                Setting.DATABASE_PORT, flag(databasePort),
                Setting.STORE, flag(store),
                Setting.LOG, flag(log),
                Setting.LOG_FORMAT, flag(logFormat)));
    }

    private static Optional<String> flag(@Nullable String value) {
        return Optional.ofNullable(value);
    }

    /** Sets the log as the settings want it. */
    static void configureLog(Settings settings) {
        Logs.configure(
                Logs.Format.valueOf(settings.text(Setting.LOG_FORMAT).toUpperCase(Locale.ROOT)),
                settings.text(Setting.LOG));
    }

    /** Where a component's port is listened on. */
    static ListenAddress address(Settings settings, int port) {
        ListenAddress address = new ListenAddress(settings.text(Setting.HOST), port);
        try {
            address.isLoopback();
            return address;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment("HOST_UNKNOWN", String.valueOf(e.getMessage()), "Check --host.");
        }
    }

    /** Where metrics are listened on. */
    static ListenAddress prometheus(Settings settings, int byDefault) {
        String port = settings.text(Setting.PROMETHEUS_PORT);
        return address(settings, port.isEmpty() ? byDefault : Integer.parseInt(port));
    }

    /**
     * The token of the settings, or null without one.
     *
     * @throws CommandFailure TOKEN_MISSING if others than this machine could call without one
     */
    static @Nullable BearerToken token(Settings settings) {
        String token = settings.text(Setting.TOKEN);
        if (token.isEmpty() && !address(settings, 0).isLoopback()) {
            throw CommandFailure.environment(
                    "TOKEN_MISSING",
                    "listening on " + settings.text(Setting.HOST) + ", which other machines can reach, needs a token",
                    "Set THIMBLE_TOKEN to at least 16 characters (for example: openssl rand -hex 24), or drop --host.");
        }
        return token.isEmpty() ? null : new BearerToken(token);
    }
}
