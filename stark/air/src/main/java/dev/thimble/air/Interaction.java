package dev.thimble.air;

import java.util.List;

/**
 * A message that every row puts on a bus, with a multiplicity.
 *
 * @param name what the message says, unique within a circuit
 * @param bus the bus
 * @param sign +1 for a message given, −1 for one taken
 * @param multiplicity the node that says how often (before the sign)
 * @param tuple the nodes of the message's elements
 * @param fingerprint the extension node α + tag·γ₀ + Σ tᵢ·γᵢ₊₁
 */
public record Interaction(String name, Bus bus, int sign, int multiplicity, List<Integer> tuple, int fingerprint) {
    public Interaction {
        tuple = List.copyOf(tuple);
    }
}
