package dev.thimble.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.command.Settings;
import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.workers.Components;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProverStatusTest {
    private static final ProtocolVersion OLD = new ProtocolVersion(0, 0, 9);
    private static final ProtocolVersion NEW = new ProtocolVersion(0, 1, 0);

    private static final Settings SETTINGS = Settings.of(Map.of(), Map.of(), "");

    /** A worker of another version gets no job; the status says so and which is missing. */
    @Test
    void saysWhichWorkersOfTheVersionAreMissing() {
        try (var database = QueueDatabase.open(TemporaryPostgres.ofThisProcess().newDatabase(), 4);
                var queue = new JobQueue(database, RetryPolicy.DEFAULT)) {
            queue.registerVersion(OLD, "0x09", null);
            queue.registerVersion(NEW, "0x0a", null);
            var batch = BatchId.of(271, 1);
            queue.submit(new NewBatch(batch, NEW, Instant.EPOCH, 0, List.of("input")), BasicCircuitsPlan.start(batch));
            queue.register(new WorkerIdentity("old:prover", Components.PROVER, "test", OLD));
            queue.register(new WorkerIdentity("new:witness", Components.WITNESS_GENERATOR, "test", NEW));

            var status = ProverStatus.read(database, SETTINGS, null, null);
            assertThat(status.chains().getFirst().batches().getFirst().waitingFor())
                    .isEqualTo("prover of protocol version 0.1.0");
            assertThat(ProverStatusText.of(status)).contains("\n  waiting for prover of protocol version 0.1.0");
            assertThat(status.workers())
                    .filteredOn(worker -> worker.version().equals("0.0.9"))
                    .singleElement()
                    .satisfies(worker -> assertThat(worker.component()).isEqualTo(Components.PROVER));

            queue.register(new WorkerIdentity("new:prover", Components.PROVER, "test", NEW));
            assertThat(ProverStatusText.of(ProverStatus.read(database, SETTINGS, null, null)))
                    .doesNotContain("waiting for");
        }
    }
}
