package dev.thimble.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small records as lines of {@code name value}. */
final class TextLines {
    private final StringBuilder text = new StringBuilder();

    TextLines add(String name, String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(name + " has several lines");
        }
        text.append(name).append(' ').append(value).append('\n');
        return this;
    }

    byte[] encode() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> decode(byte[] bytes) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            int space = line.indexOf(' ');
            if (space < 0 || lines.put(line.substring(0, space), line.substring(space + 1)) != null) {
                throw new IllegalArgumentException("not lines of name and value: '" + line + "'");
            }
        }
        return lines;
    }

    static String value(Map<String, String> lines, String name) {
        String value = lines.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static void checkDigest(String name, String value) {
        if (!value.matches("0x[0-9a-f]{64}")) {
            throw new IllegalArgumentException(name + " must be 0x and 64 hexadecimal digits but is '" + value + "'");
        }
    }
}
