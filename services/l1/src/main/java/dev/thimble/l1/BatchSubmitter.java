package dev.thimble.l1;

import dev.thimble.bn254.Fr;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import dev.thimble.l1.L1Event.Kind;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what L1 needs next: the contract says how far each step is, the source has batches and proofs, and whatever is missing becomes an
 * operation. The contract's totals alone decide, so a lost database costs nothing but the fees already paid.
 */
public final class BatchSubmitter {
    /** Nodes take no transaction of more than 128 KiB into their pools; arguments and signature need some of it. */
    private static final int MAX_DATA_BYTES = 126 * 1024;

    private final ChainContract contract;
    private final DeploymentCheck check;
    private final BatchSource source;
    private final Outbox outbox;
    private final L1Listener listener;
    private Set<String> alarms = new HashSet<>();
    private Set<String> told = new HashSet<>();

    public BatchSubmitter(
            ChainContract contract, DeploymentCheck check, BatchSource source, Outbox outbox, L1Listener listener) {
        this.contract = contract;
        this.check = check;
        this.source = source;
        this.outbox = outbox;
        this.listener = listener;
    }

    /**
     * Compares the contract with this build.
     *
     * @return whether they agree; if not, an alarm is raised
     */
    public boolean agrees() {
        told = alarms;
        alarms = new HashSet<>();
        List<String> differences = check.differences(contract, outbox.sender());
        if (!differences.isEmpty()) {
            alarm(String.join("; ", differences));
            return false;
        }
        if (contract.isPaused()) {
            alarm("the contract is paused by its owner");
            return false;
        }
        return true;
    }

    /** Asks for whatever can be done next. */
    public void tick() {
        ChainContract.Totals totals = contract.totals();
        dropObsolete(totals);
        execute(totals);
        prove(totals);
        commit(totals);
    }

    private void commit(ChainContract.Totals totals) {
        long number = totals.committed() + 1;
        Optional<NewBatch> batch = source.sealed(number);
        if (batch.isEmpty()) {
            return;
        }
        Optional<StoredBatch> last = stored(number - 1);
        if (last.isEmpty()) {
            return;
        }
        if (batch.get().data().length > MAX_DATA_BYTES) {
            alarm("batch " + number + " has " + batch.get().data().length + " bytes of data; a transaction holds "
                    + MAX_DATA_BYTES + ": seal smaller batches");
            return;
        }
        enqueue(BatchStep.COMMIT, number, ChainContract.commit(last.get(), batch.get()));
    }

    private void prove(ChainContract.Totals totals) {
        long number = totals.verified() + 1;
        if (number > totals.committed() || outbox.isOpen(purpose(BatchStep.PROVE, number))) {
            return;
        }
        Optional<PlonkProof> proof = source.proof(number);
        if (proof.isEmpty()) {
            return;
        }
        Optional<StoredBatch> last = stored(number - 1);
        Optional<StoredBatch> batch = stored(number);
        if (last.isEmpty() || batch.isEmpty()) {
            return;
        }
        Verdict verdict = verify(last.get(), batch.get(), proof.get());
        if (verdict instanceof Verdict.Rejected(String reason)) {
            alarm("the proof of batch " + number + " is wrong (" + reason + "); it is not sent");
            return;
        }
        enqueue(BatchStep.PROVE, number, ChainContract.prove(last.get(), batch.get(), proof.get()));
    }

    private Verdict verify(StoredBatch last, StoredBatch batch, PlonkProof proof) {
        BigInteger circuitsSet = check.params().circuitsSetHash().toNumber();
        return PlonkVerifier.verify(check.key(), proof, List.of(Fr.of(batch.publicInput(last)), Fr.of(circuitsSet)));
    }

    private void execute(ChainContract.Totals totals) {
        long number = totals.executed() + 1;
        if (number <= totals.verified()) {
            stored(number).ifPresent(batch -> enqueue(BatchStep.EXECUTE, number, ChainContract.execute(batch)));
        }
    }

    /** Our batch as the contract must have it. If it has another one, nothing of ours can follow. */
    private Optional<StoredBatch> stored(long number) {
        Optional<StoredBatch> ours = number == 0
                ? Optional.of(check.genesis().stored())
                : source.sealed(number)
                        .map(batch -> batch.stored(check.genesis().l2ChainId()));
        if (ours.isEmpty()) {
            alarm("L1 has batch " + number + ", and this database has not: it is older than L1; restore it");
            return Optional.empty();
        }
        if (!ours.get().hash().equals(contract.storedBatchHash(number))) {
            alarm("batch " + number + " on L1 is not the one sealed here; revert it on L1, or restore the database");
            return Optional.empty();
        }
        return ours;
    }

    /** What was asked for and not signed, while somebody else or an earlier transaction has done it. */
    private void dropObsolete(ChainContract.Totals totals) {
        for (Operation operation : outbox.queued()) {
            BatchStep.parse(operation.purpose(), contract.address())
                    .filter(step -> step.number() <= step.step().done(totals))
                    .ifPresent(step -> outbox.drop(operation, "done already"));
        }
    }

    private void enqueue(BatchStep step, long number, byte[] data) {
        outbox.enqueue(purpose(step, number), Optional.of(contract.address()), BigInteger.ZERO, data);
    }

    private String purpose(BatchStep step, long number) {
        return step.purpose(contract.address(), number);
    }

    /** Whether something was found in this turn that a person has to mend. */
    boolean isAlarmed() {
        return !alarms.isEmpty();
    }

    /** An alarm that lasts is told once. */
    private void alarm(String text) {
        if (alarms.add(text) && !told.contains(text)) {
            listener.hear(new L1Event(Kind.MISMATCH, "", text));
        }
    }
}
