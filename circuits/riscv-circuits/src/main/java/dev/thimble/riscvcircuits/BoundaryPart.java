package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Term;

/**
 * The link between memory inside the segment and memory between segments: one record per touched address.
 *
 * <p>A selected record takes MEMORY(space, address, in, timestampIn) and gives MEMORY(space, address, out, segment + 1) on the
 * global bus, gives the first access message (time 0) and takes the last one on the local bus, all four by the same
 * selector cell; and timestampIn ≤ segment. Two records of one address in one segment are excluded by the global bus only.
 */
final class BoundaryPart {
    private BoundaryPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        MainVmColumns.Boundary r = c.boundary;
        Term segment = c.state.segment();
        Term in = r.timestampIn();
        cs.take("value enters", Buses.MEMORY, r.selected(), r.space(), r.address(), r.in().low(), r.in().high(), in);
        cs.give(
                "value leaves",
                Buses.MEMORY,
                r.selected(),
                r.space(),
                r.address(),
                r.out().low(),
                r.out().high(),
                segment.plus(1));
        cs.give(
                "first access",
                Buses.ACCESS,
                r.selected(),
                r.space(),
                r.address(),
                r.in().low(),
                r.in().high(),
                cs.constant(0));
        cs.take(
                "last access",
                Buses.ACCESS,
                r.selected(),
                r.space(),
                r.address(),
                r.out().low(),
                r.out().high(),
                r.lastTime());
        LookupTable.range(cs, "timestampIn is not later", r.selected(), cs.constant(16), segment.minus(in));
    }
}
