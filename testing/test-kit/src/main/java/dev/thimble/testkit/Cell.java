package dev.thimble.testkit;

import dev.thimble.air.Stage;

/**
 * A cell that a forger may change.
 *
 * @param instance the position of the circuit instance in its {@link ForgedBatch}; −1 for a claimed message
 * @param stage the stage of the column; of no meaning for a claimed message
 * @param column the column within its stage, or the element of the claimed message
 * @param row the row, or the number of the claimed message
 */
public record Cell(int instance, Stage stage, int column, int row) {
    static final int CLAIM = -1;

    /** Element {@code element} of claimed message {@code message}. */
    static Cell ofClaim(int message, int element) {
        return new Cell(CLAIM, Stage.SHARED, element, message);
    }
}
