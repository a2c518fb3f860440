package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Hex;
import dev.thimble.ethereum.RpcException;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same proofs, good and bad, before four verifiers: ours in Java, snarkjs, our contract, and the contract that snarkjs exports. The numbers
 * are those of the list in docs/formats-l1.md. Where snarkjs is known to be laxer, the test says so and would notice a change.
 */
class FourVerifiersTest {
    private static final Path FIXTURE =
            NodeTools.MODULE.resolve("../snark/plonk/src/test/resources/dev/thimble/plonk/fixture");
    private static final ToyPlonk TOY = new ToyPlonk(BigInteger.valueOf(0x7468696d626c65L));
    private static final Set<String> ALL = Set.of("java", "snarkjs", "contract", "exported");

    @TempDir
    static Path folder;

    private static DevChain chain;
    private static Subject real;
    private static Subject toy;

    /** A key, its two contracts, and a good proof under it. */
    private record Subject(
            VerificationKey key,
            List<BigInteger> proof,
            List<BigInteger> inputs,
            DevChain.Contract contract,
            DevChain.Contract exported) {}

    /** A proof with inputs and the verifiers that are to accept it. */
    private record Case(String name, VerificationKey key, List<BigInteger> proof, List<BigInteger> inputs) {}

    @BeforeAll
    static void deploy() throws Exception {
        NodeTools.require();
        chain = DevChain.start();
        VerificationKey fixtureKey = VerificationKey.parseSnarkjs(read("verification_key.json"));
        List<BigInteger> toyInputs = List.of(BigInteger.valueOf(77), BigInteger.valueOf(5));
        List<ContractArtifact> exported =
                ThirdParty.contracts(folder, List.of(ThirdParty.keyJson(fixtureKey), ThirdParty.keyJson(TOY.key())));
        String calldata = Files.readString(FIXTURE.resolve("calldata.hex")).substring(10);
        List<BigInteger> words = new ArrayList<>();
        for (int at = 0; at < calldata.length(); at += 64) {
            words.add(new BigInteger(calldata.substring(at, at + 64), 16));
        }
        real = subject(fixtureKey, words.subList(0, 24), words.subList(24, 26), exported.get(0));
        toy = subject(TOY.key(), TOY.prove(toyInputs.get(0), toyInputs.get(1), 3), toyInputs, exported.get(1));
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    private static Subject subject(
            VerificationKey key, List<BigInteger> proof, List<BigInteger> inputs, ContractArtifact exported) {
        return new Subject(
                key, proof, inputs, chain.deploy(ContractArtifact.PLONK_VERIFIER, key.toAbi()), chain.deploy(exported));
    }

    private static JsonNode read(String file) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(FIXTURE.resolve(file)));
    }

    /** Who accepts each case, by its name. */
    private static Map<String, Set<String>> accepting(Subject subject, List<Case> cases) throws Exception {
        List<String> third = ThirdParty.judge(
                folder,
                cases.stream()
                        .map(c -> new ThirdParty.Item(
                                ThirdParty.keyJson(c.key()),
                                ThirdParty.proofJson(c.proof()),
                                ThirdParty.inputsJson(c.inputs())))
                        .toList());
        Map<String, Set<String>> result = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            Set<String> accepting = new TreeSet<>();
            Verdict verdict = PlonkVerifier.verify(
                    ThirdParty.keyJson(c.key()), ThirdParty.proofJson(c.proof()), ThirdParty.inputsJson(c.inputs()));
            add(accepting, "java", verdict instanceof Verdict.Accepted);
            add(accepting, "snarkjs", third.get(i).equals("accepted"));
            if (c.key().equals(subject.key())) {
                add(accepting, "contract", isTrue(subject.contract(), c));
                add(accepting, "exported", isTrue(subject.exported(), c));
            }
            result.put(c.name(), accepting);
        }
        return result;
    }

    private static void add(Set<String> set, String name, boolean accepts) {
        if (accepts) {
            set.add(name);
        }
    }

    private static boolean isTrue(DevChain.Contract contract, Case c) {
        return isTrue(contract, contract.abi().encodeCall("verifyProof", c.proof(), c.inputs()), 3_000_000);
    }

    private static boolean isTrue(DevChain.Contract contract, byte[] data, long gas) {
        Map<String, String> call =
                Map.of("to", contract.address().hex(), "data", Hex.data(data), "gas", Hex.quantity(gas));
        try {
            JsonNode result = chain.client().rpc().call("eth_call", call, "latest");
            return Hex.parseQuantity(result.asString()).equals(BigInteger.ONE);
        } catch (RpcException e) {
            return false;
        }
    }

    private static Case changed(String name, Subject s, Map<Integer, BigInteger> words) {
        List<BigInteger> proof = new ArrayList<>(s.proof());
        words.forEach(proof::set);
        return new Case(name, s.key(), proof, s.inputs());
    }

    private static void assertNobodyAccepts(Map<String, Set<String>> accepting) {
        assertThat(accepting)
                .isNotEmpty()
                .allSatisfy((name, who) -> assertThat(who).as(name).isEmpty());
    }

    @Test
    void allAcceptGoodProofs() throws Exception {
        for (Subject s : List.of(real, toy)) {
            assertThat(accepting(s, List.of(new Case("good", s.key(), s.proof(), s.inputs()))))
                    .containsEntry("good", new TreeSet<>(ALL));
        }
    }

    /** 1. A proof made for x + r: the exported contract does not look at the range of its inputs. */
    @Test
    void number1AliasedPublicInputs() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<BigInteger> aliased = new ArrayList<>(toy.inputs());
            aliased.set(i, aliased.get(i).add(Bn254.R));
            List<BigInteger> proof = TOY.prove(aliased.get(0), aliased.get(1), 9);
            cases.add(new Case("aliased " + i, toy.key(), proof, aliased));
            cases.add(new Case("aliased proof, reduced input " + i, toy.key(), proof, toy.inputs()));
            cases.add(new Case("aliased input " + i, toy.key(), toy.proof(), aliased));
        }
        Map<String, Set<String>> accepting = accepting(toy, cases);
        assertThat(accepting.remove("aliased 0"))
                .as("known flaw of the exported contract")
                .containsExactly("exported");
        assertThat(accepting.remove("aliased 1"))
                .as("known flaw of the exported contract")
                .containsExactly("exported");
        assertNobodyAccepts(accepting);
    }

    /** 2. Everything that is sent is bound: every commitment, evaluation and input, one at a time. */
    @Test
    void number2ChangedWords() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            BigInteger y = real.proof().get(2 * i + 1);
            cases.add(changed("negated point " + i, real, Map.of(2 * i + 1, Bn254.Q.subtract(y))));
            cases.add(changed("point " + i + " = G", real, Map.of(2 * i, BigInteger.ONE, 2 * i + 1, BigInteger.TWO)));
        }
        for (int i = 18; i < 24; i++) {
            BigInteger next = real.proof().get(i).add(BigInteger.ONE).mod(Bn254.R);
            cases.add(changed("evaluation " + (i - 18), real, Map.of(i, next)));
        }
        for (int i = 0; i < 2; i++) {
            List<BigInteger> inputs = new ArrayList<>(real.inputs());
            inputs.set(i, inputs.get(i).add(BigInteger.ONE));
            cases.add(new Case("input " + i, real.key(), real.proof(), inputs));
        }
        cases.add(new Case(
                "inputs swapped", real.key(), real.proof(), real.inputs().reversed()));
        assertNobodyAccepts(accepting(real, cases));
    }

    /** 2. And every part of the key. */
    @Test
    void number2ChangedKeys() throws Exception {
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<BigInteger> commitments = new ArrayList<>(real.key().commitments());
            commitments.set(2 * i + 1, Bn254.Q.subtract(commitments.get(2 * i + 1)));
            keys.add(new VerificationKey(
                    real.key().power(),
                    real.key().omega(),
                    commitments,
                    real.key().tauG2()));
        }
        keys.add(new VerificationKey(
                real.key().power(),
                real.key().omega(),
                real.key().commitments(),
                Bn254.multiplyG2(BigInteger.valueOf(99))));
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            cases.add(new Case("key part " + i, keys.get(i), real.proof(), real.inputs()));
        }
        Map<String, Set<String>> accepting = accepting(real, cases);
        List<ContractArtifact> exported = ThirdParty.contracts(
                folder, keys.stream().map(ThirdParty::keyJson).toList());
        for (int i = 0; i < keys.size(); i++) {
            Case c = cases.get(i);
            Set<String> who = Objects.requireNonNull(accepting.get(c.name()));
            add(
                    who,
                    "contract",
                    isTrue(
                            chain.deploy(
                                    ContractArtifact.PLONK_VERIFIER, keys.get(i).toAbi()),
                            c));
            add(who, "exported", isTrue(chain.deploy(exported.get(i)), c));
        }
        assertNobodyAccepts(accepting);
    }

    /** 3. The opening proofs exchanged, or both a multiple of the generator: u binds both. */
    @Test
    void number3OpeningProofs() throws Exception {
        List<BigInteger> p = real.proof();
        List<Case> cases = new ArrayList<>();
        cases.add(changed("swapped", real, Map.of(14, p.get(16), 15, p.get(17), 16, p.get(14), 17, p.get(15))));
        for (long factor = 1; factor < 4; factor++) {
            List<BigInteger> g = Bn254.coordinates(Bn254.multiplyG1(BigInteger.valueOf(factor)));
            cases.add(changed(factor + "G", real, Map.of(14, g.get(0), 15, g.get(1), 16, g.get(0), 17, g.get(1))));
        }
        assertNobodyAccepts(accepting(real, cases));
    }

    /** 4. Infinite, unreduced and off-curve points, unreduced evaluations, all zero. */
    @Test
    void number4OutOfRange() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            cases.add(changed("infinity " + i, real, Map.of(2 * i, BigInteger.ZERO, 2 * i + 1, BigInteger.ZERO)));
            for (int j = 2 * i; j < 2 * i + 2; j++) {
                BigInteger value = real.proof().get(j);
                cases.add(changed("unreduced coordinate " + j, real, Map.of(j, value.add(Bn254.Q))));
                cases.add(changed("off the curve " + j, real, Map.of(j, value.xor(BigInteger.ONE))));
            }
        }
        for (int i = 18; i < 24; i++) {
            cases.add(changed(
                    "unreduced evaluation " + i,
                    real,
                    Map.of(i, real.proof().get(i).add(Bn254.R))));
        }
        List<BigInteger> zeros = Collections.nCopies(24, BigInteger.ZERO);
        cases.add(new Case("all zero", real.key(), zeros, real.inputs()));
        cases.add(new Case("all zero, inputs too", real.key(), zeros, List.of(BigInteger.ZERO, BigInteger.ZERO)));
        Map<String, Set<String>> accepting = accepting(real, cases);
        accepting.forEach((name, who) -> {
            if (name.startsWith("unreduced")) {
                assertThat(who).as("snarkjs reduces the numbers that it reads").isSubsetOf("snarkjs");
                who.clear();
            }
        });
        assertNobodyAccepts(accepting);
    }

    /** 5. With too little gas: our contract fails, the exported one succeeds and says false, so its callers must look. */
    @Test
    void number5LittleGas() {
        byte[] ours = real.contract().abi().encodeCall("verifyProof", real.proof(), real.inputs());
        byte[] theirs = real.exported().abi().encodeCall("verifyProof", real.proof(), real.inputs());
        Set<String> outcomes = new TreeSet<>();
        for (long gas = 40_000; gas <= 320_000; gas += 10_000) {
            outcomes.add("contract " + outcome(real.contract(), ours, gas));
            outcomes.add("exported " + outcome(real.exported(), theirs, gas));
        }
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        "contract fails", "contract true", "exported fails", "exported false", "exported true");
    }

    private static String outcome(DevChain.Contract contract, byte[] data, long gas) {
        Map<String, String> call =
                Map.of("to", contract.address().hex(), "data", Hex.data(data), "gas", Hex.quantity(gas));
        try {
            String result =
                    chain.client().rpc().call("eth_call", call, "latest").asString();
            return Hex.parseQuantity(result).equals(BigInteger.ONE) ? "true" : "false";
        } catch (RpcException e) {
            return "fails";
        }
    }

    /** 6. Calldata a word or a byte short; another number of inputs. */
    @Test
    void number6WrongLengths() throws Exception {
        for (DevChain.Contract contract : List.of(real.contract(), real.exported())) {
            byte[] data = contract.abi().encodeCall("verifyProof", real.proof(), real.inputs());
            for (int missing : List.of(1, 32, 64, 800)) {
                assertThat(isTrue(contract, Arrays.copyOf(data, data.length - missing), 3_000_000))
                        .isFalse();
            }
        }
        byte[] longer =
                Arrays.copyOf(real.contract().abi().encodeCall("verifyProof", real.proof(), real.inputs()), 836 + 32);
        assertThat(isTrue(real.contract(), longer, 3_000_000)).isFalse();
        BigInteger first = real.inputs().get(0);
        for (List<BigInteger> inputs : List.of(
                List.<BigInteger>of(),
                List.of(first),
                List.of(first, real.inputs().get(1), BigInteger.ZERO))) {
            String proof = ThirdParty.proofJson(real.proof());
            String key = ThirdParty.keyJson(real.key());
            assertThat(PlonkVerifier.verify(key, proof, ThirdParty.inputsJson(inputs)))
                    .isInstanceOf(Verdict.Rejected.class);
            assertThat(ThirdParty.judge(
                            folder, List.of(new ThirdParty.Item(key, proof, ThirdParty.inputsJson(inputs)))))
                    .doesNotContain("accepted");
        }
    }

    /** 11. The sign of the public inputs: -x is not x. */
    @Test
    void number11Signs() throws Exception {
        List<BigInteger> negated =
                real.inputs().stream().map(input -> input.negate().mod(Bn254.R)).toList();
        assertNobodyAccepts(accepting(real, List.of(new Case("negated inputs", real.key(), real.proof(), negated))));
    }

    /** Two public inputs cost no more than the bar, for both contracts. */
    @Test
    void gas() {
        for (DevChain.Contract contract : List.of(real.contract(), real.exported())) {
            byte[] data = contract.abi().encodeCall("verifyProof", real.proof(), real.inputs());
            BigInteger gas = chain.client()
                    .estimateGas(DevChain.USER.address(), Optional.of(contract.address()), BigInteger.ZERO, data);
            assertThat(gas).isLessThanOrEqualTo(BigInteger.valueOf(320_000));
        }
    }
}
