package dev.thimble.cli.block;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.NativeLibrary;
import dev.thimble.chain.NativeMachine;
import java.io.IOException;
import java.nio.file.Path;

/** The machines that run the state transition function in tests. */
final class Machines {
    private static final Path GUEST = Path.of("../../guest");

    private Machines() {}

    /** The native machine; the test is skipped where make or gcc is missing, unless CI=true. */
    static NativeMachine nativeMachine() throws InterruptedException {
        try {
            return NativeMachine.load(
                    NativeLibrary.build(GUEST, Path.of("target/native")).toAbsolutePath());
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail(e);
            }
            assumeTrue(false, e.getMessage());
            throw new AssertionError(e);
        }
    }

    static EmulatorMachine emulator() throws IOException {
        return EmulatorMachine.load(GUEST.resolve("bin"));
    }
}
