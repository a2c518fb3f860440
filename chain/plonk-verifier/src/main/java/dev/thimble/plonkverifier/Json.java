package dev.thimble.plonkverifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subset of JSON in which snarkjs writes keys and proofs: objects, arrays, strings without escapes, whole numbers. Anything else is malformed. */
final class Json {
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_DEPTH = 4;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Parsed values. */
    sealed interface Value {
        /** Members in order of appearance. */
        record Members(Map<String, Value> map) implements Value {}

        /** Elements. */
        record Elements(List<Value> list) implements Value {}

        /** A string. */
        record Text(String string) implements Value {}

        /** A whole number of at most nine digits. */
        record WholeNumber(int value) implements Value {}
    }

    static Value parse(String text) throws MalformedException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedException("longer than " + MAX_LENGTH + " characters");
        }
        Json json = new Json(text);
        Value value = json.value(0);
        json.skipSpace();
        if (json.at != text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private Value value(int depth) throws MalformedException {
        if (depth > MAX_DEPTH) {
            throw new MalformedException("nested too deeply");
        }
        skipSpace();
        char c = peek();
        return switch (c) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> new Value.Text(string());
            default -> number();
        };
    }

    private Value members(int depth) throws MalformedException {
        Map<String, Value> map = new LinkedHashMap<>();
        expect('{');
        if (!next('}')) {
            do {
                skipSpace();
                String key = string();
                skipSpace();
                expect(':');
                if (map.put(key, value(depth + 1)) != null) {
                    throw new MalformedException("member " + key + " appears twice");
                }
            } while (next(','));
            skipSpace();
            expect('}');
        }
        return new Value.Members(map);
    }

    private Value elements(int depth) throws MalformedException {
        List<Value> list = new ArrayList<>();
        expect('[');
        if (!next(']')) {
            do {
                list.add(value(depth + 1));
            } while (next(','));
            skipSpace();
            expect(']');
        }
        return new Value.Elements(list);
    }

    private String string() throws MalformedException {
        expect('"');
        int start = at;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ' || c == '\\' || c > '~') {
                throw unexpected();
            }
            at++;
        }
        return text.substring(start, at++);
    }

    private Value number() throws MalformedException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int digits = at - start;
        if (digits == 0 || digits > 9 || (digits > 1 && text.charAt(start) == '0')) {
            at = start;
            throw unexpected();
        }
        return new Value.WholeNumber(Integer.parseInt(text.substring(start, at)));
    }

    /** Whether the next character other than space is c, which is then consumed. */
    private boolean next(char c) {
        skipSpace();
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) throws MalformedException {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private char peek() throws MalformedException {
        if (at >= text.length()) {
            throw new MalformedException("text ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private MalformedException unexpected() {
        return new MalformedException("unexpected character at position " + at);
    }
}
