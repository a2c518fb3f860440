package dev.thimble.riscvcircuits;

import dev.thimble.fri.FriParameters;
import dev.thimble.precompilecircuits.KeccakCircuit;
import dev.thimble.precompilecircuits.Secp256k1Circuit;
import dev.thimble.precompilecircuits.Uint256Circuit;
import java.util.Locale;

/**
 * A geometry profile: the heights of the circuits. Every profile has verification keys of its own; all of them carry the
 * same constraints and the full number of queries.
 */
public enum Profile {
    /** For tests and CI. */
    TEST(1, 14),
    LAPTOP(2, 18),
    SERVER(3, 20);

    private static final int MINIMUM_PROGRAM_WORDS = 1 << 15;

    private final int number;
    private final int logHeight;

    Profile(int number, int logHeight) {
        this.number = number;
        this.logHeight = logHeight;
    }

    /** The number that stands for the profile in keys and hashes. */
    int number() {
        return number;
    }

    /** log₂ of the number of rows of MAIN_VM and MEMORY. */
    public int logHeight() {
        return logHeight;
    }

    /**
     * log₂ of the number of rows of a circuit: KECCAK_F is wide and has an eighth; the other precompiles have a quarter, but
     * at least 2^14, which their tables need.
     */
    public int logHeight(CircuitType type) {
        return switch (type) {
            case MAIN_VM, MEMORY -> logHeight;
            case KECCAK_F -> logHeight - 3;
            case SECP256K1, U256 -> Math.max(14, logHeight - 2);
        };
    }

    /**
     * How many calls an instance of a precompile's circuit holds.
     *
     * @throws IllegalArgumentException if the type is MAIN_VM or MEMORY
     */
    public int calls(CircuitType type) {
        int height = 1 << logHeight(type);
        return switch (type) {
            case KECCAK_F -> height / KeccakCircuit.ROWS_PER_CALL;
            case SECP256K1 -> height / Secp256k1Circuit.ROWS_PER_CALL;
            case U256 -> height / Uint256Circuit.ROWS_PER_CALL;
            case MAIN_VM, MEMORY -> throw new IllegalArgumentException(type + " proves no precompile");
        };
    }

    public int height() {
        return 1 << logHeight;
    }

    /** How many groups of columns the program's text takes in MAIN_VM; each holds as many words as there are rows. */
    int programGroups() {
        return Math.max(1, MINIMUM_PROGRAM_WORDS / height());
    }

    /** How many words a program's text may have. */
    int programWords() {
        return programGroups() * height();
    }

    /** The proof parameters of every basic circuit. */
    public FriParameters parameters() {
        return this == SERVER ? FriParameters.SERVER : FriParameters.BASE;
    }

    /** The name on the command line and in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The profile of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Profile of(String id) {
        for (Profile profile : values()) {
            if (profile.id().equals(id)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("profile must be test, laptop or server, got " + id);
    }
}
