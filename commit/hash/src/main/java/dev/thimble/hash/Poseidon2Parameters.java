package dev.thimble.hash;

import dev.thimble.field.KoalaBear;

/**
 * One instance of Poseidon2 of width 16 with S-box x^3: the round numbers and constants, which belong to the protocol
 * version. Shared by all instances: the external matrix (blocks of circ(2, 3, 1, 1), doubled on the diagonal) and the
 * internal matrix J + diag(-2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 2^-3, 2^-24, -2^-8, -2^-3, -2^-4, -2^-24).
 *
 * <p>Source: Poseidon2, ePrint 2023/323; matrices and the 8 + 20 constants: Plonky3, koala-bear/src/poseidon2.rs.
 */
public final class Poseidon2Parameters {
    /** The number of elements of the state. */
    public static final int WIDTH = 16;

    /** Protocol version 1: 8 external and 20 internal rounds, the instance published with Plonky3. */
    public static final Poseidon2Parameters V1 = new Poseidon2Parameters(
            "poseidon2-koalabear-16-8-20",
            Poseidon2Constants.R8_20_INITIAL,
            Poseidon2Constants.R8_20_INTERNAL,
            Poseidon2Constants.R8_20_FINAL);

    /** Two more external rounds, against the round-skipping of ePrint 2026/306. */
    public static final Poseidon2Parameters ROBUST = new Poseidon2Parameters(
            "poseidon2-koalabear-16-10-20",
            Poseidon2Constants.R10_20_INITIAL,
            Poseidon2Constants.R10_20_INTERNAL,
            Poseidon2Constants.R10_20_FINAL);

    private final String name;
    private final int[] initial;
    private final int[] internal;
    private final int[] last;

    private Poseidon2Parameters(String name, int[] initial, int[] internal, int[] last) {
        this.name = name;
        this.initial = toMontgomery(initial);
        this.internal = toMontgomery(internal);
        this.last = toMontgomery(last);
    }

    public String name() {
        return name;
    }

    /** The number of external rounds before, and again after, the internal rounds. */
    public int halfExternalRounds() {
        return initial.length / WIDTH;
    }

    public int internalRounds() {
        return internal.length;
    }

    /** The constants of the external rounds before the internal rounds, round by round, in Montgomery form; a copy. */
    public int[] initialConstants() {
        return initial.clone();
    }

    /** The constant of each internal round, in Montgomery form; a copy. */
    public int[] internalConstants() {
        return internal.clone();
    }

    /** The constants of the external rounds after the internal rounds, round by round, in Montgomery form; a copy. */
    public int[] finalConstants() {
        return last.clone();
    }

    /** The diagonal d of the internal matrix J + diag(d), in Montgomery form; a new array. */
    public static int[] internalDiagonal() {
        int[] powers = new int[25];
        powers[0] = KoalaBear.ONE;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = KoalaBear.halve(powers[i - 1]);
        }
        return new int[] {
            KoalaBear.fromLong(-2),
            KoalaBear.ONE,
            KoalaBear.fromLong(2),
            powers[1],
            KoalaBear.fromLong(3),
            KoalaBear.fromLong(4),
            KoalaBear.neg(powers[1]),
            KoalaBear.fromLong(-3),
            KoalaBear.fromLong(-4),
            powers[8],
            powers[3],
            powers[24],
            KoalaBear.neg(powers[8]),
            KoalaBear.neg(powers[3]),
            KoalaBear.neg(powers[4]),
            KoalaBear.neg(powers[24])
        };
    }

    @Override
    public String toString() {
        return name;
    }

    private static int[] toMontgomery(int[] canonical) {
        int[] elements = new int[canonical.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = KoalaBear.fromCanonical(canonical[i]);
        }
        return elements;
    }
}
