package dev.thimble.contracts;

import static dev.thimble.contracts.Bn254.R;

import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Keccak256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A complete PLONK prover (ePrint 2019/953, transcript of snarkjs 0.7) for a circuit of eight gates with two free public
 * inputs, written apart from the product's prover. It knows tau, so that committing is one multiplication.
 *
 * <p>Gates: the two public inputs p0, p1; m = p0·p1; s = m + p0; s·s = t; three empty rows.
 */
final class ToyPlonk {
    private static final int POWER = 3;
    private static final int N = 1 << POWER;
    private static final BigInteger OMEGA =
            BigInteger.valueOf(5).modPow(R.subtract(BigInteger.ONE).shiftRight(POWER), R);
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final Polynomial VANISHING = Polynomial.vanishing(N);
    /** Signal of wires a, b, c by row; signal 0 is the empty wire. */
    private static final int[][] WIRES = {{1, 2, 1, 3, 4, 0, 0, 0}, {0, 0, 2, 1, 4, 0, 0, 0}, {0, 0, 3, 4, 5, 0, 0, 0}};

    private final BigInteger tau;
    private final Polynomial qm = selector(0, 0, 1, 0, 1);
    private final Polynomial ql = selector(1, 1, 0, 1, 0);
    private final Polynomial qr = selector(0, 0, 0, 1, 0);
    private final Polynomial qo = selector(0, 0, -1, -1, -1);
    private final Polynomial qc = selector(0);
    private final BigInteger[][] sigmaValues = sigma();
    private final List<Polynomial> sigma = List.of(
            Polynomial.interpolate(sigmaValues[0], OMEGA),
            Polynomial.interpolate(sigmaValues[1], OMEGA),
            Polynomial.interpolate(sigmaValues[2], OMEGA));
    private final List<BigInteger> keyCoordinates = new ArrayList<>();

    ToyPlonk(BigInteger tau) {
        this.tau = tau;
        for (Polynomial p : List.of(qm, ql, qr, qo, qc, sigma.get(0), sigma.get(1), sigma.get(2))) {
            keyCoordinates.addAll(commit(p));
        }
    }

    VerificationKey key() {
        return new VerificationKey(POWER, OMEGA, keyCoordinates, Bn254.multiplyG2(tau));
    }

    /**
     * The 24 words of a proof. An input of r or more goes into the transcript as it is and into the circuit reduced, as
     * somebody would do who wants to have two statements from one proof.
     */
    List<BigInteger> prove(BigInteger input0, BigInteger input1, long seed) {
        return new Proving(List.of(input0, input1), new SplittableRandom(seed)).run();
    }

    private static Polynomial selector(int... rows) {
        BigInteger[] values = new BigInteger[N];
        for (int i = 0; i < N; i++) {
            values[i] = BigInteger.valueOf(i < rows.length ? rows[i] : 0).mod(R);
        }
        return Polynomial.interpolate(values, OMEGA);
    }

    /** Each occurrence of a signal points to the previous one, the first to the last. */
    private static BigInteger[][] sigma() {
        BigInteger[][] values = new BigInteger[3][N];
        BigInteger[] last = new BigInteger[6];
        for (int pass = 0; pass < 2; pass++) {
            for (int column = 0; column < 3; column++) {
                for (int row = 0; row < N; row++) {
                    int signal = WIRES[column][row];
                    values[column][row] = last[signal];
                    last[signal] = identity(column, row);
                }
            }
        }
        return values;
    }

    private static BigInteger identity(int column, int row) {
        return BigInteger.valueOf(column + 1)
                .multiply(OMEGA.modPow(BigInteger.valueOf(row), R))
                .mod(R);
    }

    private List<BigInteger> commit(Polynomial p) {
        return Bn254.coordinates(Bn254.multiplyG1(p.evaluate(tau)));
    }

    private static BigInteger challenge(List<BigInteger> words) {
        byte[] hash = Keccak256.hash(words.stream().map(Bytes32::word).toArray(byte[][]::new));
        return new BigInteger(1, hash).mod(R);
    }

    private final class Proving {
        private final List<BigInteger> inputs;
        private final SplittableRandom random;
        private final BigInteger[][] values = new BigInteger[3][N];
        private final List<Polynomial> wires = new ArrayList<>();
        private final List<BigInteger> proof = new ArrayList<>();

