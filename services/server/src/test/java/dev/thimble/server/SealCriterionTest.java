package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.server.SealCriterion.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealCriterionTest {
    /** A block of so much gas, whose header has 600 bytes and the rest so many. */
    private static L2Block block(long gas, long dataBytes) {
        BlockHeader header = new BlockHeader(new byte[600], Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO, 1, gas, 0);
        return new L2Block(new Block(new byte[600 + (int) dataBytes], header, List.of()));
    }

    private static final List<L2Block> THREE = List.of(block(100, 0), block(50, 400), block(200, 0));

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
        List<SealCriterion> criteria =
                List.of(new SealCriterion.Blocks(7), new SealCriterion.Gas(1_000), new SealCriterion.DataSize(10_000));
        List<L2Block> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            open.add(block(random.nextLong(600), random.nextLong(3_000)));
        }
        while (!open.isEmpty()) {
            Optional<Decision> decision = SealCriterion.decide(criteria, open, Duration.ZERO);
            if (decision.isEmpty()) {
                break;
            }
            int count = decision.get().blocks();
            assertThat(count).as("seed %d", seed).isBetween(1, 7);
            List<L2Block> batch = open.subList(0, count);
            assertThat(criteria).as("seed %d", seed).allMatch(criterion -> criterion.admits(batch));
            if (count < 7) {
                List<L2Block> longer = open.subList(0, count + 1);
                assertThat(criteria).as("seed %d", seed).anyMatch(criterion -> !criterion.admits(longer));
            }
            batch.clear();
        }
    }
}
