package dev.thimble.server;

import dev.thimble.ethereum.EthereumClient;
import java.net.URI;

/** The node whose blocks are proven. */
public sealed interface L2Node extends AutoCloseable permits L2Node.External, DevelopmentNode {
    /**
     * A client of it.
     *
     * @throws java.io.UncheckedIOException if it cannot be started now
     */
    EthereumClient client();

    @Override
    void close();

    /**
     * A node that others run.
     *
     * @param client of it
     */
    record External(EthereumClient client) implements L2Node {
        /** The node at {@code url}. */
        public static External at(URI url) {
            return new External(new EthereumClient(url));
        }

        @Override
        public void close() {}
    }
}
