package dev.thimble.contracts;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test class with a node of its own; every test begins with the state that the class has prepared. */
abstract class DevChainTest {
    static DevChain chain;
    private String snapshot = "";

    @BeforeAll
    static void startNode() throws IOException {
        chain = DevChain.start();
    }

    @AfterAll
    static void stopNode() {
        if (chain != null) {
            chain.close();
        }
    }

    @BeforeEach
    void save() {
        snapshot = chain.snapshot();
    }

    @AfterEach
    void restore() {
        chain.restore(snapshot);
    }
}
