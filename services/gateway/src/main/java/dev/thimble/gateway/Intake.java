package dev.thimble.gateway;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.JobKey;
import dev.thimble.model.Round;
import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.LogContext;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one offered batch: store, queue, acknowledgement, in this order. Doing it again changes nothing. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MAXIMUM_BYTES = 64 << 20;
    private static final int NOT_YOURS = 409;

    private final ProofDataClient server;
    private final JobQueue queue;
    private final ObjectStore store;

    Intake(ProofDataClient server, JobQueue queue, ObjectStore store) {
        this.server = server;
        this.queue = queue;
        this.store = store;
    }

    /**
     * Takes a batch.
     *
     * @throws IOException if store or server fail, or what they hold does not agree
     */
    void take(OfferedBatch batch) throws IOException, InterruptedException {
        try (var _ = LogContext.of(batch.id())) {
            storeInput(batch);
            String description = storeDescription(batch);
            boolean fresh = submit(batch, description);
            acknowledge(batch);
            LOG.info(
                    "batch {} of blocks {} to {} {}",
                    batch.id(),
                    batch.description().firstBlock(),
                    batch.description().lastBlock(),
                    fresh ? "is queued" : "was queued before");
        }
    }

    private void storeInput(OfferedBatch batch) throws IOException, InterruptedException {
        ObjectKey key = new ObjectKey(batch.description().inputPath());
        if (isThere(key, batch)) {
            return;
        }
        byte[] input = server.input(batch.id());
        requireInput(input, batch);
        store.putIfAbsent(key, input);
        if (!isThere(key, batch)) {
            throw new IOException("the store holds another input of batch " + batch.id() + " under " + key);
        }
    }

    private boolean isThere(ObjectKey key, OfferedBatch batch) throws IOException {
        if (!store.exists(key)) {
            return false;
        }
        try {
            requireInput(store.read(key, MAXIMUM_BYTES), batch);
            return true;
        } catch (CorruptArtifact e) {
            LOG.warn("{}; it is fetched again", e.getMessage());
            store.delete(key);
            return false;
        }
    }

    private static void requireInput(byte[] input, OfferedBatch batch) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);
            String sha256 = "0x" + HexFormat.of().formatHex(digest);
            if (!sha256.equals(batch.description().inputSha256())) {
                throw new IOException("the input of batch " + batch.id() + " has SHA-256 " + sha256
                        + " but the server says " + batch.description().inputSha256());
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String storeDescription(OfferedBatch batch) throws IOException {
        ArtifactName name =
                new ArtifactName(batch.id(), Round.BASIC_CIRCUITS, BatchDescription.ARTIFACT, JobKey.NO_CIRCUIT, 0, 0);
        ObjectKey key = ObjectKey.of(name);
        byte[] bytes = batch.description().encode();
        if (!store.putIfAbsent(key, bytes) && !isSame(key, bytes)) {
            throw new IOException("batch " + batch.id() + " is known with another description");
        }
        return name.path();
    }

    private boolean isSame(ObjectKey key, byte[] bytes) throws IOException {
        try {
            return Arrays.equals(store.read(key, MAXIMUM_BYTES), bytes);
        } catch (CorruptArtifact e) {
            store.delete(key);
            return store.putIfAbsent(key, bytes);
        }
    }

    private boolean submit(OfferedBatch batch, String description) throws IOException {
        try {
            NewBatch fresh = new NewBatch(batch.id(), batch.version(), batch.sealedAt(), 0, List.of(description));
            return queue.submit(fresh, BasicCircuitsPlan.start(batch.id()));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Another gateway may have been quicker; on the same queue that is as good. */
    private void acknowledge(OfferedBatch batch) throws IOException, InterruptedException {
        try {
            server.acknowledge(batch.id());
        } catch (ProofDataClient.Refused e) {
            if (e.status() != NOT_YOURS) {
                throw e;
            }
            LOG.info("batch {} was acknowledged by another gateway", batch.id());
        }
    }
}
