package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonk.ProvingKey.Fixed;
import dev.thimble.plonkverifier.VerificationKey;
import java.math.BigInteger;
import java.util.List;

/** Rounds 4 and 5: the evaluations at ξ and ξω, the linearisation r(X), and the two opening quotients. */
final class Opening {
    private final ProvingKey key;
    private final long[][] blinded;
    private final long[][] thirds;
    private final Fr xi;
    private final Parallel parallel;
    private final Fr a;
    private final Fr b;
    private final Fr c;
    private final Fr s1;
    private final Fr s2;
    private final Fr zOmega;

    /**
     * @param blinded coefficients of a, b, c, z
     * @param thirds coefficients of T₁, T₂, T₃
     */
    Opening(ProvingKey key, long[][] blinded, long[][] thirds, Fr xi, Parallel parallel) {
        this.key = key;
        this.blinded = blinded;
        this.thirds = thirds;
        this.xi = xi;
        this.parallel = parallel;
        a = evaluate(blinded[0], xi);
        b = evaluate(blinded[1], xi);
        c = evaluate(blinded[2], xi);
        s1 = Polynomials.evaluate(source(Fixed.S1), key.rows(), xi, parallel);
        s2 = Polynomials.evaluate(source(Fixed.S2), key.rows(), xi, parallel);
        zOmega = evaluate(blinded[3], xiOmega());
    }

    /** a, b, c, s1, s2 at ξ and z at ξω. */
    List<Fr> evaluations() {
        return List.of(a, b, c, s1, s2, zOmega);
    }

    /** (z - z(ξω))/(X - ξω). */
    long[] atXiOmega() {
        long[] polynomial = blinded[3].clone();
        Polynomials.addConstant(polynomial, zOmega.negate());
        return Polynomials.divide(polynomial, xiOmega());
    }

    /** (r + v(a - a(ξ)) + v²(b - b(ξ)) + v³(c - c(ξ)) + v⁴(S1 - s1) + v⁵(S2 - s2))/(X - ξ). */
    long[] atXi(List<Fr> publicInputs, Fr beta, Fr gamma, Fr alpha, Fr v) {
        long[] sum = linearisation(publicInputs, beta, gamma, alpha);
        Fr factor = v;
        for (int i = 0; i < 3; i++) {
            Polynomials.addScaled(sum, factor, blinded[i], parallel);
            Polynomials.addConstant(sum, factor.mul(evaluations().get(i)).negate());
            factor = factor.mul(v);
        }
        addFixed(sum, factor, Fixed.S1);
        addFixed(sum, factor.mul(v), Fixed.S2);
        Polynomials.addConstant(sum, factor.mul(s1.add(v.mul(s2))).negate());
        return Polynomials.divide(sum, xi);
    }

    private long[] linearisation(List<Fr> publicInputs, Fr beta, Fr gamma, Fr alpha) {
        long[] r = new long[4 * (key.rows() + Crs.EXTRA_POINTS)];
        addFixed(r, a.mul(b), Fixed.QM);
        addFixed(r, a, Fixed.QL);
        addFixed(r, b, Fixed.QR);
        addFixed(r, c, Fixed.QO);
        addFixed(r, Fr.ONE, Fixed.QC);

        Fr xiToN = xi.pow(BigInteger.valueOf(key.rows()));
        Fr vanishing = xiToN.sub(Fr.ONE);
        Fr firstLagrange = lagrange(Fr.ONE, vanishing);
        Fr betaXi = beta.mul(xi);
        Fr identities = a.add(betaXi)
                .add(gamma)
                .mul(b.add(betaXi.mul(VerificationKey.K1)).add(gamma))
                .mul(c.add(betaXi.mul(VerificationKey.K2)).add(gamma));
        Fr ofZ = identities.mul(alpha).add(firstLagrange.mul(alpha.square()));
        Polynomials.addScaled(r, ofZ, blinded[3], parallel);

        Fr sigmas = a.add(beta.mul(s1))
                .add(gamma)
                .mul(b.add(beta.mul(s2)).add(gamma))
                .mul(alpha)
                .mul(zOmega);
        addFixed(r, sigmas.mul(beta).negate(), Fixed.S3);

        Polynomials.addScaled(r, vanishing.negate(), thirds[0], parallel);
        Polynomials.addScaled(r, vanishing.mul(xiToN).negate(), thirds[1], parallel);
        Polynomials.addScaled(r, vanishing.mul(xiToN.square()).negate(), thirds[2], parallel);

        Fr constant = publicInputs(publicInputs, vanishing)
                .sub(firstLagrange.mul(alpha.square()))
                .sub(sigmas.mul(c.add(gamma)));
        Polynomials.addConstant(r, constant);
        return r;
    }

    private Fr publicInputs(List<Fr> inputs, Fr vanishing) {
        Fr root = Fft.root(key.verificationKey().power());
        Fr sum = Fr.ZERO;
        Fr point = Fr.ONE;
        for (Fr input : inputs) {
            sum = sum.sub(input.mul(lagrange(point, vanishing)));
            point = point.mul(root);
        }
        return sum;
    }

    private Fr lagrange(Fr point, Fr vanishing) {
        return point.mul(vanishing).mul(Fr.of(key.rows()).mul(xi.sub(point)).inverse());
    }

    private Fr xiOmega() {
        return xi.mul(Fft.root(key.verificationKey().power()));
    }

    private Fr evaluate(long[] coefficients, Fr point) {
        return Polynomials.evaluate(Polynomials.of(coefficients), coefficients.length / 4, point, parallel);
    }

    private void addFixed(long[] target, Fr factor, Fixed polynomial) {
        Polynomials.addScaled(target, factor, source(polynomial), key.rows(), parallel);
    }

    private Polynomials.Source source(Fixed polynomial) {
        return (from, count, target) -> key.loadCoefficients(polynomial, from, count, target);
    }
}
