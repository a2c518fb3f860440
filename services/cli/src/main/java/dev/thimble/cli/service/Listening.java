package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.http.ListenAddress;
import dev.thimble.http.PortTaken;
import java.net.URI;
import java.util.function.Supplier;

/** Ports that components listen on. */
final class Listening {
    private Listening() {}

    /** Starts what listens; a taken port is exit code 3 naming port and flag. */
    static <T> T on(String flag, Supplier<T> start) {
        try {
            return start.get();
        } catch (PortTaken e) {
            throw CommandFailure.environment(
                    "PORT_TAKEN",
                    "port " + e.address().port() + " (" + flag + ") of "
                            + e.address().host() + " cannot be had; another process may listen there",
                    "Stop that process or give another " + flag + ".");
        }
    }

    /** Shows the station's metrics on the port of the settings, or on the component's own. */
    static URI metrics(Station station, int byDefault) {
        return metrics(station, "metrics", ServiceOptions.prometheus(station.settings(), byDefault));
    }

    /** Shows the station's metrics on one more port, which the component's report calls {@code name}. */
    static URI metrics(Station station, String name, ListenAddress address) {
        var listener = on("--prometheus-port", () -> station.observability().listen(address));
        var url = listener.url().resolve("/metrics");
        station.reachable(name, url);
        return url;
    }

    /** A port from the environment, as the reference's components are told theirs, or {@code byDefault}. */
    static int fromEnvironment(String variable, int byDefault) {
        var text = System.getenv(variable);
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
            throw CommandFailure.environment(
                    "INVALID_SETTING",
                    variable + " = " + text + " must be a port",
                    "Set it to 1 to 65535, or unset it.");
        }
        return Integer.parseInt(text);
    }
}
