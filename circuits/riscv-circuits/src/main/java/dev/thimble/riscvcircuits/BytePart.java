package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;

/**
 * Bytes and bitwise operations.
 *
 * <p>On every row x and y are words of bytes and andᵢ = xᵢ AND yᵢ. What x and y stand for depends on the row: operands a
 * and y for bitwise operations and products, quotient and divisor for divisions, a half-word of memory and the value stored
 * for sub-word accesses.
 */
final class BytePart {
    private BytePart() {}

    static void define(Constraints cs, MainVmColumns c) {
        for (int i = 0; i < 4; i++) {
            cs.take(
                    "byte " + i + " of x AND y",
                    Buses.TABLE,
                    cs.constant(1),
                    cs.constant(LookupTable.AND),
                    c.bytes.x().get(i),
                    c.bytes.y().get(i),
                    c.bytes.and().get(i));
        }
        operands(cs, c);
        for (int i = 0; i < 2; i++) {
            bitwise(cs, c, i);
        }
    }

    private static void operands(Constraints cs, MainVmColumns c) {
        Word a = c.operands.a();
        Word y = c.operands.y();
        Word b = c.operands.b();
        var xIsA = c.is(Kind.AND, Kind.OR, Kind.XOR, Kind.MUL, Kind.MULH, Kind.SLL);
        var yIsY = c.is(Kind.AND, Kind.OR, Kind.XOR, Kind.MUL, Kind.MULH);
        var yIsB = c.is(Kind.STORES);
        cs.whenEqual("x is a, low limb", xIsA, c.bytes.xLimb(0), a.low());
        cs.whenEqual("x is a, high limb", xIsA, c.bytes.xLimb(1), a.high());
        cs.whenEqual("y bytes are y, low limb", yIsY, c.bytes.yLimb(0), y.low());
        cs.whenEqual("y bytes are y, high limb", yIsY, c.bytes.yLimb(1), y.high());
        cs.whenEqual("y bytes are b, low limb", yIsB, c.bytes.yLimb(0), b.low());
        cs.whenEqual("y bytes are b, high limb", yIsB, c.bytes.yLimb(1), b.high());
    }

    /** x OR y = x + y − (x AND y), x XOR y = x + y − 2·(x AND y). */
    private static void bitwise(Constraints cs, MainVmColumns c, int limb) {
        var result = limb == 0 ? c.operands.result().low() : c.operands.result().high();
        Expr and =
                c.bytes.and().get(2 * limb).plus(c.bytes.and().get(2 * limb + 1).times(256));
        Expr sum = c.bytes.xLimb(limb).plus(c.bytes.yLimb(limb));
        cs.whenEqual("AND, limb " + limb, c.is(Kind.AND), result, and);
        cs.whenEqual("OR, limb " + limb, c.is(Kind.OR), result, sum.minus(and));
        cs.whenEqual("XOR, limb " + limb, c.is(Kind.XOR), result, sum.minus(and.times(2)));
    }
}
