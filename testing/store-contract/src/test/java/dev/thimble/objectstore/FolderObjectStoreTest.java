package dev.thimble.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
    @TempDir
    private Path folder;

    private FolderObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = new FolderObjectStore(folder);
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected void tamper(ObjectKey key, byte[] stored) throws IOException {
        Files.write(folder.resolve(key.path() + ".object"), stored);
    }

    @Override
    protected byte[] stored(ObjectKey key) throws IOException {
        return Files.readAllBytes(folder.resolve(key.path() + ".object"));
    }

    @Test
    void aPutThatFailsInTheMiddleLeavesNothing() throws Exception {
        ObjectKey key = new ObjectKey("a/b");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("source failed");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("source failed");
            }
        };
        InputStream half = new SequenceInputStream(new ByteArrayInputStream(new byte[3_000_000]), failing);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.putIfAbsent(key, half));
        assertThat(store.exists(key)).isFalse();
        assertThat(folder.resolve(".tmp")).isEmptyDirectory();
    }

    @Test
    void abandonedTemporaryFilesAreCleared() throws Exception {
        Path old = Files.write(folder.resolve(".tmp/old"), new byte[1]);
        Path fresh = Files.write(folder.resolve(".tmp/fresh"), new byte[1]);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        new FolderObjectStore(folder).close();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void putsSucceedWhileOthersDeleteTheFolder() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> deleting = threads.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    ObjectKey key = new ObjectKey("shared/folder/x" + i);
                    store.putIfAbsent(key, new byte[1]);
                    store.delete(key);
                }
                return null;
            });
            for (int i = 0; i < 300; i++) {
                ObjectKey key = new ObjectKey("shared/folder/y" + i);
                assertThat(store.putIfAbsent(key, new byte[1])).isTrue();
                assertThat(store.delete(key)).isTrue();
            }
            deleting.get();
        }
    }
}
