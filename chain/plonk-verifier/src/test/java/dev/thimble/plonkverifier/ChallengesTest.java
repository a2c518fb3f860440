package dev.thimble.plonkverifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.bn254.Fr;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transcript of the fixture, as the debug log of snarkjs 0.7.6 prints it for the same files. */
class ChallengesTest {
    private static Fr hex(String digits) {
        return Fr.of(new BigInteger(digits, 16));
    }

    @Test
    void areThoseOfSnarkjs() throws Exception {
        VerificationKey key = VerificationKey.fromJson(Fixture.KEY);
        PlonkProof p = PlonkProof.fromJson(Fixture.PROOF);
        List<Fr> inputs = VerificationKey.publicInputsFromJson(Fixture.INPUTS);
        Fr beta = Challenges.beta(key, inputs, p.a(), p.b(), p.c());
        Fr gamma = Challenges.gamma(beta);
        Fr alpha = Challenges.alpha(beta, gamma, p.z());
        Fr xi = Challenges.xi(alpha, p.t1(), p.t2(), p.t3());
        assertThat(List.of(
                        beta,
                        gamma,
                        alpha,
                        xi,
                        Challenges.v(xi, p.evaluations()),
                        Challenges.u(p.openingAtXi(), p.openingAtXiOmega())))
                .containsExactly(
                        hex("20a92b9b85417b3906795f99172bc929bfd74b259c3be896e1690424ca6122bb"),
                        hex("8125cb43de0997875c981eb68f6de291d6a18aa42e59f870d1566190a207d30"),
                        hex("8f30c1726e26ed8bc034bf3d82c923f05be0698ec6a7fb8cad957e469c03fd4"),
                        hex("2a2920918d9396a320dcb86c4f6b162de88203bbf4c2be6fe1044bbb872df199"),
                        hex("2f344445f4e92d2f6d0015223c78f064b8a1ce254e5d45672ba0d80284cd09f7"),
                        hex("efe4297c4e18a77fc934e2267109324bd6949c760f6863a116bec02ea30977e"));
    }
}
