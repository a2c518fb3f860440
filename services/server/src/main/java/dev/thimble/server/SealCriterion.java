package dev.thimble.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One reason to seal a batch. A batch takes blocks as long as every criterion lets it. */
public sealed interface SealCriterion {
    /** Whether these blocks, in order and at least one, may be one batch; a single block always may. */
    boolean admits(List<OpenBlock> blocks);

    /** Whether a batch of these blocks takes no further block, so that it need not wait for one that does not fit. */
    default boolean isFull(List<OpenBlock> blocks) {
        return false;
    }

    /** Whether a batch whose first block has been known for {@code age} is sealed though blocks would still fit. */
    default boolean isDue(Duration age) {
        return false;
    }

    /** Whether it asks for what the blocks' execution took, so that blocks without that wait. */
    default boolean needsCost() {
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
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() <= limit;
        }

        @Override
        public boolean isFull(List<OpenBlock> blocks) {
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
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() == 1
                    || blocks.stream().mapToLong(each -> each.block().gasUsed()).sum() <= limit;
        }

        @Override
        public String reason() {
            return "gas";
        }
    }

    /** At most so many instructions of the guest program. */
    record Cycles(long limit) implements SealCriterion {
        public Cycles {
            requirePositive("cycles", limit);
        }

        @Override
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() == 1 || OpenBlock.total(blocks).cycles() <= limit;
        }

        @Override
        public boolean needsCost() {
            return true;
        }

        @Override
        public String reason() {
            return "cycles";
        }
    }

    /** At most so many rows of the main circuit, instructions and transfers: no other circuit has more. */
    record Rows(long limit) implements SealCriterion {
        public Rows {
            requirePositive("rows", limit);
        }

        @Override
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() == 1 || OpenBlock.total(blocks).rows() <= limit;
        }

        @Override
        public boolean needsCost() {
            return true;
        }

        @Override
        public String reason() {
            return "rows";
        }
    }

    /** What cannot be proven is a batch of its own, sealed at once: blocks before it are not lost with it. */
    record Provable(ProofCapacity capacity) implements SealCriterion {
        @Override
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() == 1 || isProvable(blocks);
        }

        @Override
        public boolean isFull(List<OpenBlock> blocks) {
            return !isProvable(blocks);
        }

        private boolean isProvable(List<OpenBlock> blocks) {
            return blocks.stream().noneMatch(OpenBlock::refused)
                    && capacity.complaint(OpenBlock.total(blocks)).isEmpty();
        }

        @Override
        public boolean needsCost() {
            return true;
        }

        @Override
        public String reason() {
            return "unprovable";
        }
    }

    /** At most so many bytes of blocks. */
    record DataSize(long limitBytes) implements SealCriterion {
        public DataSize {
            requirePositive("data size", limitBytes);
        }

        @Override
        public boolean admits(List<OpenBlock> blocks) {
            return blocks.size() == 1
                    || blocks.stream()
                                    .mapToLong(each -> each.block().rlp().length)
                                    .sum()
                            <= limitBytes;
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
        public boolean admits(List<OpenBlock> blocks) {
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
    static Optional<Decision> decide(List<SealCriterion> criteria, List<OpenBlock> open, Duration age) {
        for (int count = 1; count <= open.size(); count++) {
            List<OpenBlock> candidate = open.subList(0, count);
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
