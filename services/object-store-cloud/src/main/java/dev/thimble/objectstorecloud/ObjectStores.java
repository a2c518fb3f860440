package dev.thimble.objectstorecloud;

import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a store by its address. */
public final class ObjectStores {
    private ObjectStores() {}

    /**
     * Opens a store.
     *
     * @param address {@code s3://…}, {@code gs://…} (see {@link CloudObjectStore}) or the path of a folder
     * @throws IOException if it cannot be opened
     * @throws IllegalArgumentException if the address is malformed
     */
    public static ObjectStore open(String address) throws IOException {
        if (BucketAddress.isOne(address)) {
            return CloudObjectStore.open(address);
        }
        if (address.contains("://")) {
            throw new IllegalArgumentException(
                    "an object store is a folder, s3://BUCKET or gs://BUCKET, not '" + address + "'");
        }
        return new FolderObjectStore(Path.of(address));
    }
}
