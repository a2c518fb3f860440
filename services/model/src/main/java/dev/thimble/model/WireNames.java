package dev.thimble.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Text forms of enum constants: lower case, underscores, independent of the default locale. */
final class WireNames {
    private WireNames() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant whose wire name is {@code text}; hyphens count as underscores. */
    static <E extends Enum<E>> E parse(String what, E[] constants, Function<E, String> wireName, String text) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_');
        for (E constant : constants) {
            if (wireName.apply(constant).equals(wanted)) {
                return constant;
            }
        }
        String known = Arrays.stream(constants).map(wireName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown " + what + " '" + text + "', known are: " + known);
    }
}
