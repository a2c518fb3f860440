package dev.thimble.objectstorecloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoresTest {
    @Test
    void aPathIsAFolder(@TempDir Path folder) throws IOException {
        try (ObjectStore store = ObjectStores.open(folder.resolve("objects").toString())) {
            assertThat(store).isInstanceOf(FolderObjectStore.class);
        }
    }

    @Test
    void partsOfAnAddressAreFound() {
        BucketAddress address =
                BucketAddress.parse("s3://my-bucket/a/b/?region=eu-west-1&endpoint=http://localhost:9000");
        assertThat(address.configuration())
                .containsEntry("bucket", "my-bucket")
                .containsEntry("root", "/a/b")
                .containsEntry("region", "eu-west-1")
                .containsEntry("endpoint", "http://localhost:9000");
        assertThat(address).hasToString("s3://my-bucket/a/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3://UPPER",
                "s3://bucket/../other",
                "s3://bucket?region=EU WEST",
                "s3://bucket?secret_access_key=x",
                "gs://bucket?region=eu-west-1",
                "gs://bucket#x",
                "ftp://bucket",
                "s3://user:password@bucket/x"
            })
    void otherAddressesAreRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectStores.open(address));
    }
}
