package dev.thimble.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One reason to seal a batch. A batch takes blocks as long as every criterion lets it. */
public sealed interface SealCriterion {
    /** Whether these blocks, in order and at least one, may be one batch; a single block always may. */
    boolean admits(List<L2Block> blocks);

    /** Whether a batch of these blocks takes no further block, so that it need not wait for one that does not fit. */
    default boolean isFull(List<L2Block> blocks) {
        return false;
    }

    /** Whether a batch whose first block has been known for {@code age} is sealed though blocks would still fit. */
    default boolean isDue(Duration age) {
        return false;
    }

    /** The name that is stored with a batch. */
    String reason();

    /** At most so many blocks. */
    record Blocks(int limit) implements SealCriterion {
        public Blocks {
            requirePositive("blocks", limit);
        }

        @Override
        public boolean admits(List<L2Block> blocks) {
            return blocks.size() <= limit;
        }

        @Override
        public boolean isFull(List<L2Block> blocks) {
            return blocks.size() == limit;
        }

        @Override
        public String reason() {
            return "blocks";
        }
    }

    /** At most so much gas. */
    record Gas(long limit) implements SealCriterion {
        public Gas {
            requirePositive("gas", limit);
        }

        @Override
        public boolean admits(List<L2Block> blocks) {
            return blocks.size() == 1
                    || blocks.stream().mapToLong(L2Block::gasUsed).sum() <= limit;
        }

        @Override
        public String reason() {
            return "gas";
        }
    }

    /** At most so many bytes of blocks. */
    record DataSize(long limitBytes) implements SealCriterion {
        public DataSize {
            requirePositive("data size", limitBytes);
        }

        @Override
        public boolean admits(List<L2Block> blocks) {
            return blocks.size() == 1
                    || blocks.stream().mapToLong(block -> block.rlp().length).sum() <= limitBytes;
        }

        @Override
        public String reason() {
            return "data_size";
        }
    }

    /** No block waits longer than this. */
    record Age(Duration limit) implements SealCriterion {
        public Age {
            requirePositive("age in ms", limit.toMillis());
        }

        @Override
        public boolean admits(List<L2Block> blocks) {
            return true;
        }

        @Override
        public boolean isDue(Duration age) {
            return age.compareTo(limit) >= 0;
        }

        @Override
        public String reason() {
            return "time";
        }
    }

    private static void requirePositive(String what, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of " + what + " must be at least 1 but is " + limit);
        }
    }

    /**
     * A batch to be sealed.
     *
     * @param blocks how many blocks, from the first open one
     * @param reason the criterion that closed it
     */
    record Decision(int blocks, String reason) {}

    /**
     * What to seal of the open blocks.
     *
     * @param open blocks that belong to no batch, in order, at least one
     * @param age how long the first of them has been known
     */
    static Optional<Decision> decide(List<SealCriterion> criteria, List<L2Block> open, Duration age) {
        for (int count = 1; count <= open.size(); count++) {
            List<L2Block> candidate = open.subList(0, count);
            for (SealCriterion criterion : criteria) {
                if (!criterion.admits(candidate)) {
                    return Optional.of(new Decision(count - 1, criterion.reason()));
                }
            }
            for (SealCriterion criterion : criteria) {
                if (criterion.isFull(candidate)) {
                    return Optional.of(new Decision(count, criterion.reason()));
                }
            }
        }
        return criteria.stream()
                .filter(criterion -> criterion.isDue(age))
                .findFirst()
                .map(criterion -> new Decision(open.size(), criterion.reason()));
    }
}
