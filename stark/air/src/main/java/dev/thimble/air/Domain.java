package dev.thimble.air;

/** The rows on which a constraint holds. */
public enum Domain {
    ALL(0),
    FIRST(1),
    LAST(2),
    /** Every row but the last. */
    TRANSITION(3);

    private final int code;

    Domain(int code) {
        this.code = code;
    }

    /** The number that stands for the domain in {@link AirEncoding}. */
    public int code() {
        return code;
    }

    /**
     * The largest degree of a constraint on this domain when constraints on all rows may have degree {@code maxDegree}:
     * dividing by one linear factor instead of the whole zerofier leaves a quotient that is longer by one trace length.
     */
    int degreeBound(int maxDegree) {
        return switch (this) {
            case ALL, TRANSITION -> maxDegree;
            case FIRST, LAST -> maxDegree - 1;
        };
    }
}
