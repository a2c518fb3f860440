package dev.thimble.objectstorecloud;

import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.ObjectStoreContract;
import dev.thimble.objectstore.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.opendal.AsyncOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against s3rver, an S3 server from npm that knows no conditional writes. */
class S3ObjectStoreTest extends ObjectStoreContract {
    @TempDir
    private static Path folder;

    private static S3Server server;
    private static CloudObjectStore store;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(folder);
        store = CloudObjectStore.open(server.address("proofs/deep"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            store.close();
            server.close();
        }
    }

    @BeforeEach
    void empty() throws IOException {
        for (StoredObject object : store.list("")) {
            store.delete(object.key());
        }
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected boolean atomic() {
        return false;
    }

    @Override
    protected void tamper(ObjectKey key, byte[] stored) throws InterruptedException {
        try (AsyncOperator raw = raw()) {
            raw.write(key.path(), stored).join();
            // s3rver answers an overwrite before a read sees it.
            for (int i = 0; i < 500 && !Arrays.equals(raw.read(key.path()).join(), stored); i++) {
                Thread.sleep(10);
            }
        }
    }

    @Override
    protected byte[] stored(ObjectKey key) {
        try (AsyncOperator raw = raw()) {
            return raw.read(key.path()).join();
        }
    }

    private static AsyncOperator raw() {
        Map<String, String> configuration =
                BucketAddress.parse(server.address("proofs/deep")).configuration();
        return AsyncOperator.of("s3", configuration);
    }
}
