package dev.thimble.air;

/** A circuit as its author writes it. */
public interface Air {
    /** The circuit's name, for reports. */
    String name();

    /** log₂ of the number of rows of the trace. */
    int logHeight();

    /** Declares the columns and states the constraints. Runs once, when the circuit is compiled. */
    void define(Constraints constraints);
}
