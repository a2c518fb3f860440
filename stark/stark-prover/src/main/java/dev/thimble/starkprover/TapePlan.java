package dev.thimble.starkprover;

import dev.thimble.air.Tape;
import dev.thimble.air.Tape.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A tape scheduled for evaluation over blocks of rows: the nodes that some consumer needs, in an order that keeps few
 * values alive, each in a register that is reused after its last use.
 *
 * <p>A consumer is a list of nodes; it runs as soon as its nodes are known. Nodes that depend on no column are scalars:
 * they are computed once per proof. A product with one use that is added to a dying sum is added in place.
 */
final class TapePlan {
    /** One step over a block. */
    sealed interface Step {
        /** out = a op b. */
        record Compute(Op op, Operand a, Operand b, Operand out) implements Step {}

        /** sum = sum + a·b, in place. */
        record MultiplyAdd(Operand a, Operand b, Operand sum) implements Step {}

        /** Hands values to consumer {@code index}. */
        record Consume(int index, List<Operand> values) implements Step {}
    }

    private final Tape tape;
    private final boolean[] scalar;
    private final int[] uses;
    private final int[] fused;
    private final Operand[] place;
    private final List<Step> steps = new ArrayList<>();
    private final Registers base = new Registers();
    private final Registers extension = new Registers();

    private TapePlan(Tape tape) {
        this.tape = tape;
        this.scalar = scalars(tape);
        this.uses = new int[tape.size()];
        this.fused = new int[tape.size()];
        this.place = new Operand[tape.size()];
        Arrays.fill(fused, -1);
    }

    /** Schedules the nodes that the consumers need. */
    static TapePlan compile(Tape tape, List<List<Integer>> consumers) {
        TapePlan plan = new TapePlan(tape);
        boolean[] root = new boolean[tape.size()];
        plan.countUses(consumers, root);
        plan.fuse(root);
        for (int i = 0; i < consumers.size(); i++) {
            plan.schedule(i, consumers.get(i));
        }
        return plan;
    }

    List<Step> steps() {
        return steps;
    }

    int baseRegisters() {
        return base.count;
    }

    int extensionRegisters() {
        return extension.count;
    }

    /** Which nodes depend on no column. */
    static boolean[] scalars(Tape tape) {
        boolean[] scalar = new boolean[tape.size()];
        for (int node = 0; node < scalar.length; node++) {
            scalar[node] = switch (tape.ops()[node]) {
                case CONSTANT, PUBLIC, CHALLENGE -> true;
                case PREPROCESSED, SHARED, MAIN, LOOKUP -> false;
                case ADD, SUB, MUL -> scalar[tape.a()[node]] && scalar[tape.b()[node]];
            };
        }
        return scalar;
    }

    private boolean isComputed(int node) {
        return !scalar[node] && !tape.ops()[node].isLeaf();
    }

    private void countUses(List<List<Integer>> consumers, boolean[] root) {
        for (List<Integer> nodes : consumers) {
            for (int node : nodes) {
                root[node] = true;
                uses[node]++;
            }
        }
        for (int node = tape.size() - 1; node >= 0; node--) {
            if (uses[node] > 0 && isComputed(node)) {
                uses[tape.a()[node]]++;
                uses[tape.b()[node]]++;
            }
        }
    }

    private void fuse(boolean[] root) {
        for (int node = 0; node < tape.size(); node++) {
            if (uses[node] > 0 && isComputed(node) && tape.ops()[node] == Op.ADD) {
                int a = tape.a()[node];
                int b = tape.b()[node];
                if (canFuse(node, a, b, root)) {
                    fused[node] = b;
                } else if (canFuse(node, b, a, root)) {
                    fused[node] = a;
                }
            }
        }
    }

    /** Whether node = sum + product can be computed in the register of {@code sum}. */
    private boolean canFuse(int node, int sum, int product, boolean[] root) {
        boolean[] isExtension = tape.extension();
        return isComputed(sum)
                && isComputed(product)
                && tape.ops()[product] == Op.MUL
                && uses[sum] == 1
                && uses[product] == 1
                && !root[sum]
                && !root[product]
                && isExtension[sum] == isExtension[node]
                && isExtension[product] == isExtension[node];
    }

    private void schedule(int consumer, List<Integer> nodes) {
        nodes.forEach(this::emit);
        List<Operand> values = nodes.stream().map(this::operand).toList();
        steps.add(new Step.Consume(consumer, values));
        nodes.forEach(this::release);
    }

    /** Emits a node after what it needs, depth first with a stack of its own. */
    private void emit(int root) {
        Deque<Integer> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            int node = stack.peek();
            if (!isComputed(node) || isPlaced(node)) {
                stack.pop();
                continue;
            }
            int waiting = stack.size();
            for (int needed : needs(node)) {
                if (isComputed(needed) && !isPlaced(needed)) {
                    stack.push(needed);
                }
            }
            if (stack.size() == waiting) {
                stack.pop();
                compute(node);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // places are filled once
    private boolean isPlaced(int node) {
        return place[node] != null;
    }

    /** The nodes that must be known first; the last is emitted first, so that the factors of a product live shortest. */
    private int[] needs(int node) {
        int a = tape.a()[node];
        int b = tape.b()[node];
        if (fused[node] < 0) {
            return new int[] {a, b};
        }
        int product = fused[node];
        int sum = product == a ? b : a;
        return new int[] {tape.a()[product], tape.b()[product], sum};
    }

    private void compute(int node) {
        int[] needs = needs(node);
        if (fused[node] >= 0) {
            Operand sum = operand(needs[2]);
            steps.add(new Step.MultiplyAdd(operand(needs[0]), operand(needs[1]), sum));
            release(needs[0]);
            release(needs[1]);
            place[node] = sum;
            return;
        }
        Operand a = operand(needs[0]);
        Operand b = operand(needs[1]);
        release(needs[0]);
        release(needs[1]);
        boolean isExtension = tape.extension()[node];
        Operand out = isExtension
                ? new Operand(Operand.Kind.EXT_REGISTER, extension.take(), 0)
                : new Operand(Operand.Kind.BASE_REGISTER, base.take(), 0);
        place[node] = out;
        steps.add(new Step.Compute(tape.ops()[node], a, b, out));
    }

    private void release(int node) {
        uses[node]--;
        if (uses[node] == 0 && isComputed(node)) {
            Operand register = place[node];
            (register.isExtension() ? extension : base).give(register.index());
        }
    }

    private Operand operand(int node) {
        if (scalar[node]) {
            boolean isExtension = tape.extension()[node];
            return new Operand(isExtension ? Operand.Kind.EXT_SCALAR : Operand.Kind.BASE_SCALAR, node, 0);
        }
        int column = tape.columnIndex(node);
        int rotation = tape.rotation(node);
        return switch (tape.ops()[node]) {
            case PREPROCESSED -> new Operand(Operand.Kind.PREPROCESSED, column, rotation);
            case SHARED -> new Operand(Operand.Kind.SHARED, column, rotation);
            case MAIN -> new Operand(Operand.Kind.MAIN, column, rotation);
            case LOOKUP -> new Operand(Operand.Kind.LOOKUP, column, rotation);
            case CONSTANT, PUBLIC, CHALLENGE -> throw new IllegalStateException("scalar leaf");
            case ADD, SUB, MUL -> place[node];
        };
    }

    /** Registers of one kind: the lowest free one is taken. */
    private static final class Registers {
        private final Deque<Integer> free = new ArrayDeque<>();
        private int count;

        int take() {
            return free.isEmpty() ? count++ : free.pop();
        }

        void give(int register) {
            free.push(register);
        }
    }
}
