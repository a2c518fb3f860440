package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentStoreTest {
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = new byte[1000];

    @TempDir
    Path folder;

    private Bytes32 first = Bytes32.ZERO;
    private Bytes32 second = Bytes32.ZERO;
    private Path file = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        try (var store = FileContentStore.open(folder)) {
            first = store.put(FIRST);
            second = store.put(SECOND);
            assertThat(store.put(FIRST)).isEqualTo(first);
        }
        file = folder.resolve("contents");
    }

    @Test
    void contentsStay() throws IOException {
        try (var store = FileContentStore.open(folder)) {
            assertThat(store.get(first).orElseThrow()).isEqualTo(FIRST);
            assertThat(store.get(second).orElseThrow()).isEqualTo(SECOND);
            assertThat(store.get(Bytes32.ZERO)).isEmpty();
        }
    }

    /** A crash may leave any beginning of the last record. */
    @Test
    void anIncompleteRecordIsCutOffAndCanBePutAgain() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int end = 40 + FIRST.length;
        for (int length : new int[] {end, end + 1, end + 39, end + 40, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (var store = FileContentStore.open(folder)) {
                assertThat(store.get(first).orElseThrow()).isEqualTo(FIRST);
                assertThat(store.get(second)).isEmpty();
                store.put(SECOND);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    /** A crash may also leave zeros where the bytes of a record should be. */
    @Test
    void aRecordOfWrongBytesIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1] ^= 1;
        Files.write(file, whole);
        try (var store = FileContentStore.open(folder)) {
            assertThat(store.get(second)).isEmpty();
        }
    }

    @Test
    void damageWhileOpenIsNoticed() throws IOException {
        try (var store = FileContentStore.open(folder)) {
            byte[] whole = Files.readAllBytes(file);
            whole[40] ^= 1;
            Files.write(file, whole);
            assertThatThrownBy(() -> store.get(first)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void oneAtATime() throws IOException {
        try (var store = FileContentStore.open(folder)) {
            assertThat(store.get(first)).isPresent();
            assertThatThrownBy(() -> FileContentStore.open(folder)).isInstanceOf(IOException.class);
        }
    }
}
