package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.gateway.Gateway;
import dev.thimble.gateway.ProofDataClient;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.jobqueue.WorkerQuarantined;
import java.net.URI;

/** Starts the components of a station, each as its command and {@code up} and {@code demo} need it. */
final class Parts {
    private Parts() {}

    /** Takes batches of the server into the queue and gives their results back. */
    static Gateway gateway(Station station, URI server) {
        return new Gateway(
                new ProofDataClient(server, Station.host() + ":" + Gateway.COMPONENT, station.token()),
                station.queue(),
                station.store(),
                station.identity(Gateway.COMPONENT),
                station.observability().readiness(),
                station.attempts());
    }

    /** Starts a worker. */
    static JobWorker start(Station station, String name, JobWorker worker) {
        try {
            worker.start();
            station.observability().readiness().ready(name);
            return worker;
        } catch (WorkerQuarantined e) {
            throw CommandFailure.environment(
                    "WORKER_QUARANTINED", String.valueOf(e.getMessage()), "Then: thimble worker release NAME --yes");
        }
    }
}
