package dev.thimble.gateway;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.Plan;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchResult;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.MissingArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Gives a batch's result to its server. */
final class SubmitJob implements JobFunction {
    private static final int MAXIMUM_BYTES = 1 << 16;

    private final ProofDataClient server;
    private final ObjectStore store;

    SubmitJob(ProofDataClient server, ObjectStore store) {
        this.server = server;
        this.store = store;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        ArtifactName name = lease.key().artifact(BatchResult.ARTIFACT);
        byte[] bytes = read(ObjectKey.of(name));
        String sha256 = sha256(bytes);
        BatchResult result = BatchResult.decode(bytes);
        try {
            server.submit(lease.key().batch(), body(lease.version(), result, sha256));
        } catch (ProofDataClient.Refused e) {
            boolean temporary = e.status() >= 500 || e.status() == 401 || e.status() == 403;
            ErrorCode code = temporary ? ErrorCode.NODE_UNAVAILABLE : ErrorCode.BAD_INPUT;
            throw new JobFailure(code, "the server refuses the result: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure(
                    ErrorCode.NODE_UNAVAILABLE, "the server " + server.server() + " does not answer: " + e, e);
        }
        return new JobResult(List.of(name.path()), sha256, Plan.NOTHING);
    }

    /** The message to the server. */
    static Map<String, Object> body(ProtocolVersion version, BatchResult result, String sha256) {
        return Map.of(
                "stage", Round.BASIC_CIRCUITS.wireName(),
                "protocolVersion", version.toString(),
                "programSha256", result.programSha256(),
                "output", result.output(),
                "profile", result.profile(),
                "programId", result.programId(),
                "vkSet", result.vkSet(),
                "proofs", result.proofs(),
                "resultSha256", "0x" + sha256);
    }

    private byte[] read(ObjectKey key) throws JobFailure {
        try {
            return store.read(key, MAXIMUM_BYTES);
        } catch (MissingArtifact | CorruptArtifact e) {
            throw new JobFailure(
                    ErrorCode.BAD_INPUT,
                    e.getMessage() + "; restart the batch from basic_circuits: nobody else makes its result again",
                    e);
        } catch (IOException e) {
            throw new JobFailure(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
