package dev.thimble.fri;

import java.util.List;

/**
 * The soundness of a set of circuits, as data: raw parameters and every error term, so that an outsider can recompute it.
 *
 * @param layers one entry per circuit and profile
 */
public record SoundnessReport(List<Layer> layers) {
    public SoundnessReport {
        layers = List.copyOf(layers);
    }

    /** Committed base columns per stage. */
    public record Columns(int preprocessed, int shared, int main, int lookup, int quotient) {
        public int total() {
            return preprocessed + shared + main + lookup + quotient;
        }
    }

    /**
     * One circuit.
     *
     * @param circuit the circuit's name
     * @param columns committed base columns per stage
     * @param parameters the FRI parameters
     * @param shape what enters the error terms
     * @param terms every error term
     */
    public record Layer(
            String circuit,
            Columns columns,
            FriParameters parameters,
            Soundness.Shape shape,
            List<Soundness.Term> terms) {
        public Layer {
            terms = List.copyOf(terms);
        }

        /** Computes the terms; columns that a batch challenge depends on allow unique decoding only. */
        public static Layer of(String circuit, Columns columns, FriParameters parameters, Soundness.Shape shape) {
            if (columns.shared() > 0 && parameters.regime() instanceof Regime.Johnson) {
                throw new IllegalArgumentException(
                        "circuit " + circuit + " has shared columns: only unique decoding is sound for it");
            }
            return new Layer(circuit, columns, parameters, shape, Soundness.terms(parameters, shape));
        }

        public double minimumBits() {
            return Soundness.minimumBits(terms);
        }

        public double sumBits() {
            return Soundness.sumBits(terms);
        }

        public boolean reachesTarget() {
            return Soundness.reachesTarget(terms);
        }

        public String theorem() {
            return Soundness.theorem(parameters.regime());
        }
    }

    /** The least bits of any term of any layer. */
    public double minimumBits() {
        return layers.stream().mapToDouble(Layer::minimumBits).min().orElse(Double.POSITIVE_INFINITY);
    }

    public boolean reachesTarget() {
        return layers.stream().allMatch(Layer::reachesTarget);
    }
}
