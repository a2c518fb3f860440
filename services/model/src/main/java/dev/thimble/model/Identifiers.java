package dev.thimble.model;

import java.util.regex.Pattern;

/** The alphabet of names that become parts of paths and keys. */
final class Identifiers {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]{0,63}");

    private Identifiers() {}

    static void check(String what, String value) {
        if (!IDENTIFIER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 64 letters, digits or underscores but is '" + value + "'");
        }
    }

    static void checkNotNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative but is " + value);
        }
    }
}
