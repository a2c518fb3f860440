package dev.thimble.cli.block;

import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.NativeLibrary;
import dev.thimble.chain.NativeMachine;
import dev.thimble.chain.StfMachine;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Setting;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the machines that run the state transition function. */
public final class StfMachines {
    static final String NATIVE = "native";
    static final String RISCV = "riscv";

    private StfMachines() {}

    /**
     * The machine of this name.
     *
     * @throws CommandFailure usage for another name, NATIVE_UNAVAILABLE or GUEST_PROGRAMS if it cannot be had
     */
    static StfMachine open(String name, Context context) throws InterruptedException {
        return switch (name) {
            case NATIVE -> nativeMachine(context);
            case RISCV -> emulator(context.root());
            default -> throw CommandFailure.usage("--machine " + name + " is neither native nor riscv", "");
        };
    }

    private static NativeMachine nativeMachine(Context context) throws InterruptedException {
        var otherwise = Path.of(context.settings().value(Setting.HOME).text(), "native");
        try {
            return NativeMachine.load(NativeLibrary.build(context.root().resolve("guest"), otherwise));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "NATIVE_UNAVAILABLE",
                    String.valueOf(e.getMessage()),
                    "apt-get install -y gcc libc6-dev make, or use --machine riscv.");
        }
    }

    /** The emulator with the committed programs. */
    public static EmulatorMachine emulator(Path root) {
        try {
            return EmulatorMachine.load(root.resolve("guest/bin"));
        } catch (IOException e) {
            throw CommandFailure.environment(
                    "GUEST_PROGRAMS",
                    "the guest programs cannot be read: " + e.getMessage(),
                    "Restore guest/bin from the repository.");
        }
    }
}
