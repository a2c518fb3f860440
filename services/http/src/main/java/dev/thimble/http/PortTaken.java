package dev.thimble.http;

/** Another process listens on the wanted port. */
public final class PortTaken extends RuntimeException {
    private final transient ListenAddress address;

    public PortTaken(ListenAddress address, Throwable cause) {
        super(
                "port " + address.port() + " of " + address.host() + " cannot be listened on: " + cause.getMessage(),
                cause);
        this.address = address;
    }

    public ListenAddress address() {
        return address;
    }
}
