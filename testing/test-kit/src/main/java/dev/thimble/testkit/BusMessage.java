package dev.thimble.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message on a bus: the instance that a local bus belongs to (−1 for a global one), the bus's tag, canonical elements. */
final class BusMessage {
    final int instance;
    final int tag;
    final int[] tuple;
    private final int hash;

    BusMessage(int instance, int tag, int[] tuple) {
        this.instance = instance;
        this.tag = tag;
        this.tuple = tuple;
        this.hash = 31 * (31 * instance + tag) + Arrays.hashCode(tuple);
    }

    /** The same message with one more element fixed: a key of the tables' prefixes. */
    static BusMessage prefix(int instance, int tag, int[] tuple, int length) {
        return new BusMessage(instance, tag, Arrays.copyOf(tuple, length));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BusMessage m
                && hash == m.hash
                && instance == m.instance
                && tag == m.tag
                && Arrays.equals(tuple, m.tuple);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "bus " + tag + Arrays.toString(tuple) + (instance < 0 ? "" : " of instance " + instance);
    }
}
