package dev.thimble.air;

import dev.thimble.air.Bus.Scope;

/**
 * The numbering of the extension values that a tape reads besides columns.
 *
 * <p>Per scope: α, then γ₀ … γ₁₆. A message with tag c and tuple t has the fingerprint
 * α + c·γ₀ + Σ tᵢ·γᵢ₊₁. Last comes the proof's exposed sum over its global messages.
 */
public final class Challenges {
    /** α and γ₀ … γ₁₆. */
    public static final int PER_SCOPE = Bus.MAX_ARITY + 2;
    /** The exposed partial sum of the global bus. */
    public static final int GLOBAL_SUM = 2 * PER_SCOPE;

    public static final int COUNT = GLOBAL_SUM + 1;

    private Challenges() {}

    /** The index of α of a scope. */
    public static int alpha(Scope scope) {
        return scope == Scope.LOCAL ? 0 : PER_SCOPE;
    }

    /** The index of γ_i of a scope, 0 ≤ i ≤ 16. */
    public static int gamma(Scope scope, int i) {
        return alpha(scope) + 1 + i;
    }
}
