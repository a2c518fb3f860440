package dev.thimble.model;

/** The five rounds of aggregation, in the order in which a batch passes through them. */
public enum Round {
    BASIC_CIRCUITS(0),
    LEAF_AGGREGATION(1),
    NODE_AGGREGATION(2),
    RECURSION_TIP(3),
    SCHEDULER(4);

    private final int number;

    Round(int number) {
        this.number = number;
    }

    /** The number of the round, 0 to 4. */
    public int number() {
        return number;
    }

    public String wireName() {
        return WireNames.of(this);
    }

    public static Round parse(String text) {
        return WireNames.parse("round", values(), Round::wireName, text);
    }

    public static Round ofNumber(int number) {
        for (Round round : values()) {
            if (round.number == number) {
                return round;
            }
        }
        throw new IllegalArgumentException("round number must be 0 to 4 but is " + number);
    }
}
