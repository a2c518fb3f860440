package dev.thimble.air;

/**
 * A typed channel of messages: the multiset of tuples given equals the multiset of tuples taken.
 *
 * @param name the name in reports and formulas
 * @param tag a non-zero literal that separates this bus from all others in the fingerprint
 * @param arity the number of field elements of every message, at most {@link #MAX_ARITY}
 * @param scope where the messages cancel
 */
public record Bus(String name, int tag, int arity, Scope scope) {
    /** The number of independent message coefficients, without the one for the tag. */
    public static final int MAX_ARITY = 16;

    /** Where a bus closes. */
    public enum Scope {
        /** Inside one proof; its challenges come from the proof's own transcript. */
        LOCAL,
        /** Over all instances of a batch; its challenges come from the batch seed. */
        GLOBAL
    }

    public Bus {
        if (tag <= 0) {
            throw new IllegalArgumentException("tag of bus " + name + " must be positive, got " + tag);
        }
        if (arity < 1 || arity > MAX_ARITY) {
            throw new IllegalArgumentException("arity of bus " + name + " must be 1 to 16, got " + arity);
        }
    }

    public static Bus local(String name, int tag, int arity) {
        return new Bus(name, tag, arity, Scope.LOCAL);
    }

    public static Bus global(String name, int tag, int arity) {
        return new Bus(name, tag, arity, Scope.GLOBAL);
    }
}