        Proving(List<BigInteger> inputs, SplittableRandom random) {
            this.inputs = inputs;
            this.random = random;
        }

        List<BigInteger> run() {
            commitWires();
            List<BigInteger> first = new ArrayList<>(keyCoordinates);
            first.addAll(inputs);
            first.addAll(proof);
            BigInteger beta = challenge(first);
            BigInteger gamma = challenge(List.of(beta));
            Polynomial z = grandProduct(beta, gamma);
            List<BigInteger> zPoint = add(z);
            BigInteger alpha = challenge(concat(List.of(beta, gamma), zPoint));
            Polynomial publicInput = publicInput();
            List<Polynomial> t = split(quotient(z, publicInput, beta, gamma, alpha));
            List<BigInteger> third = new ArrayList<>(List.of(alpha));
            t.forEach(part -> third.addAll(add(part)));
            BigInteger xi = challenge(third);
            open(z, publicInput, t, beta, gamma, alpha, xi);
            return List.copyOf(proof);
        }

        private void commitWires() {
            BigInteger p0 = inputs.get(0).mod(R);
            BigInteger p1 = inputs.get(1).mod(R);
            BigInteger m = p0.multiply(p1).mod(R);
            BigInteger s = m.add(p0).mod(R);
            BigInteger[] signals = {ZERO, p0, p1, m, s, s.multiply(s).mod(R)};
            for (int column = 0; column < 3; column++) {
                for (int row = 0; row < N; row++) {
                    values[column][row] = signals[WIRES[column][row]];
                }
                wires.add(blinded(values[column], 2));
            }
            wires.forEach(this::add);
        }

        private Polynomial blinded(BigInteger[] evaluations, int scalars) {
            BigInteger[] blinding = new BigInteger[scalars];
            for (int i = 0; i < scalars; i++) {
                blinding[i] = scalar();
            }
            return Polynomial.interpolate(evaluations, OMEGA).plus(new Polynomial(blinding).times(VANISHING));
        }

        private BigInteger scalar() {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            return new BigInteger(1, bytes).mod(R);
        }

        private Polynomial grandProduct(BigInteger beta, BigInteger gamma) {
            BigInteger[] z = new BigInteger[N];
            z[0] = ONE;
            for (int row = 0; row < N - 1; row++) {
                BigInteger numerator = z[row];
                BigInteger denominator = ONE;
                for (int column = 0; column < 3; column++) {
                    BigInteger value = values[column][row].add(gamma);
                    numerator = numerator
                            .multiply(value.add(beta.multiply(identity(column, row))))
                            .mod(R);
                    denominator = denominator
                            .multiply(value.add(beta.multiply(sigmaValues[column][row])))
                            .mod(R);
                }
                z[row + 1] = numerator.multiply(denominator.modInverse(R)).mod(R);
            }
            return blinded(z, 3);
        }

        private Polynomial publicInput() {
            BigInteger[] evaluations = new BigInteger[N];
            for (int i = 0; i < N; i++) {
                evaluations[i] = i < 2 ? inputs.get(i).negate().mod(R) : ZERO;
            }
            return Polynomial.interpolate(evaluations, OMEGA);
        }

        private Polynomial quotient(
                Polynomial z, Polynomial publicInput, BigInteger beta, BigInteger gamma, BigInteger alpha) {
            Polynomial gate = qm.times(wires.get(0))
                    .times(wires.get(1))
                    .plus(ql.times(wires.get(0)))
                    .plus(qr.times(wires.get(1)))
                    .plus(qo.times(wires.get(2)))
                    .plus(qc)
                    .plus(publicInput);
            Polynomial straight = z;
            Polynomial permuted = z.scaled(OMEGA);
            for (int column = 0; column < 3; column++) {
                Polynomial shifted = wires.get(column).plus(Polynomial.constant(gamma));
                BigInteger factor = beta.multiply(BigInteger.valueOf(column + 1));
                straight = straight.times(shifted.plus(new Polynomial(ZERO, factor)));
                permuted = permuted.times(shifted.plus(sigma.get(column).times(beta)));
            }
            Polynomial start = z.minus(Polynomial.constant(ONE)).times(selector(1));
            return gate.plus(straight.minus(permuted).times(alpha))
                    .plus(start.times(alpha.multiply(alpha)))
                    .dividedBy(VANISHING);
        }

