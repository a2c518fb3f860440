package dev.thimble.hash;

import dev.thimble.field.KoalaBear;

/**
 * The Poseidon2 permutation of 16 KoalaBear elements:
 * state = E state; per initial round: add 16 constants, cube all, E; per internal round: add a constant to element 0,
 * cube it, I; per final round as per initial round. E and I: see {@link Poseidon2Parameters}. Immutable.
 *
 * <p>Source: Poseidon2, ePrint 2023/323, section 6.
 */
public final class Poseidon2 {
    public static final int WIDTH = Poseidon2Parameters.WIDTH;

    /** The number of elements absorbed or squeezed per permutation, and of a digest. */
    public static final int RATE = 8;

    /** The permutation of protocol version 1. */
    public static final Poseidon2 V1 = new Poseidon2(Poseidon2Parameters.V1);

    /** The permutation with two more external rounds. */
    public static final Poseidon2 ROBUST = new Poseidon2(Poseidon2Parameters.ROBUST);

    private final Poseidon2Parameters parameters;
    private final int[] initial;
    private final int[] internal;
    private final int[] last;
    private final int[] diagonal = Poseidon2Parameters.internalDiagonal();

    public Poseidon2(Poseidon2Parameters parameters) {
        this.parameters = parameters;
        this.initial = parameters.initialConstants();
        this.internal = parameters.internalConstants();
        this.last = parameters.finalConstants();
    }

    public Poseidon2Parameters parameters() {
        return parameters;
    }

    /** Permutes state[0, 16) in place. */
    public void permute(int[] state) {
        externalLinear(state);
        for (int round = 0; round < initial.length; round += WIDTH) {
            externalRound(state, initial, round);
        }
        for (int constant : internal) {
            internalRound(state, constant);
        }
        for (int round = 0; round < last.length; round += WIDTH) {
            externalRound(state, last, round);
        }
    }

    private static void externalRound(int[] state, int[] constants, int offset) {
        for (int i = 0; i < WIDTH; i++) {
            state[i] = cube(KoalaBear.add(state[i], constants[offset + i]));
        }
        externalLinear(state);
    }

    private void internalRound(int[] state, int constant) {
        state[0] = cube(KoalaBear.add(state[0], constant));
        int sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum = KoalaBear.add(sum, state[i]);
        }
        for (int i = 0; i < WIDTH; i++) {
            state[i] = KoalaBear.add(sum, KoalaBear.mul(diagonal[i], state[i]));
        }
    }

    private static int cube(int a) {
        return KoalaBear.mul(KoalaBear.square(a), a);
    }

    private static void externalLinear(int[] state) {
        for (int i = 0; i < WIDTH; i += 4) {
            circulant(state, i);
        }
        for (int i = 0; i < 4; i++) {
            int sum = KoalaBear.add(KoalaBear.add(state[i], state[i + 4]), KoalaBear.add(state[i + 8], state[i + 12]));
            for (int j = i; j < WIDTH; j += 4) {
                state[j] = KoalaBear.add(state[j], sum);
            }
        }
    }

    /** Multiplies four elements by circ(2, 3, 1, 1). */
    private static void circulant(int[] state, int i) {
        int x0 = state[i];
        int x1 = state[i + 1];
        int x2 = state[i + 2];
        int x3 = state[i + 3];
        int sum = KoalaBear.add(KoalaBear.add(x0, x1), KoalaBear.add(x2, x3));
        state[i] = KoalaBear.add(KoalaBear.add(sum, x0), KoalaBear.add(x1, x1));
        state[i + 1] = KoalaBear.add(KoalaBear.add(sum, x1), KoalaBear.add(x2, x2));
        state[i + 2] = KoalaBear.add(KoalaBear.add(sum, x2), KoalaBear.add(x3, x3));
        state[i + 3] = KoalaBear.add(KoalaBear.add(sum, x3), KoalaBear.add(x0, x0));
    }
}
