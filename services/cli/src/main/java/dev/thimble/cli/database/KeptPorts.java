package dev.thimble.cli.database;

import dev.thimble.cli.command.ConfigurationFile;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code ports.yaml} in the state folder: the ports that a demo found free, so that the next one is found at the same place
 * and every command looks for our own PostgreSQL where it was.
 */
public final class KeptPorts {
    /** The usual port of the metrics of a process that holds the server: {@code up} and {@code demo}. */
    public static final int METRICS_PORT = 3312;

    /** What a demo chooses itself. */
    private static final List<Setting> CHOSEN =
            List.of(Setting.DATABASE_PORT, Setting.API_PORT, Setting.PROOF_DATA_PORT, Setting.PROMETHEUS_PORT);

    private KeptPorts() {}

    /** The settings with the kept port of our own PostgreSQL, unless a flag, the environment or a file gives another. */
    public static Settings withDatabase(Settings settings, Path home) {
        int usual = settings.port(Setting.DATABASE_PORT);
        int kept = port(settings, Setting.DATABASE_PORT, read(home), usual);
        return kept == usual
                ? settings
                : settings.with(Setting.DATABASE_PORT, Integer.toString(kept), "file " + file(home));
    }

    /** The settings with the kept ports where nothing else is said, or the next free ones. */
    public static Settings orFree(Settings settings, Path home, PortClaims claims) {
        var kept = read(home);
        var result = settings;
        for (var setting : CHOSEN) {
            if (isDefault(settings, setting)) {
                int usual = setting == Setting.PROMETHEUS_PORT ? METRICS_PORT : settings.port(setting);
                int wanted = port(settings, setting, kept, usual);
                result = result.withFlag(setting, Integer.toString(claims.claim(wanted)));
            }
        }
        return result;
    }

    /** Keeps the ports of settings. */
    public static void keep(Settings settings, Path home) throws IOException {
        var text = new StringBuilder();
        for (var setting : CHOSEN) {
            text.append(setting.text())
                    .append(": ")
                    .append(settings.text(setting))
                    .append('\n');
        }
        Files.writeString(file(home), text);
    }

    private static int port(Settings settings, Setting setting, Map<String, String> kept, int otherwise) {
        var text = kept.get(setting.text());
        boolean usable = isDefault(settings, setting) && text != null && text.matches("[1-9][0-9]{0,4}");
        return usable ? Integer.parseInt(text) : otherwise;
    }

    private static boolean isDefault(Settings settings, Setting setting) {
        return settings.value(setting).origin().equals("default");
    }

    private static Map<String, String> read(Path home) {
        return Files.exists(file(home)) ? ConfigurationFile.read(file(home)) : Map.of();
    }

    private static Path file(Path home) {
        return home.resolve("ports.yaml");
    }
}