        private List<Polynomial> split(Polynomial t) {
            BigInteger b10 = scalar();
            BigInteger b11 = scalar();
            Polynomial top = Polynomial.vanishing(N).plus(Polynomial.constant(ONE)); // X^n
            return List.of(
                    t.slice(0, N).plus(top.times(b10)),
                    t.slice(N, 2 * N).minus(Polynomial.constant(b10)).plus(top.times(b11)),
                    t.slice(2 * N, 3 * N + 6).minus(Polynomial.constant(b11)));
        }

        private void open(
                Polynomial z,
                Polynomial publicInput,
                List<Polynomial> t,
                BigInteger beta,
                BigInteger gamma,
                BigInteger alpha,
                BigInteger xi) {
            List<BigInteger> evaluations = new ArrayList<>();
            wires.forEach(wire -> evaluations.add(wire.evaluate(xi)));
            evaluations.add(sigma.get(0).evaluate(xi));
            evaluations.add(sigma.get(1).evaluate(xi));
            evaluations.add(z.evaluate(xi.multiply(OMEGA)));
            BigInteger v = challenge(concat(List.of(xi), evaluations));
            Polynomial opening = linearization(z, publicInput, t, evaluations, beta, gamma, alpha, xi);
            BigInteger power = v;
            List<Polynomial> opened = List.of(wires.get(0), wires.get(1), wires.get(2), sigma.get(0), sigma.get(1));
            for (int i = 0; i < 5; i++) {
                opening = opening.plus(opened.get(i)
                        .minus(Polynomial.constant(evaluations.get(i)))
                        .times(power));
                power = power.multiply(v).mod(R);
            }
            add(opening.dividedBy(new Polynomial(xi.negate().mod(R), ONE)));
            BigInteger xiOmega = xi.multiply(OMEGA).mod(R);
            add(z.minus(Polynomial.constant(evaluations.get(5)))
                    .dividedBy(new Polynomial(xiOmega.negate().mod(R), ONE)));
            proof.addAll(evaluations);
        }

        private Polynomial linearization(
                Polynomial z,
                Polynomial publicInput,
                List<Polynomial> t,
                List<BigInteger> at,
                BigInteger beta,
                BigInteger gamma,
                BigInteger alpha,
                BigInteger xi) {
            BigInteger first = selector(1).evaluate(xi);
            BigInteger straight = alpha;
            for (int column = 0; column < 3; column++) {
                BigInteger shift = beta.multiply(BigInteger.valueOf(column + 1)).multiply(xi);
                straight =
                        straight.multiply(at.get(column).add(shift).add(gamma)).mod(R);
            }
            BigInteger permuted = alpha.multiply(at.get(5));
            for (int column = 0; column < 2; column++) {
                permuted = permuted.multiply(at.get(column)
                                .add(beta.multiply(at.get(3 + column)))
                                .add(gamma))
                        .mod(R);
            }
            BigInteger xiN = xi.modPow(BigInteger.valueOf(N), R);
            Polynomial combined =
                    t.get(0).plus(t.get(1).times(xiN)).plus(t.get(2).times(xiN.multiply(xiN)));
            return qm.times(at.get(0).multiply(at.get(1)))
                    .plus(ql.times(at.get(0)))
                    .plus(qr.times(at.get(1)))
                    .plus(qo.times(at.get(2)))
                    .plus(qc)
                    .plus(Polynomial.constant(publicInput.evaluate(xi)))
                    .plus(z.times(straight))
                    .minus(sigma.get(2)
                            .times(beta)
                            .plus(Polynomial.constant(at.get(2).add(gamma)))
                            .times(permuted))
                    .plus(z.minus(Polynomial.constant(ONE))
                            .times(first.multiply(alpha).multiply(alpha)))
                    .minus(combined.times(xiN.subtract(ONE)));
        }

        private List<BigInteger> add(Polynomial p) {
            List<BigInteger> point = commit(p);
            proof.addAll(point);
            return point;
        }

        private static List<BigInteger> concat(List<BigInteger> first, List<BigInteger> second) {
            List<BigInteger> joined = new ArrayList<>(first);
            joined.addAll(second);
            return joined;
        }
    }
}
