package dev.thimble.cli.bench;

/**
 * What a measured value has to reach.
 *
 * @param limit the bar
 * @param atLeast whether values from the bar upwards meet it, or values up to it
 */
record Bar(double limit, boolean atLeast) {
    static Bar atLeast(double limit) {
        return new Bar(limit, true);
    }

    static Bar atMost(double limit) {
        return new Bar(limit, false);
    }

    boolean metBy(double value) {
        return atLeast ? value >= limit : value <= limit;
    }
}
