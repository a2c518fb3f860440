package dev.thimble.server;

import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.l1.L1Component;
import dev.thimble.l1.L1Listener;
import dev.thimble.l1.MessageRelay;
import dev.thimble.observability.Observability;
import java.util.ArrayList;
import java.util.List;

/** The component l1: {@link L1Component} on the server's batches, and deposits carried to L2 where the key for that is here. */
final class L1Service {
    private final L1Connection connection;
    private final QueueDatabase database;
    private final Observability observability;

    L1Service(L1Connection connection, QueueDatabase database, Observability observability) {
        this.connection = connection;
        this.database = database;
        this.observability = observability;
    }

    /** Starts both; what is returned is to be closed in reverse order. */
    List<AutoCloseable> start(ChainTables tables, L2Node node) {
        List<AutoCloseable> started = new ArrayList<>();
        L1Component component = new L1Component(
                database,
                connection.client(),
                connection.operator().orElseThrow(),
                connection.check(),
                new L1Batches(tables, connection.check().genesis()),
                connection.fees(),
                connection.interval(),
                new L1Watch(Component.L1.text(), observability));
        component.start();
        started.add(component);
        connection.l2Operator().ifPresent(account -> started.add(relay(account, node)));
        return started;
    }

    private Loop relay(TransactionSigner account, L2Node node) {
        MessageRelay relay = new MessageRelay(
                database,
                connection.contract(),
                connection.check().deployment(),
                node::client,
                account,
                connection.fees(),
                L1Listener.NONE);
        return Loop.start("l1-messages", connection.interval(), observability.readiness(), () -> {
            relay.tick();
            return false;
        });
    }
}
