package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Builds a circuit and a satisfying witness side by side. */
final class Sketch {
    final PlonkCircuit.Builder builder = new PlonkCircuit.Builder();
    final List<Fr> values = new ArrayList<>(List.of(Fr.ZERO));

    int input(Fr value) {
        values.add(value);
        return builder.publicInput();
    }

    int wire(Fr value) {
        values.add(value);
        return builder.wire();
    }

    Fr value(int signal) {
        return values.get(signal);
    }

    int multiply(int a, int b) {
        int c = wire(value(a).mul(value(b)));
        builder.multiply(a, b, c);
        return c;
    }

    /** A wire c with qM·ab + qL·a + qR·b + qC = c. */
    int general(Fr qm, Fr ql, Fr qr, Fr qc, int a, int b) {
        Fr sum = qm.mul(value(a))
                .mul(value(b))
                .add(ql.mul(value(a)))
                .add(qr.mul(value(b)))
                .add(qc);
        int c = wire(sum);
        builder.gate(qm, ql, qr, Fr.ONE.negate(), qc, a, b, c);
        return c;
    }

    PlonkCircuit circuit() {
        return builder.build();
    }

    Witness witness(PlonkCircuit circuit) {
        Witness witness = new Witness(circuit);
        for (int i = 1; i < values.size(); i++) {
            witness.set(i, values.get(i));
        }
        return witness;
    }

    /** A satisfied circuit of random gates of every kind. */
    static Sketch random(long seed, int publicInputs, int gates) {
        SplittableRandom random = new SplittableRandom(seed);
        Sketch sketch = new Sketch();
        for (int i = 0; i < publicInputs; i++) {
            sketch.input(any(random));
        }
        sketch.wire(Fr.ONE);
        sketch.builder.constant(publicInputs + 1, Fr.ONE);
        for (int i = 0; i < gates; i++) {
            int a = 1 + random.nextInt(sketch.values.size() - 1);
            int b = 1 + random.nextInt(sketch.values.size() - 1);
            sketch.step(random, a, b);
        }
        return sketch;
    }

    private void step(SplittableRandom random, int a, int b) {
        switch (random.nextInt(6)) {
            case 0 -> multiply(a, b);
            case 1 -> general(any(random), any(random), any(random), any(random), a, b);
            case 2 -> general(Fr.ZERO, any(random), any(random), any(random), a, b);
            case 3 -> general(Fr.ONE, Fr.ZERO, any(random), Fr.ZERO, a, a);
            case 4 -> {
                int bit = wire(Fr.of(random.nextInt(2)));
                builder.bool(bit);
                general(Fr.ZERO, Fr.of(2), Fr.ONE, Fr.ZERO, a, bit);
            }
            default -> general(any(random), any(random), Fr.ZERO, Fr.ONE, a, b);
        }
    }

    static Fr any(SplittableRandom random) {
        byte[] bytes = new byte[40];
        random.nextBytes(bytes);
        return random.nextInt(4) == 0 ? Fr.of(random.nextInt(5)) : Fr.reduce(new java.math.BigInteger(1, bytes));
    }
}
