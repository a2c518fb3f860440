package dev.thimble.riscvcircuits;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;
import dev.thimble.riscv.MemoryMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * MEMORY: one row per address touched in the whole batch.
 *
 * <p>Given the addresses in strictly ascending order of (space, address), over all instances, proves that each has exactly
 * one initial and one final message: it gives MEMORY(space, address, initial, 0) and takes
 * MEMORY(space, address, final, timestamp). The initial value is 0 for registers and for RAM behind the data image, the
 * image's word inside it, and free (but a word) in the input region. The order is carried from instance to instance by
 * CHAIN messages and ends with a message that has no free value.
 *
 * <p>Source: docs/book/memory.md.
 */
public final class MemoryCircuit implements Air {
    private static final int SPACE_BITS = 28;
    /** What stands in rows of the image table behind the image: above every address that a row can have. */
    static final int NO_ADDRESS = 1 << SPACE_BITS;

    private static final int REGION_BITS = 27;
    private static final int KEY_BITS = 30;
    private static final int INPUT_BASE = MemoryMap.INPUT_BASE >>> 2;

    /** Preprocessed: first and last row; the first word address behind the image; the image. */
    record Fixed(
            Column isFirst, Column isLast, Column imageEnd, Column imageAddress, Column imageLow, Column imageHigh) {
        static Fixed in(Constraints cs) {
            return new Fixed(
                    cs.preprocessed("isFirst"),
                    cs.preprocessed("isLast"),
                    cs.preprocessed("imageEnd"),
                    cs.preprocessed("image.address"),
                    cs.preprocessed("image.low"),
                    cs.preprocessed("image.high"));
        }
    }

    /** Shared: the record of the row and the chain of keys. */
    record Entry(
            Column instance,
            Column selected,
            Column space,
            Column address,
            Word initial,
            Word last,
            Column timestamp,
            Column previousKey,
            Column ended) {
        static Entry in(Constraints cs) {
            return new Entry(
                    cs.shared("instance"),
                    cs.shared("selected"),
                    cs.shared("space"),
                    cs.shared("address"),
                    Word.shared(cs, "initial"),
                    Word.shared(cs, "final"),
                    cs.shared("timestamp"),
                    cs.shared("previousKey"),
                    cs.shared("ended"));
        }
    }

    /** Main: the region of the address, its offset in it, limbs of differences, and the image's multiplicity. */
    record Region(
            Column isImage, Column isRam, Column isInput, Column offset, Column offsetLow, Column gapLow, Column uses) {
        static Region in(Constraints cs) {
            return new Region(
                    cs.main("isImage"),
                    cs.main("isRam"),
                    cs.main("isInput"),
                    cs.main("offset"),
                    cs.main("offset.low"),
                    cs.main("gap.low"),
                    cs.main("image.multiplicity"));
        }
    }

    /** All columns but those of the lookup table. */
    record Layout(Fixed fixed, Entry row, Region region) {}

    private final Profile profile;
    private final LookupTable table;
    private @Nullable Layout layout;
    private final AirProgram program;

    public MemoryCircuit(Profile profile) {
        this.profile = profile;
        this.table = new LookupTable(profile.logHeight())
                .withRange(0)
                .withRange(REGION_BITS - 16)
                .withRange(KEY_BITS - 16)
                .withRange(16);
        this.program = AirProgram.compile(this);
    }

    @Override
    public String name() {
        return "MEMORY";
    }

    @Override
    public int logHeight() {
        return profile.logHeight();
    }

    public AirProgram program() {
        return program;
    }

    LookupTable table() {
        return table;
    }

    Layout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    @Override
    public void define(Constraints cs) {
        Layout c = new Layout(Fixed.in(cs), Entry.in(cs), Region.in(cs));
        layout = c;
        table.define(cs);
        flags(cs, c);
        initialValues(cs, c);
        regions(cs, c);
        order(cs, c);
        messages(cs, c);
    }

