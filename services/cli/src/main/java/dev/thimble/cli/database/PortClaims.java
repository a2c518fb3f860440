package dev.thimble.cli.database;

import dev.thimble.cli.command.CommandFailure;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that a demo has chosen. Each is claimed until the end by listening on it at a second loopback address: a demo in
 * another state folder that looks at the same moment passes over it, and a killed process claims nothing.
 */
public final class PortClaims implements Closeable {
    private static final int TRIES = 200;
    private static final byte[] SECOND_LOOPBACK = {127, 0, 0, 2};

    private final List<ServerSocket> held = new ArrayList<>();

    /**
     * The first port from {@code wanted} on that nobody listens on and nobody else has claimed.
     *
     * @throws CommandFailure PORT_TAKEN if there is none nearby
     */
    public int claim(int wanted) {
        for (int port = wanted; port < Math.min(65_536, wanted + TRIES); port++) {
            if (isFree(port) && hold(port)) {
                return port;
            }
        }
        throw CommandFailure.environment(
                "PORT_TAKEN", "ports " + wanted + " to " + (wanted + TRIES) + " are all taken", "Stop who uses them.");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hold(int port) {
        try {
            held.add(new ServerSocket(port, 1, InetAddress.getByAddress(SECOND_LOOPBACK)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : held) {
            socket.close();
        }
    }
}
