package dev.thimble.objectstorecloud;

import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.Envelope;
import dev.thimble.objectstore.MissingArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.opendal.AsyncOperator;
import org.apache.opendal.Entry;
import org.apache.opendal.ListOptions;
import org.apache.opendal.Metadata;
import org.apache.opendal.OpenDALException;
import org.apache.opendal.WriteOptions;
import org.apache.opendal.layer.RetryLayer;

/**
 * Objects in a bucket of Amazon S3 or Google Cloud Storage. A put carries the condition "if absent" (S3:
 * {@code If-None-Match: *}, GCS: {@code ifGenerationMatch=0}), so that of two puts at once one wins; a service that ignores
 * the condition keeps the last of them, which is the same object, since artifacts are named by what they are.
 *
 * <p>Failures that may pass (5xx, throttling, broken connections) are tried again for about half a minute; every request
 * ends in the end: one that gets no answer is an {@link IOException}.
 */
public final class CloudObjectStore implements ObjectStore {
    /** A larger object is refused: it would have to be held in memory. */
    public static final int MAXIMUM_STORED_BYTES = 256 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final WriteOptions IF_ABSENT =
            WriteOptions.builder().ifNotExists(true).build();
    private static final WriteOptions PLAIN = WriteOptions.builder().build();
    private static final ListOptions RECURSIVE =
            ListOptions.builder().recursive(true).limit(1000).build();

    private final BucketAddress address;
    private final AsyncOperator bucket;

    private CloudObjectStore(BucketAddress address, AsyncOperator bucket) {
        this.address = address;
        this.bucket = bucket;
    }

    /**
     * Opens a bucket.
     *
     * @param address {@code s3://BUCKET[/PREFIX][?region=R&endpoint=URL&anonymous=true]} or
     *     {@code gs://BUCKET[/PREFIX][?endpoint=URL&anonymous=true]}
     * @throws IllegalArgumentException if the address is malformed
     */
    public static CloudObjectStore open(String address) throws IOException {
        return open(address, 7);
    }

    /** {@link #open(String)} with another number of retries. */
    static CloudObjectStore open(String address, int retries) throws IOException {
        BucketAddress parsed = BucketAddress.parse(address);
        RetryLayer retry = RetryLayer.builder()
                .jitter(true)
                .factor(2)
                .minDelay(Duration.ofMillis(200))
                .maxDelay(Duration.ofSeconds(10))
                .maxTimes(retries)
                .build();
        try (AsyncOperator plain = AsyncOperator.of(parsed.service(), parsed.configuration())) {
            return new CloudObjectStore(parsed, plain.layer(retry));
        } catch (OpenDALException | UnsatisfiedLinkError | ExceptionInInitializerError e) {
            throw new IOException("cannot open " + parsed + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException {
        if (exists(key)) {
            return false;
        }
        byte[] stored = envelope(key, content);
        boolean conditional = bucket.info.fullCapability.writeWithIfNotExists;
        try {
            await(key, bucket.write(key.path(), stored, conditional ? IF_ABSENT : PLAIN));
            return true;
        } catch (OpenDALException e) {
            if (e.getCode() == OpenDALException.Code.ConditionNotMatch
                    || e.getCode() == OpenDALException.Code.AlreadyExists) {
                return false;
            }
            throw failure(key, e);
        }
    }

    private static byte[] envelope(ObjectKey key, InputStream content) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream(1 << 16) {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                if (count + (long) length > MAXIMUM_STORED_BYTES) {
                    throw new IllegalArgumentException(
                            "artifact " + key + " is larger than " + MAXIMUM_STORED_BYTES + " bytes");
                }
                super.write(bytes, offset, length);
            }
        };
        Envelope.write(key, content, stored);
        return stored.toByteArray();
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        Metadata metadata = stat(key).orElseThrow(() -> new MissingArtifact(key));
        return Envelope.read(
                key, new BlockStream(metadata.contentLength, (offset, length) -> read(key, offset, length)));
    }

    private byte[] read(ObjectKey key, long offset, int length) throws IOException {
        byte[] block;
        try {
            block = await(key, bucket.read(key.path(), offset, length));
        } catch (OpenDALException e) {
            if (e.getCode() == OpenDALException.Code.NotFound) {
                MissingArtifact missing = new MissingArtifact(key);
                missing.initCause(e);
                throw missing;
            }
            throw failure(key, e);
        }
        if (block.length != length) {
            throw new CorruptArtifact(key, "became shorter while it was read");
        }
        return block;
    }

    private Optional<Metadata> stat(ObjectKey key) throws IOException {
        try {
            return Optional.of(await(key, bucket.stat(key.path())));
        } catch (OpenDALException e) {
            if (e.getCode() == OpenDALException.Code.NotFound) {
                return Optional.empty();
            }
            throw failure(key, e);
        }
    }

    @Override
    public boolean exists(ObjectKey key) throws IOException {
        return stat(key).isPresent();
    }

    @Override
    public boolean delete(ObjectKey key) throws IOException {
        if (!exists(key)) {
            return false;
        }
        try {
            await(key, bucket.delete(key.path()));
            return true;
        } catch (OpenDALException e) {
            throw failure(key, e);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        String folder = ObjectKey.checkPrefix(prefix);
        List<StoredObject> found = new ArrayList<>();
        try {
            for (Entry entry : await(prefix, bucket.list(folder.isEmpty() ? "/" : folder, RECURSIVE))) {
                Metadata metadata = entry.metadata;
                if (metadata.isFile()) {
                    Instant modified = metadata.lastModified == null ? Instant.EPOCH : metadata.lastModified;
                    found.add(new StoredObject(new ObjectKey(entry.path), metadata.contentLength, modified));
                }
            }
        } catch (OpenDALException e) {
            if (e.getCode() == OpenDALException.Code.NotFound) {
                return List.of();
            }
            throw failure(prefix, e);
        }
        found.sort(Comparator.comparing(StoredObject::key));
        return List.copyOf(found);
    }

    /** The answer to a request; an {@link OpenDALException} if the service refuses it. */
    private <T> T await(Object what, CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OpenDALException refused) {
                throw refused;
            }
            throw failure(what, e);
        } catch (TimeoutException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(address + " was waited for");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private IOException failure(Object what, Exception e) {
        String reason = e instanceof TimeoutException ? "no answer within " + PATIENCE : String.valueOf(e.getMessage());
        return new IOException(address + " failed for '" + what + "': " + reason, e);
    }

    @Override
    public void close() {
        bucket.close();
    }
}