    private static void flags(Constraints cs, Layout c) {
        for (Column flag : new Column[] {
            c.row.selected, c.row.space, c.row.ended, c.region.isImage, c.region.isRam, c.region.isInput
        }) {
            cs.bool(flag.name() + " is a flag", flag);
        }
        cs.transition("instance is constant", c.row.instance.next().minus(c.row.instance));
        cs.last("the last row is not selected", c.row.selected);
        cs.zero("nothing is selected after the end", c.row.ended.times(c.row.selected));
        cs.first("the first row is before the end", c.row.ended);
        cs.transition("the end lasts", c.row.ended.times(c.row.ended.next().not()));
    }

    private static void initialValues(Constraints cs, Layout c) {
        Term words = c.row.selected.times(c.row.space);
        cs.equal(
                "a word is image, RAM or input",
                c.region.isImage.plus(c.region.isRam).plus(c.region.isInput),
                words);
        Expr zero = c.region.isImage.plus(c.region.isInput).not();
        cs.zero("registers and RAM start as 0, low limb", zero.times(c.row.initial.low()));
        cs.zero("registers and RAM start as 0, high limb", zero.times(c.row.initial.high()));
        cs.take("image word", Buses.IMAGE, c.region.isImage, c.row.address, c.row.initial.low(), c.row.initial.high());
        cs.give(
                "image gives its words",
                Buses.IMAGE,
                c.region.uses,
                c.fixed.imageAddress,
                c.fixed.imageLow,
                c.fixed.imageHigh);
        LookupTable.range(cs, "initial value, low limb", 16, c.row.initial.low());
        LookupTable.range(cs, "initial value, high limb", 16, c.row.initial.high());
    }

    /** The offset of the address in its region has 27 bits: so every address has 28, and RAM lies behind the image. */
    private static void regions(Constraints cs, Layout c) {
        Expr base = c.region.isRam.times(c.fixed.imageEnd).plus(c.region.isInput.times(INPUT_BASE));
        cs.equal("offset in the region", c.row.selected.times(c.row.address), c.region.offset.plus(base));
        Expr high = c.region.offset.minus(c.region.offsetLow).times(Inverses.OF_2_16);
        LookupTable.range(cs, "offset, low limb", 16, c.region.offsetLow);
        LookupTable.range(cs, "offset, high limb", REGION_BITS - 16, high);
    }

    /** Key = 1 + address + 2^28·space; keys of selected rows ascend strictly; an ended chain has key 0. */
    private static void order(Constraints cs, Layout c) {
        Column previous = c.row.previousKey;
        Expr key = c.row.address.plus(c.row.space.times(1 << SPACE_BITS)).plus(1);
        Expr gap = key.minus(previous).minus(1);
        Expr high = gap.minus(c.region.gapLow).times(Inverses.OF_2_16);
        LookupTable.range(cs, "key gap, low limb", c.row.selected, cs.constant(16), c.region.gapLow);
        LookupTable.range(cs, "key gap, high limb", c.row.selected, cs.constant(KEY_BITS - 16), high);
        Expr latest = previous.plus(c.row.selected.times(key.minus(previous)));
        cs.transition(
                "next previous key",
                previous.next().minus(latest.times(c.row.ended.next().not())));
    }

    private static void messages(Constraints cs, Layout c) {
        Entry r = c.row;
        cs.give(
                "initial value",
                Buses.MEMORY,
                r.selected,
                r.space,
                r.address,
                r.initial.low(),
                r.initial.high(),
                cs.constant(0));
        cs.take("final value", Buses.MEMORY, r.selected, r.space, r.address, r.last.low(), r.last.high(), r.timestamp);
        cs.take("chain enters", Buses.CHAIN, c.fixed.isFirst, r.instance, r.previousKey, cs.constant(0));
        cs.give("chain leaves", Buses.CHAIN, c.fixed.isLast, r.instance.plus(1), r.previousKey, r.ended);
    }
}
