package dev.thimble.air;

import java.util.List;

/**
 * A lookup column h = Σ mᵢ/dᵢ over one or two interactions of one scope.
 *
 * @param scope the scope of all its interactions
 * @param column the extension column that holds h
 * @param interactions indices of the interactions, one or two
 */
public record Helper(Bus.Scope scope, int column, List<Integer> interactions) {
    public Helper {
        interactions = List.copyOf(interactions);
    }
}
