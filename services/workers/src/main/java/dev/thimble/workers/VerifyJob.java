package dev.thimble.workers;

import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.ForeignResultRejected;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.BatchResult;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscvcircuits.BatchClaim;
import dev.thimble.riscvcircuits.BatchSeed;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.List;
import java.util.Optional;

/**
 * Verifies all proofs of a batch together, as the scheduler circuit will, and writes the batch's result. If they are
 * rejected, each is verified by itself: a wrong one goes back to the queue and its maker into quarantine.
 */
final class VerifyJob implements JobFunction {
    private final Workshop workshop;

    VerifyJob(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        BatchArtifacts artifacts = workshop.artifacts(lease.key().batch());
        BatchDescription description = artifacts.description();
        ProvingSetup setup = workshop.setup(description);
        BatchExecution execution = new Executed(artifacts, description, setup).read();
        BatchSeed seed = new Challenge(workshop, artifacts, setup).read();
        StoredProofs proofs = new StoredProofs(artifacts, execution);
        BatchClaim claim = new BatchClaim(Digests.outputWords(execution.output()), seed.nonce());
        if (verify(setup, claim, proofs) instanceof Verdict.Rejected(String reason)) {
            blame(setup, seed, artifacts, proofs);
            throw new JobFailure(
                    ErrorCode.INTERNAL_ERROR,
                    "every proof verifies by itself but not the batch: " + reason
                            + "; restart the batch from basic_circuits");
        }
        BatchResult result = new BatchResult(
                setup.profile().id(),
                ProgramCodec.id(setup.program()),
                description.programSha256(),
                setup.keys().vkSet().toString(),
                execution.output(),
                seed.nonce(),
                proofs.total());
        ArtifactName name = artifacts.ofBatch(BatchResult.ARTIFACT);
        artifacts.put(name, result.encode());
        workshop.passed("verify.stored");
        return new JobResult(
                List.of(name.path()),
                Digests.sha256(result.encode()),
                BasicCircuitsPlan.afterVerify(artifacts.batch()));
    }

    private Verdict verify(ProvingSetup setup, BatchClaim claim, StoredProofs proofs)
            throws JobFailure, InterruptedException {
        try {
            return BasicRound.verify(
                    setup.keys(),
                    setup.program().entryPc(),
                    claim,
                    proofs,
                    workshop.engine().workers());
        } catch (StoredProofs.Unreadable e) {
            throw e.asFailure();
        }
    }

    private static void blame(ProvingSetup setup, BatchSeed seed, BatchArtifacts artifacts, StoredProofs proofs)
            throws JobFailure, InterruptedException {
        SharedDigests committed = new SharedDigests(artifacts);
        for (CircuitType type : CircuitType.values()) {
            for (int i = 0; i < proofs.count(type); i++) {
                byte[] proof = readOne(proofs, type, i);
                Optional<String> fault = fault(setup.keys().key(type), seed, committed.read(type, i), proof);
                if (fault.isPresent()) {
                    throw new ForeignResultRejected(proofs.job(type, i), Digests.sha256(proof), fault.get());
                }
            }
        }
    }

    private static byte[] readOne(StoredProofs proofs, CircuitType type, int index)
            throws JobFailure, InterruptedException {
        try {
            return proofs.read(type, index);
        } catch (StoredProofs.Unreadable e) {
            throw e.asFailure();
        }
    }

    /** What is wrong with one proof, if anything. */
    private static Optional<String> fault(VerifyingKey key, BatchSeed seed, Digest committed, byte[] bytes) {
        PublicInputs inputs = PublicInputs.ofBatch(seed.digest());
        return switch (StarkProof.decode(key, bytes)) {
            case StarkProof.Decoded.Malformed(String reason) -> Optional.of(reason);
            case StarkProof.Decoded.Proof(StarkProof proof) -> {
                if (!proof.sharedDigest(key).equals(Optional.of(committed))) {
                    yield Optional.of("its shared columns are not the committed ones");
                }
                yield StarkVerifier.verify(key, inputs, proof) instanceof Verdict.Rejected(String reason)
                        ? Optional.of(reason)
                        : Optional.empty();
            }
        };
    }
}
