package dev.thimble.cli;

import dev.thimble.chain.CaseResult;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.ProvableRun;
import dev.thimble.chain.PublishedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Proves the first of the cases that passed, and verifies each proof. */
final class EestProver {
    private final int wanted;
    private final List<PublishedCase> cases = new ArrayList<>();

    EestProver(int wanted) {
        this.wanted = wanted;
    }

    /** Keeps a case to be proven, if it can be and there are not enough yet. */
    void offer(PublishedCase test, CaseResult result) {
        if (cases.size() < wanted
                && result.verdict() == CaseResult.Verdict.PASSED
                && test.provable().isPresent()) {
            cases.add(test);
        }
    }

    /**
     * Proves and verifies what was kept; a proof that does not verify ends with an exception.
     *
     * @return how many
     */
    int prove(Context context, Settings settings, Progress progress) throws IOException {
        if (cases.isEmpty()) {
            return 0;
        }
        var machine = StfMachines.emulator(context.root());
        var folder = Files.createTempDirectory(context.home(), "eest-");
        try (var workers = Engines.workers(settings)) {
            var run = new ProvingRun(context, settings, progress, workers);
            for (int i = 0; i < cases.size(); i++) {
                progress.step("proving " + cases.get(i).name());
                prove(run, machine, cases.get(i).provable().orElseThrow(), folder.resolve(Integer.toString(i)));
            }
            return cases.size();
        } finally {
            OutputFolder.deleteTree(folder);
        }
    }

    private static void prove(ProvingRun run, EmulatorMachine machine, ProvableRun provable, Path out)
            throws IOException {
        run.prove(machine.program(provable.program()), provable.input(), machine.options(provable.host()), out);
        OutputFolder.deleteTree(out);
    }
}
