package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.StfCost;
import dev.thimble.server.SealCriterion.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealCriterionTest {
    /** A block of so much gas, whose header has 600 bytes and the rest so many. */
    private static OpenBlock block(long gas, long dataBytes) {
        return new OpenBlock(l2Block(gas, dataBytes), Optional.empty(), false);
    }

    private static L2Block l2Block(long gas, long dataBytes) {
        BlockHeader header = new BlockHeader(new byte[600], Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO, 1, gas, 0);
        return new L2Block(new Block(new byte[600 + (int) dataBytes], header, List.of()));
    }

    /** A block whose execution took so much. */
    private static OpenBlock measured(long cycles, long rows) {
        StfCost cost = new StfCost(cycles, rows, 1, 10, new StfCost.Calls(1, 2, 3));
        return new OpenBlock(l2Block(0, 0), Optional.of(cost), false);
    }

    private static OpenBlock refused() {
        return new OpenBlock(l2Block(0, 0), Optional.empty(), true);
    }

    private static Optional<Decision> decide(List<OpenBlock> open, SealCriterion... criteria) {
        return SealCriterion.decide(List.of(criteria), open, Duration.ZERO);
    }

    /** So many rows are too many for one proof. */
    private static SealCriterion.Provable below(long rows) {
        return new SealCriterion.Provable(
                cost -> cost.rows() < rows ? Optional.empty() : Optional.of(cost.rows() + " rows"));
    }

    private static final List<OpenBlock> THREE = List.of(block(100, 0), block(50, 400), block(200, 0));

    private static Optional<Decision> decide(Duration age, SealCriterion... criteria) {
        return SealCriterion.decide(List.of(criteria), THREE, age);
    }

    @Test
    void countsBlocks() {
        assertThat(decide(Duration.ZERO, new SealCriterion.Blocks(2))).contains(new Decision(2, "blocks"));
        assertThat(decide(Duration.ZERO, new SealCriterion.Blocks(3))).contains(new Decision(3, "blocks"));
        assertThat(decide(Duration.ZERO, new SealCriterion.Blocks(4))).isEmpty();
    }

    @Test
    void endsBeforeTheBlockThatDoesNotFit() {
        assertThat(decide(Duration.ZERO, new SealCriterion.Gas(150))).contains(new Decision(2, "gas"));
        assertThat(decide(Duration.ZERO, new SealCriterion.Gas(350))).isEmpty();
        assertThat(decide(Duration.ZERO, new SealCriterion.DataSize(1_600))).contains(new Decision(2, "data_size"));
    }

    /** A block that alone exceeds a limit is a batch of its own instead of standing still for ever. */
    @Test
    void alwaysAdmitsOneBlock() {
        assertThat(decide(Duration.ZERO, new SealCriterion.Gas(1))).contains(new Decision(1, "gas"));
    }

    @Test
    void endsBeforeTooManyCyclesOrRows() {
        List<OpenBlock> open = List.of(measured(100, 150), measured(50, 70), measured(60, 65));
        assertThat(decide(open, new SealCriterion.Cycles(209))).contains(new Decision(2, "cycles"));
        assertThat(decide(open, new SealCriterion.Cycles(210))).isEmpty();
        assertThat(decide(open, new SealCriterion.Rows(219))).contains(new Decision(1, "rows"));
        assertThat(decide(open, new SealCriterion.Rows(220))).contains(new Decision(2, "rows"));
        assertThat(decide(open, new SealCriterion.Rows(1_000), new SealCriterion.Cycles(120)))
                .contains(new Decision(1, "cycles"));
        assertThat(decide(open.subList(0, 1), new SealCriterion.Rows(1)))
                .as("waits for a second")
                .isEmpty();
        assertThatThrownBy(() -> new SealCriterion.Cycles(0)).hasMessageContaining("cycles");
        assertThatThrownBy(() -> new SealCriterion.Rows(0)).hasMessageContaining("rows");
    }

    /** What one proof holds is kept whatever the other limits are. */
    @Test
    void neverSealsMoreThanOneProofHolds() {
        List<OpenBlock> open = List.of(measured(1, 40), measured(1, 40), measured(1, 20));
        assertThat(decide(open, below(101), new SealCriterion.Rows(1_000))).isEmpty();
        assertThat(decide(open, below(100), new SealCriterion.Rows(1_000))).contains(new Decision(2, "unprovable"));
    }

    /** It is sealed alone and at once: nothing waits for it, and blocks before it are not stopped with it. */
    @Test
    void partsBlocksThatCannotBeProven() {
        OpenBlock large = measured(1, 100);
        for (OpenBlock bad : List.of(large, refused())) {
            assertThat(decide(List.of(measured(1, 10), bad), below(100))).contains(new Decision(1, "unprovable"));
            assertThat(decide(List.of(bad), below(100))).contains(new Decision(1, "unprovable"));
            assertThat(decide(List.of(bad, measured(1, 10)), below(100))).contains(new Decision(1, "unprovable"));
        }
    }

    @Test
    void sealsWhatIsThereWhenItIsDue() {
        SealCriterion.Age age = new SealCriterion.Age(Duration.ofSeconds(10));
        assertThat(decide(Duration.ofSeconds(9), age)).isEmpty();
        assertThat(decide(Duration.ofSeconds(10), age)).contains(new Decision(3, "time"));
        assertThat(decide(Duration.ofSeconds(10), age, new SealCriterion.Blocks(2)))
                .contains(new Decision(2, "blocks"));
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatThrownBy(() -> new SealCriterion.Blocks(0))
                .hasMessageContaining("blocks")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> new SealCriterion.Age(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever comes, batches are never empty, never above a limit unless of one block, and never end too early. */
    @Test
    void keepsTheLimitsForRandomBlocks() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<SealCriterion> criteria = List.of(
                new SealCriterion.Blocks(7),
                new SealCriterion.Gas(1_000),
                new SealCriterion.Cycles(100_000),
                new SealCriterion.Rows(120_000),
                new SealCriterion.DataSize(10_000));
        List<OpenBlock> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long cycles = random.nextLong(50_000);
            StfCost cost = new StfCost(cycles, cycles + random.nextLong(20_000), 1, 10, new StfCost.Calls(0, 0, 0));
            open.add(new OpenBlock(l2Block(random.nextLong(600), random.nextLong(3_000)), Optional.of(cost), false));
        }
        while (!open.isEmpty()) {
            Optional<Decision> decision = SealCriterion.decide(criteria, open, Duration.ZERO);
            if (decision.isEmpty()) {
                break;
            }
            int count = decision.get().blocks();
            assertThat(count).as("seed %d", seed).isBetween(1, 7);
            List<OpenBlock> batch = open.subList(0, count);
            assertThat(criteria).as("seed %d", seed).allMatch(criterion -> criterion.admits(batch));
            if (count < 7) {
                List<OpenBlock> longer = open.subList(0, count + 1);
                assertThat(criteria).as("seed %d", seed).anyMatch(criterion -> !criterion.admits(longer));
            }
            batch.clear();
        }
    }
}
