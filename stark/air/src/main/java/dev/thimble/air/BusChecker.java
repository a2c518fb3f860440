package dev.thimble.air;

import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts messages exactly and names those that do not cancel: the debugger of the buses.
 *
 * <p>Multiplicities are counted in the field, as LogUp does: a message is unbalanced iff its net multiplicity is not zero
 * modulo p.
 */
public final class BusChecker {
    /** A message whose copies given and taken do not cancel; elements are canonical. */
    public record Unbalanced(String bus, List<Integer> tuple, int net, List<String> seenAt) {
        @Override
        public String toString() {
            return bus + tuple + " net " + (net > KoalaBear.P / 2 ? net - KoalaBear.P : net) + ", seen at " + seenAt;
        }
    }

    private record Message(String bus, List<Integer> tuple) {}

    private static final class Count {
        private static final int SEEN_LIMIT = 4;
        private int net;
        private final List<String> seen = new ArrayList<>();

        void add(int multiplicity, String where) {
            net = KoalaBear.add(net, multiplicity);
            if (seen.size() < SEEN_LIMIT) {
                seen.add(where);
            }
        }
    }

    private final Bus.Scope scope;
    private final Map<Message, Count> counts = new LinkedHashMap<>();

    /** Counts the messages of one scope; local ones are meaningful for one instance only. */
    public BusChecker(Bus.Scope scope) {
        this.scope = scope;
    }

    /** The unbalanced local messages of one instance. */
    public static List<Unbalanced> local(AirProgram program, Trace trace, int[] publicInputs) {
        BusChecker checker = new BusChecker(Bus.Scope.LOCAL);
        checker.add(program, trace, publicInputs);
        return checker.unbalanced();
    }

    /** Adds all messages of an instance. */
    public void add(AirProgram program, Trace trace, int[] publicInputs) {
        List<Interaction> interactions = program.interactions(scope);
        BaseRow reader = new BaseRow(program, trace, publicInputs);
        for (int row = 0; row < trace.height(); row++) {
            reader.evaluate(row);
            for (Interaction interaction : interactions) {
                int multiplicity = reader.value(interaction.multiplicity());
                if (multiplicity != 0) {
                    add(program, reader, interaction, multiplicity, row);
                }
            }
        }
    }

    private void add(AirProgram program, BaseRow reader, Interaction interaction, int multiplicity, int row) {
        List<Integer> tuple = interaction.tuple().stream()
                .map(node -> KoalaBear.toCanonical(reader.value(node)))
                .toList();
        int signed = interaction.sign() > 0 ? multiplicity : KoalaBear.neg(multiplicity);
        counts.computeIfAbsent(new Message(interaction.bus().name(), tuple), key -> new Count())
                .add(signed, program.name() + " row " + row + " '" + interaction.name() + "'");
    }

    /** Adds one message from outside, such as a boundary message; sign +1 or −1, elements canonical. */
    public void add(Bus bus, int sign, int... tuple) {
        List<Integer> elements = Arrays.stream(tuple).boxed().toList();
        int one = KoalaBear.fromCanonical(1);
        counts.computeIfAbsent(new Message(bus.name(), elements), key -> new Count())
                .add(sign > 0 ? one : KoalaBear.neg(one), "boundary");
    }

    /** Every message that does not cancel. */
    public List<Unbalanced> unbalanced() {
        List<Unbalanced> result = new ArrayList<>();
        counts.forEach((message, count) -> {
            if (count.net != 0) {
                result.add(new Unbalanced(message.bus, message.tuple, KoalaBear.toCanonical(count.net), count.seen));
            }
        });
        return result;
    }
}
