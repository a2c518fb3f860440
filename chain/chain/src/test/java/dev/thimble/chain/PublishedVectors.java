package dev.thimble.chain;

import java.nio.file.Path;

/** Where the published test cases lie in this repository. */
final class PublishedVectors {
    static final Path STATE = Path.of("../../testing/vectors/eest/state_cancun.ndjson.gz");
    static final Path BLOCKS = Path.of("../../testing/vectors/eest/blockchain_cancun.ndjson.gz");

    private PublishedVectors() {}
}
