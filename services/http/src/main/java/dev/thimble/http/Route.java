package dev.thimble.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one kind of request is answered by.
 *
 * @param method GET or POST
 * @param pattern a path; a segment {@code {name}} stands for one segment of letters, digits, dots, dashes and underscores
 * @param access who may call
 * @param handler answers
 */
public record Route(String method, String pattern, Access access, Handler handler) {
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}";

    /** The parameters of a path that fits the pattern. */
    Optional<Map<String, String>> match(String path) {
        List<String> wanted = List.of(pattern.split("/", -1));
        List<String> given = List.of(path.split("/", -1));
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (name.startsWith("{") && given.get(i).matches(SEGMENT)) {
                parameters.put(name.substring(1, name.length() - 1), given.get(i));
            } else if (!name.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
