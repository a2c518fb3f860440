package dev.thimble.testkit;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.field.KoalaBear;
import dev.thimble.testkit.MutationHarness.Place;
import dev.thimble.testkit.MutationHarness.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks for a second accepted batch beside an honest one: changes one cell, repairs what fails, with nothing left out of any
 * circuit. Most cells that are free are harmless, on rows that do not use them; a forgery is one after which some global
 * message is another.
 */
public final class DeterminismSearch {
    private static final int FEW_WRONG = 4;

    private final Scene scene;
    private final Set<Cell> given;
    private int attempts;

    /** {@code given}: the cells that decide the execution, which a forger must leave: input and hints. */
    public DeterminismSearch(Scene scene, Set<Cell> given) {
        this.scene = scene;
        this.given = Set.copyOf(given);
    }

    /** All forgeries that start in every n-th place, with so many repair steps each. */
    public List<List<Cell>> forgeries(int everyPlace, int steps) {
        List<List<Cell>> forgeries = new ArrayList<>();
        for (int i = 0; i < scene.places().size(); i += everyPlace) {
            Place place = scene.places().get(i);
            var columns = scene.batch()
                    .instances
                    .get(place.instance())
                    .circuit()
                    .program
                    .columns();
            for (Stage stage : List.of(Stage.SHARED, Stage.MAIN)) {
                for (Column column : columns.getOrDefault(stage, List.of())) {
                    Cell cell = new Cell(place.instance(), stage, column.index(), place.row());
                    if (!given.contains(cell)) {
                        change(cell, steps, forgeries);
                    }
                }
            }
        }
        return forgeries;
    }

    /** How many changes were tried. */
    public int attempts() {
        return attempts;
    }

    private void change(Cell cell, int steps, List<List<Cell>> forgeries) {
        ForgedBatch batch = scene.batch();
        int old = batch.get(cell);
        int flipped = old == 0 ? 1 : old - 1;
        for (int value : new int[] {flipped, old == KoalaBear.P - 1 ? 0 : old + 1}) {
            batch.set(cell, value);
            attempts++;
            if (batch.failures().size() <= FEW_WRONG) {
                ForgerySearch search = new ForgerySearch(batch, failure -> false, given);
                if (search.repair(steps, ForgedBatch::saysOtherwise)) {
                    forgeries.add(batch.changedCells());
                }
            }
            batch.undoTo(0);
        }
    }
}
