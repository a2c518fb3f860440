package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.PrimeField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A circuit of vanilla gates: row i states qM·ab + qL·a + qR·b + qO·c + qC = 0 about three signals. A signal that stands in several
 * places is one value everywhere: that is the copy constraint. Signal 0 is the constant 0, signals 1 … l are the public
 * inputs, and rows 0 … l-1 only name them.
 *
 * <p>Gates are kept in the one form that snarkjs' setup gives them when it reads the exported constraints, so both setups make the same key.
 */
public final class PlonkCircuit {
    /** The selectors of a gate, in the order of {@link #selector}. */
    public enum Selector {
        /** Of a·b. */
        QM(0),
        /** Of a. */
        QL(1),
        /** Of b. */
        QR(2),
        /** Of c. */
        QO(3),
        /** Of 1. */
        QC(4);

        private final int index;

        Selector(int index) {
            this.index = index;
        }
    }

    private final int publicInputs;
    private final int signals;
    private final int gates;
    private final int[][] wires;
    private final int[][] selectors;
    private final long[] coefficients;

    private PlonkCircuit(Builder builder) {
        publicInputs = builder.publicInputs;
        signals = builder.signals;
        gates = builder.gates;
        wires = trim(builder.wires, gates);
        selectors = trim(builder.selectors, gates);
        coefficients = new long[4 * builder.pool.size()];
        builder.pool.forEach((value, index) -> value.store(coefficients, 4 * index));
    }

    private static int[][] trim(int[][] columns, int size) {
        int[][] trimmed = new int[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            trimmed[i] = Arrays.copyOf(columns[i], size);
        }
        return trimmed;
    }

    /** Number of public inputs. */
    public int publicInputs() {
        return publicInputs;
    }

    /** Number of signals, the zero signal included. */
    public int signals() {
        return signals;
    }

    /** Number of rows in use. */
    public int gates() {
        return gates;
    }

    /** Log of the number of rows after padding, at least 3. */
    public int power() {
        return Math.max(3, 32 - Integer.numberOfLeadingZeros(gates - 1));
    }

    /** The signal on a gate's wire: column 0 is a, 1 is b, 2 is c. */
    public int signal(int column, int gate) {
        return wires[column][gate];
    }

    /** A gate's coefficient. */
    public Fr selector(Selector selector, int gate) {
        return Fr.load(coefficients, 4 * selectors[selector.index][gate]);
    }

    /** Copies a gate's coefficient as Montgomery limbs. */
    void loadSelector(Selector selector, int gate, long[] target, int offset) {
        System.arraycopy(coefficients, 4 * selectors[selector.index][gate], target, offset, 4);
    }

