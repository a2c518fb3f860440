package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.PrimeField;
import dev.thimble.plonkverifier.Json.Value;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Typed, range-checked access to the members of one JSON object; {@link #finish()} refuses what was not asked for. */
final class JsonFields {
    private final Map<String, Value> left;

    private JsonFields(Map<String, Value> members) {
        this.left = new HashMap<>(members);
    }

    static JsonFields parse(String text) throws MalformedException {
        if (!(Json.parse(text) instanceof Value.Members members)) {
            throw new MalformedException("not a JSON object");
        }
        return new JsonFields(members.map());
    }

    void expect(String name, String value) throws MalformedException {
        if (!value.equals(text(take(name), name))) {
            throw new MalformedException(name + " is not " + value);
        }
    }

    int integer(String name, int min, int max) throws MalformedException {
        if (!(take(name) instanceof Value.WholeNumber number) || number.value() < min || number.value() > max) {
            throw new MalformedException(name + " is not a number in [" + min + ", " + max + "]");
        }
        return number.value();
    }

    Fr scalar(String name) throws MalformedException {
        return scalar(take(name), name);
    }

    static Fr scalar(Value value, String name) throws MalformedException {
        return Fr.of(element(value, name, PrimeField.FR));
    }

    /** A point in the form [x, y, "1"], on the curve. */
    G1 point(String name) throws MalformedException {
        G1 point = affine(take(name), name);
        if (!point.isOnCurve()) {
            throw new MalformedException(name + " is not on the curve");
        }
        return point;
    }

    /** As {@link #point}, or infinity in the form ["0", "1", "0"]. */
    G1 pointOrInfinity(String name) throws MalformedException {
        List<Value> list = list(left.getOrDefault(name, new Value.Elements(List.of())), name, 3);
        boolean infinity = "0".equals(text(list.get(0), name))
                && "1".equals(text(list.get(1), name))
                && "0".equals(text(list.get(2), name));
        if (infinity) {
            left.remove(name);
            return G1.INFINITY;
        }
        return point(name);
    }

    /** A point in the form [[x0, x1], [y0, y1], ["1", "0"]], of order r. */
    G2 twistPoint(String name) throws MalformedException {
        List<Value> list = list(take(name), name, 3);
        List<Value> one = list(list.get(2), name, 2);
        if (!"1".equals(text(one.get(0), name)) || !"0".equals(text(one.get(1), name))) {
            throw new MalformedException(name + " is not affine");
        }
        G2 point = new G2(quadratic(list.get(0), name), quadratic(list.get(1), name));
        if (!point.isInSubgroup()) {
            throw new MalformedException(name + " is not a point of G2");
        }
        return point;
    }

    void finish() throws MalformedException {
        if (!left.isEmpty()) {
            throw new MalformedException("unknown member "
                    + left.keySet().stream().sorted().findFirst().orElse(""));
        }
    }

    private Value take(String name) throws MalformedException {
        Value value = left.remove(name);
        if (value == null) {
            throw new MalformedException(name + " is missing");
        }
        return value;
    }

    private static G1 affine(Value value, String name) throws MalformedException {
        List<Value> list = list(value, name, 3);
        if (!"1".equals(text(list.get(2), name))) {
            throw new MalformedException(name + " is not affine");
        }
        return new G1(coordinate(list.get(0), name), coordinate(list.get(1), name));
    }

    private static Fq2 quadratic(Value value, String name) throws MalformedException {
        List<Value> list = list(value, name, 2);
        return new Fq2(coordinate(list.get(0), name), coordinate(list.get(1), name));
    }

    private static Fq coordinate(Value value, String name) throws MalformedException {
        return Fq.of(element(value, name, PrimeField.FQ));
    }

    private static List<Value> list(Value value, String name, int size) throws MalformedException {
        if (!(value instanceof Value.Elements elements) || elements.list().size() != size) {
            throw new MalformedException(name + " is not an array of " + size);
        }
        return elements.list();
    }

    private static String text(Value value, String name) throws MalformedException {
        if (!(value instanceof Value.Text text)) {
            throw new MalformedException(name + " is not a string");
        }
        return text.string();
    }

    /** A canonical decimal below the modulus. */
    private static BigInteger element(Value value, String name, PrimeField field) throws MalformedException {
        String digits = text(value, name);
        if (digits.length() > 78 || !digits.matches("0|[1-9][0-9]*")) {
            throw new MalformedException(name + " is not a canonical decimal");
        }
        BigInteger number = new BigInteger(digits);
        if (!field.contains(number)) {
            throw new MalformedException(name + " is not below the modulus");
        }
        return number;
    }
}
