package dev.thimble.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Commands of docs/cli.md that this build cannot carry out: whatever is asked of them, they say so and end with 3. */
public abstract class MissingCommand implements Task {
    private static final String END = "Batches of this build end as basic_proven.";

    @Unmatched
    private List<String> ignored = new ArrayList<>();

    private final String what;

    MissingCommand(String what) {
        this.what = what;
    }

    /** Says that something is not in this build. */
    public static CommandFailure failure(String what) {
        return CommandFailure.environment("NOT_AVAILABLE", what + " is not in this build", END);
    }

    @Override
    public Outcome run(Context context) {
        throw failure(what);
    }

    /** {@code compress}. */
    @Command(name = "compress", description = "Compress a scheduler proof to a SNARK (not yet available).")
    public static final class Compress extends MissingCommand {
        Compress() {
            super("the compression of a scheduler proof");
        }
    }

    /** {@code recursion cost}. */
    @Command(name = "recursion", description = "Cost of the verifier's circuit (not yet available).")
    public static final class Recursion extends MissingCommand {
        Recursion() {
            super("recursion");
        }
    }

    /** {@code batch proof}. */
    @Command(name = "proof", description = "Take the proof of a whole batch (not yet available).")
    public static final class BatchProof extends MissingCommand {
        BatchProof() {
            super("the proof of a whole batch");
        }
    }

    /** {@code setup gpu}. */
    @Command(name = "gpu", description = "Setup data for proving on a GPU (not yet available).")
    public static final class Gpu extends MissingCommand {
        Gpu() {
            super("proving on a GPU");
        }
    }
}
