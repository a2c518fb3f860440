package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.NewBatch;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.l1.L1Event.Kind;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.testkit.FreeInputSnark;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The component in good weather, and what it must not send. */
class L1ComponentTest {
    private LocalL1 l1;
    private Deployment deployment;

    @BeforeEach
    void deploy() throws Exception {
        l1 = LocalL1.start();
        deployment = l1.deploy();
    }

    @AfterEach
    void stop() {
        l1.close();
    }

    private static byte[] setVerifier(Deployment deployment, VerifierParams params) {
        return ChainContract.ABI.encodeCall(
                "setVerifier",
                deployment.verifier(),
                params.toAbi(),
                new Bytes32(TestBatches.SNARK.key().hash()).bytes());
    }

    private void send(PrivateKey from, byte[] data) {
        l1.send(from, deployment, data);
    }

    @Test
    void everyBatchIsCommittedProvenAndExecutedOnce() {
        TestBatches batches = new TestBatches(l1.genesis(), 1, 3);
        L1Component component = l1.component(deployment, batches);
        LocalL1.turnUntil(component, 3, 3, 3);
        for (int i = 0; i < 5; i++) {
            component.turn();
        }
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(9);
        assertThat(l1.kinds()).doesNotContain(Kind.REVERTED, Kind.MISMATCH, Kind.STUCK, Kind.REFUSED);
        for (BatchStep step : BatchStep.values()) {
            Operation operation = component.operation(step, 2).orElseThrow();
            assertThat(operation.mined().orElseThrow().succeeded()).isTrue();
        }
        l1.mine(3);
        component.turn();
        assertThat(component.open()).as("everything is final").isEmpty();
    }

    /** State from L1 alone: calldata gives back every batch, reverted ones left out. */
    @Test
    void batchesAreReadBackFromCalldata() {
        TestBatches first = new TestBatches(l1.genesis(), 2, 4);
        LocalL1.turnUntil(l1.component(deployment, first.limited(4, 2)), 4, 2, 2);
        CommittedBatches reader = new CommittedBatches(l1.contract(deployment), deployment.blockNumber());
        assertEqualBatches(reader.read(), first.all());

        send(LocalL1.OWNER, ChainContract.ABI.encodeCall("revertBatches", 3));
        assertEqualBatches(reader.read(), first.all().subList(0, 3));
        TestBatches again = new TestBatches(l1.genesis(), 2, 4);
        LocalL1.turnUntil(l1.component(deployment, again), 4, 4, 4);
        assertEqualBatches(reader.read(), again.all());
    }

    private static void assertEqualBatches(List<NewBatch> actual, List<NewBatch> expected) {
        assertThat(actual).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(expected);
    }

    @Test
    void aContractWithOtherKeysGetsNoTransaction() {
        VerifierParams other = new VerifierParams(
                TestBatches.PARAMS.leafKeyHash(),
                TestBatches.PARAMS.nodeKeyHash(),
                TestBatches.PARAMS.circuitsSetHash());
        DeploymentCheck params = new DeploymentCheck(deployment, l1.genesis(), TestBatches.SNARK.key(), other);
        DeploymentCheck key = new DeploymentCheck(
                deployment, l1.genesis(), FreeInputSnark.ofSeed("another key").key(), TestBatches.PARAMS);
        ChainGenesis otherGenesis = new ChainGenesis(
                LocalL1.L2_CHAIN_ID,
                l1.genesis().timestamp(),
                l1.genesis().blockHash(),
                l1.genesis().blockHash());
        DeploymentCheck genesis =
                new DeploymentCheck(deployment, otherGenesis, TestBatches.SNARK.key(), TestBatches.PARAMS);
        Deployment nowhere = new Deployment(
                deployment.l1ChainId(), LocalL1.L2_CHAIN_ID, LocalL1.USER.address(), deployment.verifier(), 0);
        Deployment elsewhere = new Deployment(
                deployment.l1ChainId() + 1, LocalL1.L2_CHAIN_ID, deployment.contract(), deployment.verifier(), 0);
        for (DeploymentCheck wrong : List.of(params, key, genesis, l1.check(nowhere), l1.check(elsewhere))) {
            L1Component component =
                    l1.component(wrong, new TestBatches(l1.genesis(), 3, 1), l1.client(), LocalL1.PATIENT);
            assertThat(component.turn()).isFalse();
            assertThat(l1.events.getLast().kind()).isEqualTo(Kind.MISMATCH);
        }
        assertThat(l1.events.toString())
                .contains("the node key hash is 0xb2", "the leaf key hash is 0xa1")
                .contains("the verification key hash is 0x")
                .contains("the genesis batch is 0x")
                .contains("there is no contract at", "the L1's chain id is 31338 here and 31337 on L1");
        assertThat(l1.nonce(LocalL1.OPERATOR)).isZero();
    }

