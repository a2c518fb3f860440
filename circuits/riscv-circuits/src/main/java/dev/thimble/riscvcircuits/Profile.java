package dev.thimble.riscvcircuits;

import dev.thimble.fri.FriParameters;
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

    /** log₂ of the number of rows of every basic circuit. */
    public int logHeight() {
        return logHeight;
    }

    public int height() {
        return 1 << logHeight;
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
