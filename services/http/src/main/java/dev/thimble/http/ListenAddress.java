package dev.thimble.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where to listen.
 *
 * @param host an address or a name of this machine; {@code 0.0.0.0} for all its addresses
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
    public ListenAddress {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535 but is " + port);
        }
    }

    /** A port of the loopback interface. */
    public static ListenAddress loopback(int port) {
        return new ListenAddress("127.0.0.1", port);
    }

    /** Whether only processes of this machine can connect. */
    public boolean isLoopback() {
        return resolve().isLoopbackAddress();
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(resolve(), port);
    }

    private InetAddress resolve() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host must be an address of this machine but is '" + host + "'", e);
        }
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
