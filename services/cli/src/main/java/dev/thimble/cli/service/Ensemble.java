package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.database.KeptPorts;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.http.PortTaken;
import dev.thimble.server.L2Node;
import dev.thimble.server.ThimbleServer;
import dev.thimble.server.WrongNode;
import dev.thimble.workers.Components;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** All components of this build in one process, on one station. */
public final class Ensemble {

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final L2Node node;
    private final URI page;
    private final URI metrics;

    /** Starts them; keys are made before the first batch can come. */
    public Ensemble(Station station) throws Exception {
        var settings = station.settings();
        try {
            var site = station.site();
            metrics = Listening.metrics(station, KeptPorts.METRICS_PORT);
            var deployed = L1Access.deployed(settings, station.database()).isPresent();
            var options =
                    L1Access.withComponent(ServerSettings.options(settings, station.context()), settings, deployed);
            var l1 = L1Access.connection(settings, station.database(), options);
            node = ServerSettings.node(settings, station.context().home(), options.chain());
            parts.add(node);
            var server = ThimbleServer.start(
                    options, station.database(), station.store(), node, l1, station.observability());
            parts.add(server);
            page = server.apiUrl().orElseThrow();
            var proofData = server.proofDataUrl().orElseThrow();
            station.reachable("rpc", page);
            station.reachable("page", page);
            station.reachable("proofData", proofData);
            parts.add(Parts.gateway(station, proofData));
            parts.add(Parts.start(station, Components.WITNESS_GENERATOR, Components.witnessGenerator(site)));
            parts.add(Parts.start(station, Components.PROVER, Components.prover(site)));
        } catch (PortTaken e) {
            close();
            throw ServerSettings.portTaken(e, settings);
        } catch (WrongNode e) {
            close();
            throw CommandFailure.environment(
                    "WRONG_L2_NODE", String.valueOf(e.getMessage()), "Check --l2-rpc-url and --l2-chain-id.");
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    public L2Node node() {
        return node;
    }

    /** The web page, and JSON-RPC. */
    public URI page() {
        return page;
    }

    public URI metrics() {
        return metrics;
    }

    /** Stops them, the last started first. */
    public void close() throws Exception {
        ServiceCommand.closeAll(parts);
        parts.clear();
    }
}
