package dev.thimble.l1;

import dev.thimble.chain.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a batch on L1, and how the purposes of their operations are written. */
public enum BatchStep {
    COMMIT,
    PROVE,
    EXECUTE;

    private static final Pattern PURPOSE = Pattern.compile("(commit|prove|execute) batch (\\d+) on (0x[0-9a-f]{40})");

    /** A step of one batch. */
    record OfBatch(BatchStep step, long number) {}

    /** The purpose of the operation that does this step. */
    public String purpose(Address contract, long number) {
        return name().toLowerCase(Locale.ROOT) + " batch " + number + " on " + contract;
    }

    /** The step of a purpose, if it is one of this contract. */
    static Optional<OfBatch> parse(String purpose, Address contract) {
        Matcher matcher = PURPOSE.matcher(purpose);
        if (!matcher.matches() || !matcher.group(3).equals(contract.hex())) {
            return Optional.empty();
        }
        return Optional.of(
                new OfBatch(valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), Long.parseLong(matcher.group(2))));
    }

    /** The last batch that has gone through this step. */
    long done(ChainContract.Totals totals) {
        return switch (this) {
            case COMMIT -> totals.committed();
            case PROVE -> totals.verified();
            case EXECUTE -> totals.executed();
        };
    }
}
