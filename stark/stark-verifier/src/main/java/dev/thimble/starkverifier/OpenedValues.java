package dev.thimble.starkverifier;

import dev.thimble.field.Ext4;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of committed columns at ζ and ζ·w, addressed by column; their order is that of {@link ProofShape}. */
public final class OpenedValues {
    private static final Ext4[] BASIS = {
        Ext4.ONE, new Ext4(0, Ext4.ONE.c0(), 0, 0), new Ext4(0, 0, Ext4.ONE.c0(), 0), new Ext4(0, 0, 0, Ext4.ONE.c0())
    };

    private final Map<Commitment, List<Ext4>> current = new EnumMap<>(Commitment.class);
    private final Map<Commitment, Map<Integer, Ext4>> next = new EnumMap<>(Commitment.class);

    /**
     * Splits the lists by matrix.
     *
     * @throws IllegalArgumentException if their lengths are not those of the shape
     */
    public OpenedValues(ProofShape shape, List<Ext4> currentValues, List<Ext4> nextValues) {
        if (currentValues.size() != shape.currentOpenings() || nextValues.size() != shape.nextOpenings()) {
            throw new IllegalArgumentException("opened values must be " + shape.currentOpenings() + " and "
                    + shape.nextOpenings() + ": " + currentValues.size() + " and " + nextValues.size());
        }
        int at = 0;
        int nextAt = 0;
        for (ProofShape.Matrix matrix : shape.matrices()) {
            current.put(matrix.commitment(), new ArrayList<>(currentValues.subList(at, at + matrix.width())));
            at += matrix.width();
            Map<Integer, Ext4> byColumn = new HashMap<>();
            for (int column : matrix.nextColumns()) {
                byColumn.put(column, nextValues.get(nextAt++));
            }
            next.put(matrix.commitment(), byColumn);
        }
    }

    /** The value of base column {@code column} at ζ (rotation 0) or ζ·w (rotation 1). */
    public Ext4 base(Commitment commitment, int column, int rotation) {
        Ext4 value = rotation == 0
                ? current.getOrDefault(commitment, List.of()).get(column)
                : next.getOrDefault(commitment, Map.of()).get(column);
        if (value == null) {
            throw new IllegalArgumentException(commitment + " column " + column + " is not opened at the next row");
        }
        return value;
    }

    /** The value of an extension column: Σ xⁱ·(base column 4·column + i), x the generator of the extension. */
    public Ext4 extension(Commitment commitment, int column, int rotation) {
        Ext4 sum = Ext4.ZERO;
        for (int i = 0; i < Ext4.DEGREE; i++) {
            sum = sum.plus(BASIS[i].times(base(commitment, Ext4.DEGREE * column + i, rotation)));
        }
        return sum;
    }
}