    /** The first gate that a witness does not satisfy, if any. */
    public OptionalInt firstUnsatisfied(Witness witness) {
        PrimeField f = PrimeField.FR;
        long[] values = witness.limbs();
        long[] t = new long[8];
        for (int i = publicInputs; i < gates; i++) {
            int a = 4 * wires[0][i];
            int b = 4 * wires[1][i];
            int c = 4 * wires[2][i];
            f.mul(t, 0, values, a, coefficients, 4 * selectors[0][i]);
            f.add(t, 0, t, 0, coefficients, 4 * selectors[2][i]);
            f.mul(t, 0, t, 0, values, b);
            f.mul(t, 4, values, a, coefficients, 4 * selectors[1][i]);
            f.add(t, 0, t, 0, t, 4);
            f.mul(t, 4, values, c, coefficients, 4 * selectors[3][i]);
            f.add(t, 0, t, 0, t, 4);
            f.add(t, 0, t, 0, coefficients, 4 * selectors[4][i]);
            if (!PrimeField.isZero(t, 0)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** SHA-256 of everything that makes the circuit. */
    public byte[] digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer row = ByteBuffer.allocate(12 + 5 * 32).order(ByteOrder.LITTLE_ENDIAN);
            sha.update(row.putInt(publicInputs).putInt(signals).putInt(gates).flip());
            for (int i = 0; i < gates; i++) {
                row.clear();
                row.putInt(wires[0][i]).putInt(wires[1][i]).putInt(wires[2][i]);
                for (int[] selector : selectors) {
                    for (int k = 0; k < 4; k++) {
                        row.putLong(coefficients[4 * selector[i] + k]);
                    }
                }
                sha.update(row.flip());
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Writes a circuit gate by gate. Public inputs come first. */
    public static final class Builder {
        private final int[][] wires = new int[3][1024];
        private final int[][] selectors = new int[5][1024];
        private final Map<Fr, Integer> pool = new HashMap<>();
        private int publicInputs;
        private int signals = 1;
        private int gates;

        /**
         * A new public input.
         *
         * @return its signal
         * @throws IllegalStateException if a wire or a gate was made before
         */
        public int publicInput() {
            if (gates != publicInputs || signals != publicInputs + 1) {
                throw new IllegalStateException("public inputs come before wires and gates");
            }
            int signal = signals++;
            publicInputs++;
            append(signal, 0, 0, Fr.ZERO, Fr.ONE, Fr.ZERO, Fr.ZERO, Fr.ZERO);
            return signal;
        }

        /** A new private signal; a gate must use it. */
        public int wire() {
            return signals++;
        }

        /**
         * The gate qM·ab + qL·a + qR·b + qO·c + qC = 0.
         *
         * @throws IllegalArgumentException if a signal does not exist, a product names the zero signal, or no signal is left after terms
         *     with coefficient zero are dropped
         */
        public Builder gate(Fr qm, Fr ql, Fr qr, Fr qo, Fr qc, int a, int b, int c) {
            check(a);
            check(b);
            check(c);
            if (qm.isZero()) {
                linear(new Fr[] {ql, qr, qo}, qc, new int[] {a, b, c});
                return this;
            }
            if (a == 0 || b == 0) {
                throw new IllegalArgumentException("the zero signal in a product: a = " + a + ", b = " + b);
            }
            boolean output = c != 0 && !qo.isZero();
            append(a, b, output ? c : 0, qm, ql, qr, output ? qo : Fr.ZERO, qc);
            return this;
        }

        /** The gate a·b = c. */
        public Builder multiply(int a, int b, int c) {
            return gate(Fr.ONE, Fr.ZERO, Fr.ZERO, Fr.ONE.negate(), Fr.ZERO, a, b, c);
        }

        /** The gate a + b = c. */
        public Builder add(int a, int b, int c) {
            return gate(Fr.ZERO, Fr.ONE, Fr.ONE, Fr.ONE.negate(), Fr.ZERO, a, b, c);
        }

        /** The gate a = value. */
        public Builder constant(int a, Fr value) {
            return gate(Fr.ZERO, Fr.ONE, Fr.ZERO, Fr.ZERO, value.negate(), a, 0, 0);
        }

        /** The gate a·(a - 1) = 0. */
        public Builder bool(int a) {
            return gate(Fr.ONE, Fr.ONE.negate(), Fr.ZERO, Fr.ZERO, Fr.ZERO, a, a, 0);
        }

        /** The circuit. */
        public PlonkCircuit build() {
            if (gates == 0) {
                throw new IllegalStateException("a circuit needs at least one gate");
            }
            return new PlonkCircuit(this);
        }

        /** Terms of one signal joined, zero terms dropped, signals ascending: the order snarkjs gives a linear constraint. */
        private void linear(Fr[] coefficients, Fr constant, int[] wire) {
            int count = 0;
            for (int i = 0; i < 3; i++) {
                if (wire[i] == 0 || coefficients[i].isZero()) {
                    continue;
                }
                count = insert(coefficients, wire, count, coefficients[i], wire[i]);
            }
            if (count == 0) {
                throw new IllegalArgumentException("a gate without signals");
            }
            for (int i = count; i < 3; i++) {
                wire[i] = 0;
                coefficients[i] = Fr.ZERO;
            }
            append(wire[0], wire[1], wire[2], Fr.ZERO, coefficients[0], coefficients[1], coefficients[2], constant);
        }

        private static int insert(Fr[] coefficients, int[] wire, int count, Fr coefficient, int signal) {
            int at = 0;
            while (at < count && wire[at] < signal) {
                at++;
            }
            if (at < count && wire[at] == signal) {
                Fr sum = coefficients[at].add(coefficient);
                coefficients[at] = sum;
                if (!sum.isZero()) {
                    return count;
                }
                System.arraycopy(coefficients, at + 1, coefficients, at, count - at - 1);
                System.arraycopy(wire, at + 1, wire, at, count - at - 1);
                return count - 1;
            }
            System.arraycopy(coefficients, at, coefficients, at + 1, count - at);
            System.arraycopy(wire, at, wire, at + 1, count - at);
            coefficients[at] = coefficient;
            wire[at] = signal;
            return count + 1;
        }

        private void append(int a, int b, int c, Fr... q) {
            if (gates == wires[0].length) {
                grow(wires);
                grow(selectors);
            }
            wires[0][gates] = a;
            wires[1][gates] = b;
            wires[2][gates] = c;
            for (int i = 0; i < q.length; i++) {
                selectors[i][gates] = pool.computeIfAbsent(q[i], value -> pool.size());
            }
            gates++;
        }

        private static void grow(int[][] columns) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], 2 * columns[i].length);
            }
        }

        private void check(int signal) {
            if (signal < 0 || signal >= signals) {
                throw new IllegalArgumentException("signal " + signal + " does not exist");
            }
        }
    }
}
