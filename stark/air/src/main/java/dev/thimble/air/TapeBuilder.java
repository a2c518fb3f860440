package dev.thimble.air;

import dev.thimble.air.Tape.Op;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grows a tape. Equal nodes get one id, constants are folded, neutral elements vanish. */
final class TapeBuilder {
    private record Node(Op op, int a, int b) {}

    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> degrees = new ArrayList<>();
    private final List<Boolean> extensions = new ArrayList<>();
    private final Map<Node, Integer> ids = new HashMap<>();

    int constant(long value) {
        return add(new Node(Op.CONSTANT, (int) Math.floorMod(value, (long) KoalaBear.P), 0), 0, false);
    }

    int column(Stage stage, int index, int rotation) {
        Op op = switch (stage) {
            case PREPROCESSED -> Op.PREPROCESSED;
            case SHARED -> Op.SHARED;
            case MAIN -> Op.MAIN;
            case LOOKUP -> Op.LOOKUP;
        };
        return add(new Node(op, 0, 2 * index + rotation), 1, stage == Stage.LOOKUP);
    }

    int publicInput(int index) {
        return add(new Node(Op.PUBLIC, index, 0), 0, false);
    }

    int challenge(int index) {
        return add(new Node(Op.CHALLENGE, index, 0), 0, true);
    }

    int combine(Op op, int x, int y) {
        Node left = nodes.get(x);
        Node right = nodes.get(y);
        if (left.op == Op.CONSTANT && right.op == Op.CONSTANT) {
            return constant(fold(op, left.a, right.a));
        }
        if (isConstant(right, 0)) {
            return op == Op.MUL ? y : x;
        }
        if (isConstant(left, 0) && op != Op.SUB) {
            return op == Op.MUL ? x : y;
        }
        if (op == Op.MUL && isConstant(right, 1)) {
            return x;
        }
        if (op == Op.MUL && isConstant(left, 1)) {
            return y;
        }
        boolean swap = op != Op.SUB && x > y;
        int degree = op == Op.MUL ? degree(x) + degree(y) : Math.max(degree(x), degree(y));
        return add(new Node(op, swap ? y : x, swap ? x : y), degree, isExtension(x) || isExtension(y));
    }

    int degree(int node) {
        return degrees.get(node);
    }

    boolean isExtension(int node) {
        return extensions.get(node);
    }

    /** True iff every column that the node depends on is of a stage up to the given one, on the current row or the next. */
    boolean dependsOnlyUpTo(int node, Stage stage) {
        Node n = nodes.get(node);
        return switch (n.op) {
            case CONSTANT -> true;
            case PREPROCESSED -> true;
            case SHARED -> stage.compareTo(Stage.SHARED) >= 0;
            case MAIN -> stage.compareTo(Stage.MAIN) >= 0;
            case LOOKUP, CHALLENGE -> stage == Stage.LOOKUP;
            case PUBLIC -> false;
            case ADD, SUB, MUL -> dependsOnlyUpTo(n.a, stage) && dependsOnlyUpTo(n.b, stage);
        };
    }

    Tape build() {
        int size = nodes.size();
        Op[] ops = new Op[size];
        int[] a = new int[size];
        int[] b = new int[size];
        boolean[] extension = new boolean[size];
        for (int i = 0; i < size; i++) {
            Node node = nodes.get(i);
            ops[i] = node.op;
            a[i] = node.a;
            b[i] = node.b;
            extension[i] = extensions.get(i);
        }
        return new Tape(ops, a, b, extension);
    }

    private int add(Node node, int degree, boolean extension) {
        Integer known = ids.get(node);
        if (known != null) {
            return known;
        }
        int id = nodes.size();
        nodes.add(node);
        degrees.add(degree);
        extensions.add(extension);
        ids.put(node, id);
        return id;
    }

    private static boolean isConstant(Node node, int value) {
        return node.op == Op.CONSTANT && node.a == value;
    }

    private static long fold(Op op, long x, long y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y % KoalaBear.P;
            default -> throw new IllegalArgumentException("op must be arithmetic, got " + op);
        };
    }
}
