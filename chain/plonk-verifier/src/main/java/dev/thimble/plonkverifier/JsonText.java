package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import java.util.List;
import java.util.StringJoiner;

/** Writes JSON with the line breaks of snarkjs (one space per level), so that files compare byte for byte. */
final class JsonText {
    private final StringJoiner members = new StringJoiner(",\n ", "{\n ", "\n}");

    JsonText text(String name, Object value) {
        return raw(name, quote(value));
    }

    JsonText number(String name, int value) {
        return raw(name, Integer.toString(value));
    }

    JsonText point(String name, G1 point) {
        List<String> parts = point.isInfinity()
                ? List.of(quote(0), quote(1), quote(0))
                : List.of(quote(point.x()), quote(point.y()), quote(1));
        return raw(name, array(parts, 1));
    }

    JsonText point(String name, G2 point) {
        List<String> one = List.of(quote(1), quote(0));
        return raw(name, array(List.of(pair(point.x()), pair(point.y()), array(one, 2)), 1));
    }

    static String array(List<String> parts, int level) {
        String indent = "\n" + " ".repeat(level + 1);
        return "[" + indent + String.join("," + indent, parts) + "\n" + " ".repeat(level) + "]";
    }

    static String quote(Object value) {
        return "\"" + value + "\"";
    }

    private static String pair(Fq2 value) {
        return array(List.of(quote(value.c0()), quote(value.c1())), 2);
    }

    private JsonText raw(String name, String value) {
        members.add(quote(name) + ": " + value);
        return this;
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
