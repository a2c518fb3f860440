package dev.thimble.jobqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of artifact paths as one text column, one path a line. */
final class Lines {
    private Lines() {}

    static String join(List<String> lines) {
        return String.join("\n", lines);
    }

    static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}
