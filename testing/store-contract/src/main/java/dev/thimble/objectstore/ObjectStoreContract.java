package dev.thimble.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} does; each store's test extends it. */
public abstract class ObjectStoreContract {
    private static final long SEED = 20_261_122;
    private static final ObjectKey KEY = new ObjectKey("271/0000000012/scheduler/proof/ALL-0-000000");

    /** The store under test, empty. */
    protected abstract ObjectStore store() throws IOException;

    /** Replaces the stored bytes of an object behind the store's back. */
    protected abstract void tamper(ObjectKey key, byte[] stored) throws Exception;

    /** The stored bytes of an object, envelope included. */
    protected abstract byte[] stored(ObjectKey key) throws Exception;

    /** Whether two puts at the same moment can not both succeed; some test servers lack conditional writes. */
    protected boolean atomic() {
        return true;
    }

    @Test
    void givesBackWhatWasPutWhateverTheLength() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        int chunk = Envelope.CHUNK_BYTES;
        for (int length : new int[] {0, 1, 1000, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 77}) {
            byte[] content = bytes(random, length);
            ObjectKey key = new ObjectKey("lengths/" + length);
            assertThat(store().exists(key)).isFalse();
            assertThat(store().putIfAbsent(key, new ByteArrayInputStream(content)))
                    .isTrue();
            assertThat(store().exists(key)).isTrue();
            assertThat(store().read(key, 3 * chunk)).isEqualTo(content);
        }
    }

    @Test
    void firstPutWins() throws Exception {
        assertThat(store().putIfAbsent(KEY, new byte[] {1})).isTrue();
        assertThat(store().putIfAbsent(KEY, new byte[] {2})).isFalse();
        assertThat(store().read(KEY, 10)).containsExactly(1);
    }

    @Test
    void ofManyPutsAtOnceExactlyOneWins() throws Exception {
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            byte[] content = {(byte) i};
            puts.add(() -> store().putIfAbsent(KEY, content));
        }
        int stored = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> put : threads.invokeAll(puts)) {
                stored += put.get() ? 1 : 0;
            }
        }
        assertThat(store().read(KEY, 10)).hasSize(1);
        assertThat(stored).isGreaterThanOrEqualTo(1);
        if (atomic()) {
            assertThat(stored).isEqualTo(1);
        }
    }

    @Test
    void missingIsToldApart() throws Exception {
        assertThatExceptionOfType(MissingArtifact.class).isThrownBy(() -> store().read(KEY, 10));
        assertThat(store().exists(KEY)).isFalse();
        assertThat(store().delete(KEY)).isFalse();
        assertThat(store().list("271/")).isEmpty();
    }

    @Test
    void deletedIsGoneAndCanBePutAgain() throws Exception {
        store().putIfAbsent(KEY, new byte[] {1});
        assertThat(store().delete(KEY)).isTrue();
        assertThat(store().exists(KEY)).isFalse();
        assertThat(store().putIfAbsent(KEY, new byte[] {2})).isTrue();
        assertThat(store().read(KEY, 10)).containsExactly(2);
    }

    @Test
    void listsByPrefixInOrder() throws Exception {
        for (String path : List.of("1/b/2", "1/b/1", "1/a", "1/b", "10/a", "2/a")) {
            store().putIfAbsent(new ObjectKey(path), new byte[] {7});
        }
        assertThat(paths("1/")).containsExactly("1/a", "1/b", "1/b/1", "1/b/2");
        assertThat(paths("1/b/")).containsExactly("1/b/1", "1/b/2");
        assertThat(paths("")).hasSize(6);
        assertThat(store().list("2/").getFirst().storedBytes()).isBetween(1L, 100L);
        assertThat(store().list("2/").getFirst().modified())
                .isBefore(Instant.now().plus(Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> store().list("../"));
    }

    @Test
    void everyDamageIsNoticed() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] content = bytes(random, 300);
        store().putIfAbsent(KEY, content);
        byte[] whole = stored(KEY);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            tamper(KEY, damaged);
            assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(() -> store().read(KEY, 10_000));
        }
        for (int length : new int[] {0, 7, 8, 11, 12, 100, whole.length - 1}) {
            tamper(KEY, java.util.Arrays.copyOf(whole, length));
            assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(() -> store().read(KEY, 10_000));
        }
        tamper(KEY, java.util.Arrays.copyOf(whole, whole.length + 1));
        assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(() -> store().read(KEY, 10_000));
        tamper(KEY, whole);
        assertThat(store().read(KEY, 10_000)).isEqualTo(content);
    }

    @Test
    void anObjectUnderAnothersNameIsNoticed() throws Exception {
        ObjectKey other = new ObjectKey("271/0000000013/scheduler/proof/ALL-0-000000");
        store().putIfAbsent(KEY, new byte[] {1, 2, 3});
        store().putIfAbsent(other, new byte[] {4, 5, 6});
        tamper(other, stored(KEY));
        assertThatExceptionOfType(CorruptArtifact.class)
                .isThrownBy(() -> store().read(other, 10))
                .withMessageContaining(other.path());
    }

    @Test
    void cutAtAChunkBoundaryIsNoticedBeforeTheEnd() throws Exception {
        byte[] content = bytes(new SplittableRandom(SEED), 2 * Envelope.CHUNK_BYTES);
        store().putIfAbsent(KEY, content);
        int firstChunk = 8 + 4 + Envelope.CHUNK_BYTES + Envelope.DIGEST_BYTES;
        tamper(KEY, java.util.Arrays.copyOf(stored(KEY), firstChunk));
        try (InputStream in = store().open(KEY)) {
            assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void tooLargeAnObjectIsRefused() throws Exception {
        store().putIfAbsent(KEY, new byte[11]);
        assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(() -> store().read(KEY, 10));
        assertThat(store().read(KEY, 11)).hasSize(11);
    }

    @Test
    void retentionRemovesWhatIsOldAndNotKept() throws Exception {
        store().putIfAbsent(new ObjectKey("1/a"), new byte[] {1});
        store().putIfAbsent(new ObjectKey("1/keep"), new byte[] {1});
        store().putIfAbsent(new ObjectKey("2/a"), new byte[] {1});
        Retention retention = new Retention(store());
        Instant past = Instant.now().minus(Duration.ofHours(1));
        Instant future = Instant.now().plus(Duration.ofHours(1));
        assertThat(retention.sweep("1/", past, key -> false).objects()).isZero();
        Retention.Removed removed =
                retention.sweep("1/", future, key -> key.path().endsWith("keep"));
        assertThat(removed.objects()).isEqualTo(1);
        assertThat(removed.storedBytes()).isPositive();
        assertThat(paths("")).containsExactly("1/keep", "2/a");
    }

    @Test
    void probePasses() throws Exception {
        store().probe();
        assertThat(paths("")).isEmpty();
    }

    private List<String> paths(String prefix) throws IOException {
        return store().list(prefix).stream().map(object -> object.key().path()).toList();
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
