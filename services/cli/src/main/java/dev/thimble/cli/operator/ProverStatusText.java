package dev.thimble.cli.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@link ProverStatus} as the block of text that operators know. */
public final class ProverStatusText {
    private static final String UNKNOWN = "unknown";
    private static final List<String> PARAMS = List.of("node key hash", "leaf key hash", "circuits set hash");

    private final List<String> lines = new ArrayList<>();

    private ProverStatusText() {}

    public static String of(ProverStatus status) {
        var text = new ProverStatusText();
        text.lines.add("==== FRI Prover status ====");
        if (status.chains().isEmpty()) {
            text.lines.add("State keeper: no batches yet");
        }
        for (var chain : status.chains()) {
            if (status.chains().size() > 1) {
                text.lines.add("Chain " + chain.chainId());
            }
            text.chain(chain);
        }
        return String.join("\n", text.lines);
    }

    private void chain(ProverStatus.Chain chain) {
        var keeper = chain.stateKeeper();
        lines.add("State keeper: First batch: " + keeper.first() + ", recent batch: " + keeper.recent());
        var l1 = chain.l1();
        var problem = chain.l1Problem();
        lines.add(
                l1 == null
                        ? "L1 state: not connected" + (problem == null ? "" : ": " + problem)
                        : "L1 state: block verified: " + l1.verified() + ", block committed: " + l1.committed());
        key(chain.verificationKey());
        params(chain.params());
        lines.add("Next block that should be verified is: " + chain.next());
        lines.add("Checking status of the proofs...");
        chain.batches().forEach(this::batch);
    }

    private void key(ProverStatus.Key key) {
        var contract = Objects.requireNonNullElse(key.contract(), UNKNOWN);
        var database = Objects.requireNonNullElse(key.database(), UNKNOWN);
        lines.add("Verification key hash on contract is " + contract);
        lines.add("Verification key in database is " + database);
        var match = key.match();
        if (match != null) {
            lines.add(
                    match
                            ? "Verifier hash matches."
                            : "Verifier hash DIFFERS: contract " + contract + ", database " + database);
        }
    }

    private void params(ProverStatus.Params params) {
        var contract = params.contract().isEmpty() ? UNKNOWN : String.join(", ", params.contract());
        lines.add("Verifier params on contract are " + contract);
        var match = params.match();
        if (match != null) {
            lines.add(match ? "Verification params match." : "Verification params DIFFER: " + differences(params));
        }
    }

    private static String differences(ProverStatus.Params params) {
        return IntStream.range(0, PARAMS.size())
                .filter(i -> !params.contract().get(i).equals(params.database().get(i)))
                .mapToObj(i -> PARAMS.get(i) + ": contract " + params.contract().get(i) + ", database "
                        + params.database().get(i))
                .collect(Collectors.joining("; "));
    }

    private void batch(ProverStatus.Batch batch) {
        var proofs = batch.proofs();
        lines.add(String.format(
                Locale.ROOT,
                "Proof progress for %d : %d successful, %d failed, %d in progress, %d queued.  Compression job status: %s",
                batch.number(),
                proofs.successful(),
                proofs.failed(),
                proofs.inProgress(),
                proofs.queued(),
                Objects.requireNonNullElse(batch.compression(), "not available")));
        lines.add("  state " + batch.state());
        for (var round : batch.rounds()) {
            lines.add("  " + round.round() + " " + round.circuit() + " " + round.done() + "/" + round.total());
        }
        var blocker = batch.blockedBy();
        if (blocker != null) {
            lines.add("  stopped" + (blocker.job() == null ? "" : " by job " + blocker.job()) + ": " + blocker.error());
        }
        if (batch.waitingFor() != null) {
            lines.add("  waiting for " + batch.waitingFor());
        }
        var eta = batch.etaSeconds();
        if (eta != null) {
            lines.add(String.format(Locale.ROOT, "  ETA %.0f s", eta));
        }
    }
}
