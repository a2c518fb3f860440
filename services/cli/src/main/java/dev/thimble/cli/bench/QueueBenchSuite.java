package dev.thimble.cli.bench;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.QueueBench;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.TemporaryPostgres;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code bench queue}: the job queue on an embedded, durable PostgreSQL of its own, and what it costs a batch. */
final class QueueBenchSuite implements BenchSuite {
    private static final int BACKLOG = 300_000;
    private static final int RUNS = 3;
    private static final int THREADS = 4;
    private static final int PICK = 64;
    private static final int JOBS_PER_SECOND = 1_000;
    private static final int WAKEUPS = 20;
    private static final int CONNECTIONS = 12;
    private static final Duration RUN = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) throws Exception {
        var results = new ArrayList<Measurement>();
        var folder = Files.createTempDirectory(context.home(), "bench-");
        try {
            try (var server = TemporaryPostgres.start(folder);
                    var database = QueueDatabase.open(server.newDatabase(), CONNECTIONS);
                    var queue = new JobQueue(database, RetryPolicy.DEFAULT)) {
                measure(new QueueBench(queue), machine.hashPerSecond1(), progress, results);
            }
            progress.step("proving one batch in this process and through the queue");
            results.add(new PipelineOverhead(context, progress, folder).measure(machine.hashPerSecond1()));
        } finally {
            OutputFolder.deleteTree(folder);
        }
        return results;
    }

    private static void measure(QueueBench bench, double hash, Progress progress, List<Measurement> results)
            throws Exception {
        progress.step("queueing " + BACKLOG + " jobs");
        bench.fill(BACKLOG);
        progress.step("picking and finishing as fast as possible");
        var rates = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            double rate = bench.closedLoop(THREADS, PICK, RUN);
            if (run >= 0) { // the first run warms up
                rates[run] = rate;
            }
        }
        results.add(Measurement.of("queue.jobs_s", "jobs/s", rates, hash, Bar.atLeast(2_000)));
        progress.step("jobs arriving at " + JOBS_PER_SECOND + "/s");
        var p50 = new double[RUNS];
        var p99 = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            var latency = bench.openLoop(JOBS_PER_SECOND, THREADS, RUN);
            p50[run] = latency.p50();
            p99[run] = latency.p99();
        }
        results.add(Measurement.of("queue.pick_p50_ms", "ms", p50, hash, Bar.atMost(10)));
        results.add(Measurement.of("queue.pick_p99_ms", "ms", p99, hash, Bar.atMost(50)));
        progress.step("waking an idle worker");
        results.add(Measurement.of(
                "queue.wakeup_ms", "ms", new double[] {bench.wakeUp(WAKEUPS).maximum()}, hash, Bar.atMost(100)));
        progress.step("missing a dead worker");
        results.add(
                Measurement.of("worker.dead_s", "s", new double[] {bench.deadWorkerSeconds()}, hash, Bar.atMost(15)));
    }
}
