package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.riscv.SegmentLog;
import dev.thimble.testkit.Cell;
import dev.thimble.testkit.DeterminismSearch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Input and hints decide an execution: no second batch is accepted that says anything else on the global bus. */
class DeterminismTest {
    private static final int STEPS = 14;

    private static AttackScenes scenes;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, attack.program(), attack.input()));
    }

    @Test
    void noSecondExecutionIsFoundInSomePlaces() {
        search(40);
    }

    @Tag("full")
    @Test
    void noSecondExecutionIsFoundAnywhere() {
        search(1);
    }

    private static void search(int everyPlace) {
        DeterminismSearch search = new DeterminismSearch(scenes.honest("honest"), given());
        assertThat(search.forgeries(everyPlace, STEPS)).isEmpty();
        assertThat(search.attempts()).isGreaterThan(1000);
    }

    /** Initial words of MEMORY, and the words that system calls write. */
    private static Set<Cell> given() {
        Set<Cell> given = new HashSet<>();
        for (int row = 0; row < scenes.batch.memory.size(); row++) {
            for (String column : List.of("initial.low", "initial.high")) {
                given.add(AttackScenes.change(scenes.memory, 1, column, row, 0).cell());
            }
        }
        SegmentLog log = scenes.batch.logs.getFirst();
        for (int row = 0; row < log.rows(); row++) {
            if (log.transferIndex()[row] >= 0) {
                for (String column : List.of("memory.new.low", "memory.new.high")) {
                    given.add(AttackScenes.change(scenes.mainVm, 0, column, row, 0)
                            .cell());
                }
            }
        }
        return given;
    }
}
