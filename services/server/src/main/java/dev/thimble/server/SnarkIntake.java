package dev.thimble.server;

import dev.thimble.bn254.Fr;
import dev.thimble.chain.BatchCommitment;
import dev.thimble.http.HttpError;
import dev.thimble.l1.DeploymentCheck;
import dev.thimble.plonkverifier.MalformedException;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Takes the SNARK of a batch: it is verified with the key of L1's contract for this batch's public inputs, and only then stored. See
 * docs/proof-data-api.md.
 */
final class SnarkIntake {
    /** How the last stage is called. */
    static final String STAGE = "snark";

    private final BatchTable batches;
    private final ProofTable proofs;
    private final Optional<DeploymentCheck> check;

    /** @param check the keys that count, or empty while the chain has no contract on L1 */
    SnarkIntake(BatchTable batches, ProofTable proofs, Optional<DeploymentCheck> check) {
        this.batches = batches;
        this.proofs = proofs;
        this.check = check;
    }

    /**
     * Verifies and stores it.
     *
     * @throws HttpError 400 if it is malformed, 409 if the batch cannot have one yet, 422 if it is of another statement or wrong
     */
    ProofTable.Submission take(SealedBatch batch, JsonNode json) {
        DeploymentCheck keys = check.orElseThrow(() -> new HttpError(
                409, "NO_SNARK_KEY", "this chain has no contract on L1, so no key to verify with: thimble init --l1"));
        BatchCommitment commitment = executed(batch.id().number());
        ProofSubmission.requireSame(
                "protocolVersion",
                json.path("protocolVersion").asString(""),
                batch.version().toString());
        ProofSubmission.requireSame(
                "batchCommitment",
                json.path("batchCommitment").asString(""),
                commitment.hash().hex());
        PlonkProof proof = parse(json.path("proof"));
        Fr batchInput =
                Fr.of(executed(batch.id().number() - 1).publicInput(commitment).toNumber());
        List<Fr> inputs =
                List.of(batchInput, Fr.of(keys.params().circuitsSetHash().toNumber()));
        if (PlonkVerifier.verify(keys.key(), proof, inputs) instanceof Verdict.Rejected(String reason)) {
            throw new HttpError(422, "PROOF_REJECTED", reason);
        }
        return proofs.submitSnark(batch.id(), proof.toJson(), stored -> isStale(stored, keys, inputs));
    }

    private BatchCommitment executed(long number) {
        return batches.commitment(number)
                .orElseThrow(() -> new HttpError(409, "NOT_EXECUTED_YET", "batch " + number + " is not executed yet"));
    }

    private static PlonkProof parse(JsonNode json) {
        try {
            return PlonkProof.fromJson(json.toString());
        } catch (MalformedException e) {
            throw new HttpError(400, "BAD_REQUEST", "proof: " + e.getMessage());
        }
    }

    /** Whether a stored proof is good for nothing, because L1 has another key since. */
    private static boolean isStale(String stored, DeploymentCheck keys, List<Fr> inputs) {
        try {
            return PlonkVerifier.verify(keys.key(), PlonkProof.fromJson(stored), inputs) instanceof Verdict.Rejected;
        } catch (MalformedException e) {
            return true;
        }
    }
}
