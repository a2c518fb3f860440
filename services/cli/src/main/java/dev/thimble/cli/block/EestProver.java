package dev.thimble.cli.block;

import dev.thimble.chain.CaseResult;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.ProvableRun;
import dev.thimble.chain.PublishedCase;
import dev.thimble.chain.StfRun;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.proving.Engines;
import dev.thimble.cli.proving.ProvingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Proves the first short ones of the cases that passed, and verifies each proof. */
final class EestProver {
    /** Some published cases take 60 million rows; proving them would only repeat what the many short ones show. */
    static final long MOST_ROWS = 250_000;

    /** A case with the output that its proof must have. */
    private record Provable(PublishedCase test, String output) {}

    private final int wanted;
    private final EmulatorMachine machine;
    private final List<Provable> cases = new ArrayList<>();

    EestProver(int wanted, EmulatorMachine machine) {
        this.wanted = wanted;
        this.machine = machine;
    }

    /** Keeps a case if it passed, is short, can be proven and there are not enough yet. */
    void offer(PublishedCase test, CaseResult result) {
        if (cases.size() < wanted && result.verdict() == CaseResult.Verdict.PASSED) {
            test.provable().ifPresent(provable -> {
                var run = machine.run(provable.program(), provable.input(), provable.host());
                if (run.result() instanceof StfRun.Result.Accepted accepted
                        && run.cost().orElseThrow().rows() <= MOST_ROWS) {
                    cases.add(new Provable(test, accepted.output().hex()));
                }
            });
        }
    }

    /**
     * Proves and verifies what was kept; a proof that does not verify, or proves another output, ends with an exception.
     *
     * @return how many
     */
    int prove(Context context, Settings settings, Progress progress) throws IOException {
        if (cases.isEmpty()) {
            return 0;
        }
        var folder = Files.createTempDirectory(context.home(), "eest-");
        try (var workers = Engines.workers(settings)) {
            var run = new ProvingRun(context, settings, progress, workers);
            for (int i = 0; i < cases.size(); i++) {
                progress.step("proving " + cases.get(i).test().name());
                prove(run, cases.get(i), folder.resolve(Integer.toString(i)));
            }
            return cases.size();
        } finally {
            OutputFolder.deleteTree(folder);
        }
    }

    private void prove(ProvingRun run, Provable provable, Path out) throws IOException {
        ProvableRun fresh = provable.test().provable().orElseThrow();
        var report = run.prove(machine.program(fresh.program()), fresh.input(), machine.options(fresh.host()), out);
        if (!report.output().equals(provable.output())) {
            throw new IllegalStateException(provable.test().name() + ": the proof's output is " + report.output()
                    + ", executed " + provable.output());
        }
        OutputFolder.deleteTree(out);
    }
}
