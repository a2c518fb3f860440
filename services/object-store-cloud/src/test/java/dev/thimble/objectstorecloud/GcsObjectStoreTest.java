package dev.thimble.objectstorecloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.ObjectStoreContract;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract against a test server that was written from Google's public API reference. */
class GcsObjectStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("271/a");

    private GcsServer server;
    private CloudObjectStore store;

    @BeforeEach
    void open() throws IOException {
        server = new GcsServer();
        store = CloudObjectStore.open("gs://proofs/deep/folder?anonymous=true&endpoint=" + server.url());
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected void tamper(ObjectKey key, byte[] stored) {
        server.objects.put("deep/folder/" + key.path(), new GcsServer.Kept(stored, 1));
    }

    @Override
    protected byte[] stored(ObjectKey key) {
        return Objects.requireNonNull(server.objects.get("deep/folder/" + key.path()))
                .content();
    }

    @Test
    void passingFailuresAreTriedAgain() throws IOException {
        server.failing.set(2);
        assertThat(store.putIfAbsent(KEY, new byte[] {1})).isTrue();
        server.failing.set(1);
        assertThat(store.read(KEY, 10)).containsExactly(1);
        server.failing.set(1);
        assertThat(store.list("271/")).hasSize(1);
        server.failing.set(1);
        assertThat(store.delete(KEY)).isTrue();
    }

    @Test
    void aServiceThatIsGoneIsAnError() throws IOException {
        String address = "gs://proofs/deep/folder?anonymous=true&endpoint=" + server.url();
        server.close();
        try (CloudObjectStore impatient = CloudObjectStore.open(address, 1)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> impatient.read(KEY, 10))
                    .withMessageContaining("gs://proofs/deep/folder failed for '271/a'");
        }
    }
}
