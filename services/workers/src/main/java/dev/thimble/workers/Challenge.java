package dev.thimble.workers;

import dev.thimble.hash.Digest;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.BatchSeed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The seed of one batch. It follows from the digests of all instances, so a lost one is drawn again and is the same. */
final class Challenge {
    private static final String ARTIFACT = "batch_seed";

    private final Workshop workshop;
    private final BatchArtifacts artifacts;
    private final ProvingSetup setup;

    Challenge(Workshop workshop, BatchArtifacts artifacts, ProvingSetup setup) {
        this.workshop = workshop;
        this.artifacts = artifacts;
        this.setup = setup;
    }

    ArtifactName name() {
        return artifacts.ofBatch(ARTIFACT);
    }

    /** Draws the seed and stores it. */
    BatchSeed draw(BatchExecution execution) throws JobFailure, InterruptedException {
        BatchSeed seed = BasicRound.challenge(
                setup.keys(),
                setup.program().entryPc(),
                new SharedDigests(artifacts).all(execution),
                Digests.outputWords(execution.output()),
                workshop.engine().workers());
        artifacts.put(name(), encode(seed));
        return seed;
    }

    BatchSeed read() throws JobFailure, InterruptedException {
        try {
            return decode(artifacts.read(name()));
        } catch (JobFailure e) {
            if (BatchArtifacts.isLost(e)) {
                return draw(new Executed(artifacts, artifacts.description(), setup).read());
            }
            throw e;
        }
    }

    /** The 32 bytes of the digest, then the nonce, little-endian. */
    static byte[] encode(BatchSeed seed) {
        return ByteBuffer.allocate(Digest.BYTES + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(seed.digest().toBytes())
                .putInt(seed.nonce())
                .array();
    }

    private static BatchSeed decode(byte[] bytes) throws JobFailure {
        if (bytes.length == Digest.BYTES + Integer.BYTES) {
            var digest = Digest.fromBytes(Arrays.copyOf(bytes, Digest.BYTES));
            int nonce = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(Digest.BYTES);
            if (digest.isPresent()) {
                return new BatchSeed(digest.get(), nonce);
            }
        }
        throw new JobFailure(ErrorCode.ARTIFACT_CORRUPT, "the batch seed is malformed");
    }
}