    @Test
    void keysThatChangeUnderWayStopEverything() {
        TestBatches batches = new TestBatches(l1.genesis(), 4, 2).limited(1, 1);
        L1Component component = l1.component(deployment, batches);
        LocalL1.turnUntil(component, 1, 1, 1);
        VerifierParams other =
                new VerifierParams(TestBatches.PARAMS.nodeKeyHash(), TestBatches.PARAMS.leafKeyHash(), Bytes32.ZERO);
        send(LocalL1.OWNER, setVerifier(deployment, other));
        batches.limited(2, 2);
        assertThat(component.turn()).isFalse();
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(3);
        send(LocalL1.OWNER, setVerifier(deployment, TestBatches.PARAMS));
        LocalL1.turnUntil(component, 2, 2, 2);
    }

    @Test
    void aPausedContractOrAnotherOperatorGetsNoTransaction() {
        L1Component component = l1.component(deployment, new TestBatches(l1.genesis(), 5, 1));
        send(LocalL1.OWNER, ChainContract.ABI.encodeCall("setPaused", true));
        assertThat(component.turn()).isFalse();
        send(LocalL1.OWNER, ChainContract.ABI.encodeCall("setPaused", false));
        send(LocalL1.OWNER, ChainContract.ABI.encodeCall("setOperator", LocalL1.USER.address()));
        assertThat(component.turn()).isFalse();
        assertThat(l1.events.getLast().detail()).contains("the operator is " + LocalL1.OPERATOR.address());
        assertThat(l1.nonce(LocalL1.OPERATOR)).isZero();
    }

    @Test
    void aWrongProofIsNotSent() {
        TestBatches batches = new TestBatches(l1.genesis(), 6, 2);
        PlonkProof ofAnother = batches.proof(2).orElseThrow();
        BatchSource liar = new BatchSource() {
            @Override
            public Optional<NewBatch> sealed(long number) {
                return batches.sealed(number);
            }

            @Override
            public Optional<PlonkProof> proof(long number) {
                return Optional.of(ofAnother);
            }
        };
        L1Component component = l1.component(deployment, liar);
        LocalL1.turnUntil(component, 2, 0, 0);
        component.turn();
        assertThat(l1.events.toString()).contains("the proof of batch 1 is wrong");
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(2);
        LocalL1.turnUntil(l1.component(deployment, batches), 2, 2, 2);
    }

    /** A database that was restored from an old copy, or belongs to another history. */
    @Test
    void anotherHistoryOnL1IsAnAlarm() {
        LocalL1.turnUntil(l1.component(deployment, new TestBatches(l1.genesis(), 7, 2)), 2, 2, 2);
        long sent = l1.nonce(LocalL1.OPERATOR);
        L1Component other = l1.component(deployment, new TestBatches(l1.genesis(), 8, 3));
        other.turn();
        assertThat(l1.events.getLast().detail()).contains("batch 2 on L1 is not the one sealed here");
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(sent);
    }

    @Test
    void whatTheContractRefusesIsNotSent() {
        TestBatches batches = new TestBatches(l1.genesis(), 9, 1);
        send(LocalL1.USER, ChainContract.ABI.encodeCall("deposit", LocalL1.USER.address(), new byte[0]));
        l1.client().rpc().call("evm_increaseTime", 2000);
        l1.mine(1);
        L1Component component = l1.component(deployment, batches);
        component.turn();
        component.turn();
        assertThat(l1.events.stream().filter(e -> e.kind() == Kind.REFUSED).toList())
                .as("told once")
                .hasSize(1)
                .first()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("MessageOverdue[0]"));
        assertThat(l1.nonce(LocalL1.OPERATOR)).isZero();
    }
}
