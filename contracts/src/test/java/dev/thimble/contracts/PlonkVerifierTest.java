package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Hex;
import dev.thimble.ethereum.ContractAbi;
import dev.thimble.ethereum.RpcException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlonkVerifierTest extends DevChainTest {
    private static final BigInteger GAS_BAR = BigInteger.valueOf(320_000);
    private static final ToyPlonk PLONK = new ToyPlonk(BigInteger.valueOf(0x7468696d626c65L));
    private static final List<BigInteger> INPUTS =
            List.of(BigInteger.ONE.shiftLeft(223).add(BigInteger.TEN), BigInteger.ONE.shiftLeft(247));
    private static final List<BigInteger> PROOF = PLONK.prove(INPUTS.get(0), INPUTS.get(1), 1);
    private static final ContractAbi ABI = ContractArtifact.PLONK_VERIFIER.abi();
    private static DevChain.Contract verifier;

    @BeforeAll
    static void deploy() {
        verifier = chain.deploy(ContractArtifact.PLONK_VERIFIER, PLONK.key().toAbi());
    }

    private static String revert(List<BigInteger> proof, List<BigInteger> inputs) {
        return verifier.revert(DevChain.USER, "verifyProof", proof, inputs);
    }

    private static List<BigInteger> with(List<BigInteger> words, int index, BigInteger value) {
        List<BigInteger> changed = new ArrayList<>(words);
        changed.set(index, value);
        return changed;
    }

    @Test
    void acceptsProofsOfManyStatements() {
        assertThat(verifier.get("verifyProof", PROOF, INPUTS)).isEqualTo(true);
        for (long seed = 2; seed < 6; seed++) {
            BigInteger largest = Bn254.R.subtract(BigInteger.valueOf(seed - 1));
            List<BigInteger> inputs = List.of(BigInteger.valueOf(seed - 2), largest);
            List<BigInteger> proof = PLONK.prove(inputs.get(0), inputs.get(1), seed);
            assertThat(verifier.get("verifyProof", proof, inputs)).isEqualTo(true);
        }
    }

    @Test
    void costsAtMostTheBar() {
        BigInteger gas = chain.send(
                        DevChain.USER,
                        Optional.of(verifier.address()),
                        BigInteger.ZERO,
                        ABI.encodeCall("verifyProof", PROOF, INPUTS))
                .gasUsed();
        assertThat(gas).isLessThanOrEqualTo(GAS_BAR);
        assertThat(gas).as("a verification cannot be this cheap").isGreaterThan(BigInteger.valueOf(230_000));
    }

    @Test
    void hashOfTheKeyIsTheReference() {
        assertThat((byte[]) verifier.get("verificationKeyHash"))
                .isEqualTo(PLONK.key().hash().bytes());
    }

    /** Negative test 1 of the list in docs/formats-l1.md: a proof made for x + r is not one for x. */
    @Test
    void refusesAliasedPublicInputs() {
        for (int i = 0; i < 2; i++) {
            List<BigInteger> aliased = with(INPUTS, i, INPUTS.get(i).add(Bn254.R));
            List<BigInteger> proof = PLONK.prove(aliased.get(0), aliased.get(1), 7);
            assertThat(revert(proof, aliased)).isEqualTo("PublicInputOutOfField[" + i + "]");
            assertThat(revert(proof, INPUTS)).isEqualTo("PairingFailed[]");
        }
    }

    /** Negative test 2: everything that is sent is bound by the transcript. */
    @Test
    void refusesEveryChangedWord() {
        for (int i = 0; i < 2; i++) {
            assertThat(revert(PROOF, with(INPUTS, i, INPUTS.get(i).add(BigInteger.ONE))))
                    .isEqualTo("PairingFailed[]");
        }
        assertThat(revert(PROOF, INPUTS.reversed())).isEqualTo("PairingFailed[]");
        for (int i = 0; i < 9; i++) {
            List<BigInteger> negated = with(PROOF, 2 * i + 1, Bn254.Q.subtract(PROOF.get(2 * i + 1)));
            assertThat(revert(negated, INPUTS)).isEqualTo("PairingFailed[]");
            List<BigInteger> generator = with(with(PROOF, 2 * i, BigInteger.ONE), 2 * i + 1, BigInteger.TWO);
            assertThat(revert(generator, INPUTS)).isEqualTo("PairingFailed[]");
        }
        for (int i = 18; i < 24; i++) {
            List<BigInteger> changed =
                    with(PROOF, i, PROOF.get(i).add(BigInteger.ONE).mod(Bn254.R));
            assertThat(revert(changed, INPUTS)).isEqualTo("PairingFailed[]");
            assertThat(revert(with(PROOF, i, BigInteger.ZERO), INPUTS)).isEqualTo("PairingFailed[]");
        }
    }

    /** Negative test 2, the other half: every part of the key is bound. */
    @Test
    void refusesUnderEveryChangedKey() {
        VerificationKey key = PLONK.key();
        for (int i = 0; i < 8; i++) {
            List<BigInteger> other = with(
                    key.commitments(),
                    2 * i + 1,
                    Bn254.Q.subtract(key.commitments().get(2 * i + 1)).mod(Bn254.Q));
            if (other.equals(key.commitments())) {
                other = with(with(other, 2 * i, BigInteger.ONE), 2 * i + 1, BigInteger.TWO); // was infinity
            }
            refusedUnder(new VerificationKey(key.power(), key.omega(), other, key.tauG2()));
        }
        BigInteger cubed = key.omega().modPow(BigInteger.valueOf(3), Bn254.R);
        refusedUnder(new VerificationKey(key.power(), cubed, key.commitments(), key.tauG2()));
        refusedUnder(new VerificationKey(
                key.power(), key.omega(), key.commitments(), Bn254.multiplyG2(BigInteger.valueOf(77))));
    }

    private static void refusedUnder(VerificationKey key) {
        DevChain.Contract other = chain.deploy(ContractArtifact.PLONK_VERIFIER, key.toAbi());
        assertThat(other.revert(DevChain.USER, "verifyProof", PROOF, INPUTS)).isEqualTo("PairingFailed[]");
        assertThat((byte[]) other.get("verificationKeyHash"))
                .isEqualTo(key.hash().bytes())
                .isNotEqualTo(PLONK.key().hash().bytes());
    }

    /** Negative test 3: the opening proofs swapped, or both a multiple of the generator. */
    @Test
    void refusesExchangedOpeningProofs() {
        List<BigInteger> swapped = new ArrayList<>(PROOF);
        for (int i = 0; i < 2; i++) {
            swapped.set(14 + i, PROOF.get(16 + i));
            swapped.set(16 + i, PROOF.get(14 + i));
        }
        assertThat(revert(swapped, INPUTS)).isEqualTo("PairingFailed[]");
        for (long factor = 1; factor < 4; factor++) {
            List<BigInteger> point = Bn254.coordinates(Bn254.multiplyG1(BigInteger.valueOf(factor)));
            List<BigInteger> equal = new ArrayList<>(PROOF);
            for (int i = 14; i < 18; i++) {
                equal.set(i, point.get(i % 2));
            }
            assertThat(revert(equal, INPUTS)).isEqualTo("PairingFailed[]");
        }
    }

    /** Negative test 4: infinite, unreduced and off-curve points, unreduced scalars, all zero. */
    @Test
    void refusesPointsAndScalarsOutOfRange() {
        for (int i = 0; i < 9; i++) {
            String expected = "PointNotOnCurve[" + i + "]";
            List<BigInteger> zero = with(with(PROOF, 2 * i, BigInteger.ZERO), 2 * i + 1, BigInteger.ZERO);
            assertThat(revert(zero, INPUTS)).isEqualTo(expected);
            for (int j = 2 * i; j < 2 * i + 2; j++) {
                assertThat(revert(with(PROOF, j, PROOF.get(j).add(Bn254.Q)), INPUTS))
                        .isEqualTo(expected);
                assertThat(revert(with(PROOF, j, PROOF.get(j).xor(BigInteger.ONE)), INPUTS))
                        .isEqualTo(expected);
            }
        }
        for (int i = 18; i < 24; i++) {
            String expected = "EvaluationOutOfField[" + (i - 18) + "]";
            assertThat(revert(with(PROOF, i, PROOF.get(i).add(Bn254.R)), INPUTS))
                    .isEqualTo(expected);
            assertThat(revert(with(PROOF, i, Bn254.R), INPUTS)).isEqualTo(expected);
        }
        List<BigInteger> zeros = Collections.nCopies(24, BigInteger.ZERO);
        assertThat(revert(zeros, INPUTS)).isEqualTo("PointNotOnCurve[0]");
        assertThat(revert(zeros, List.of(BigInteger.ZERO, BigInteger.ZERO))).isEqualTo("PointNotOnCurve[0]");
    }

    /** Negative test 5: with too little gas the call fails; it never succeeds with false. */
    @Test
    void neverReturnsFalseWhenGasRunsOut() {
        String data = Hex.data(ABI.encodeCall("verifyProof", PROOF, INPUTS));
        int succeeded = 0;
        for (long gas = 40_000; gas <= 300_000; gas += 2_500) {
            try {
                String result = chain.client()
                        .rpc()
                        .call(
                                "eth_call",
                                Map.of(
                                        "from", DevChain.USER.address().hex(),
                                        "to", verifier.address().hex(),
                                        "gas", Hex.quantity(gas),
                                        "data", data),
                                "latest")
                        .asString();
                assertThat(Hex.parseQuantity(result)).isEqualTo(BigInteger.ONE);
                succeeded++;
            } catch (RpcException e) {
                assertThat(gas).as("a proof fails with enough gas").isLessThan(GAS_BAR.longValueExact());
            }
        }
        assertThat(succeeded).isPositive();
    }

    /** Negative test 6: calldata one byte or word short or long. */
    @ParameterizedTest
    @ValueSource(ints = {-836, -832, -64, -32, -1, 1, 31, 32, 832})
    void refusesCalldataOfAnotherLength(int difference) {
        byte[] data = ABI.encodeCall("verifyProof", PROOF, INPUTS);
        String error = verifier.revertOf(DevChain.USER, BigInteger.ZERO, Arrays.copyOf(data, data.length + difference));
        if (difference > 0) {
            assertThat(error).isEqualTo("WrongCalldataLength[" + (data.length + difference) + "]");
        } else {
            assertThat(error).contains("revert");
        }
    }

    @Test
    void refusesKeysThatAreNone() {
        VerificationKey key = PLONK.key();
        refusedKey(new VerificationKey(2, key.omega(), key.commitments(), key.tauG2()), "power");
        refusedKey(new VerificationKey(29, key.omega(), key.commitments(), key.tauG2()), "power");
        refusedKey(new VerificationKey(4, key.omega(), key.commitments(), key.tauG2()), "omega");
        refusedKey(new VerificationKey(3, key.omega().add(Bn254.R), key.commitments(), key.tauG2()), "omega");
        refusedKey(
                new VerificationKey(3, key.omega(), with(key.commitments(), 0, BigInteger.TEN), key.tauG2()),
                "commitment");
        List<BigInteger> tau = key.tauG2();
        refusedKey(
                new VerificationKey(
                        3,
                        key.omega(),
                        key.commitments(),
                        with(tau, 0, tau.get(0).xor(BigInteger.ONE))),
                "tauG2");
        refusedKey(
                new VerificationKey(3, key.omega(), key.commitments(), Collections.nCopies(4, BigInteger.ZERO)),
                "tauG2");
        refusedKey(new VerificationKey(3, key.omega(), key.commitments(), Bn254.multiplyG2(BigInteger.ONE)), "tauG2");
    }

    private static void refusedKey(VerificationKey key, String what) {
        byte[] creation = ContractArtifact.PLONK_VERIFIER.creation(key.toAbi());
        try {
            chain.send(DevChain.OWNER, Optional.empty(), BigInteger.ZERO, creation);
        } catch (RpcException e) {
            assertThat(ABI.decodeError(e.revertData())).contains("InvalidVerificationKey[" + what + "]");
            return;
        }
        throw new AssertionError("the verifier took a key with a wrong " + what);
    }
}
