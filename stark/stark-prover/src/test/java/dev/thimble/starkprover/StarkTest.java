package dev.thimble.starkprover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.air.AirProgram;
import dev.thimble.air.BusChecker;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.Regime;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2Parameters;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StarkTest {
    private static final Digest SEED = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void fibonacciIsProvenAndVerified(int logHeight) {
        ProvingKey key = Circuits.fibonacciKey(logHeight);
        Trace trace = Circuits.Fibonacci.trace(key.verifyingKey().program());
        PublicInputs inputs = PublicInputs.of(0, trace.stage(Stage.MAIN)[1][trace.height() - 1]);
        StarkProof proof = StarkProver.prove(key, trace, inputs, Circuits.ENGINE, ProgressListener.none());
        assertThat(StarkVerifier.verify(key.verifyingKey(), inputs, proof.encode(key.verifyingKey())))
                .isEqualTo(Verdict.accepted());
        PublicInputs other = PublicInputs.of(0, KoalaBear.add(inputs.elements()[1], KoalaBear.ONE));
        assertThat(StarkVerifier.verify(key.verifyingKey(), other, proof)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void theGlobalBusClosesOverTwoInstances() {
        ProvingKey key = Circuits.everythingKey(6);
        Ext4 sum = Ext4.ZERO;
        for (boolean gives : new boolean[] {true, false}) {
            Trace trace = Circuits.Everything.trace(key.verifyingKey().program(), gives, 5);
            PublicInputs inputs = PublicInputs.ofBatch(SEED, Circuits.Everything.lastY(trace));
            StarkProof proof = StarkProver.prove(key, trace, inputs, Circuits.ENGINE, ProgressListener.none());
            assertThat(StarkVerifier.verify(key.verifyingKey(), inputs, proof)).isEqualTo(Verdict.accepted());
            assertThat(proof.sharedDigest(key.verifyingKey()))
                    .contains(SharedCommitment.of(key.verifyingKey(), trace.stage(Stage.SHARED), Circuits.ENGINE)
                            .digest());
            assertThat(proof.globalSum()).isNotEqualTo(Ext4.ZERO);
            sum = sum.plus(proof.globalSum());
        }
        assertThat(sum).isEqualTo(Ext4.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void otherBlowupsWork(int logBlowup) {
        FriParameters parameters =
                new FriParameters(logBlowup, 150, 3, 4, 5, Circuits.PARAMETERS.grinding(), Regime.uniqueDecoding());
        ProvingKey key = Circuits.everythingKey(5, parameters, Circuits.ENGINE);
        assertAccepted(key);
    }

    @Test
    void theProofLengthIsTheShapes() {
        ProvingKey key = Circuits.everythingKey(5);
        assertThat(prove(key, Circuits.ENGINE).encode(key.verifyingKey()))
                .hasSize(key.verifyingKey().shape().sizeBytes());
    }

    @Test
    void threadsAndKernelsGiveEqualBytes() {
        ProvingKey key = Circuits.everythingKey(11);
        byte[] expected = prove(key, Circuits.ENGINE).encode(key.verifyingKey());
        try (Workers two = new Workers(2)) {
            List<Engine> engines = new ArrayList<>();
            engines.add(new Engine(two, FieldKernels.scalar(), HashKernels.scalar()));
            FieldKernels.vector()
                    .ifPresent(field -> engines.add(
                            new Engine(two, field, HashKernels.vector().orElseThrow())));
            for (Engine engine : engines) {
                ProvingKey same = Circuits.everythingKey(11, Circuits.PARAMETERS, engine);
                assertThat(same.verifyingKey().digest())
                        .isEqualTo(key.verifyingKey().digest());
                assertThat(prove(same, engine).encode(key.verifyingKey())).isEqualTo(expected);
            }
        }
        assertThat(StarkVerifier.verify(key.verifyingKey(), inputs(key), expected))
                .isEqualTo(Verdict.accepted());
    }

    @Test
    void progressNamesEveryStageInOrder() {
        ProvingKey key = Circuits.everythingKey(5);
        List<ProvingStage> seen = new ArrayList<>();
        StarkProver.prove(key, trace(key), inputs(key), Circuits.ENGINE, seen::add);
        assertThat(seen).containsExactly(ProvingStage.values());
    }

    @Test
    void anInterruptEndsTheProof() {
        ProvingKey key = Circuits.everythingKey(5);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> prove(key, Circuits.ENGINE)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Every cell of main and shared columns on some rows: what the checkers refuse cannot be proven. */
    @Test
    void wrongTracesCannotBeProven() {
        ProvingKey key = Circuits.everythingKey(5);
        AirProgram program = key.verifyingKey().program();
        int[] publicInputs = inputs(key).elements();
        for (int column = 0; column < 5; column++) {
            Trace trace = trace(key);
            int[] cells = trace.stage(Stage.MAIN)[column];
            cells[17] = KoalaBear.add(cells[17], KoalaBear.ONE);
            boolean checkersRefuse =
                    !RowChecker.check(program, trace, publicInputs, 1).isEmpty()
                            || !BusChecker.local(program, trace, publicInputs).isEmpty();
            assertThat(checkersRefuse).isTrue();
            assertThatThrownBy(
                            () -> StarkProver.prove(key, trace, inputs(key), Circuits.ENGINE, ProgressListener.none()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unsuitableArgumentsAreNamed() {
        ProvingKey key = Circuits.everythingKey(5);
        Trace canonical = new Trace(key.verifyingKey().program());
        assertThatThrownBy(
                        () -> StarkProver.prove(key, canonical, inputs(key), Circuits.ENGINE, ProgressListener.none()))
                .hasMessageContaining("Montgomery");
        assertThatThrownBy(() -> StarkProver.prove(
                        key, trace(key), PublicInputs.of(1), Circuits.ENGINE, ProgressListener.none()))
                .hasMessageContaining("inputs");
        Engine robust =
                new Engine(Workers.single(), FieldKernels.scalar(), HashKernels.scalar(Poseidon2Parameters.ROBUST));
        assertThatThrownBy(() -> prove(key, robust)).hasMessageContaining("permutation");
    }

    private static void assertAccepted(ProvingKey key) {
        StarkProof proof = prove(key, Circuits.ENGINE);
        assertThat(StarkVerifier.verify(key.verifyingKey(), inputs(key), proof.encode(key.verifyingKey())))
                .isEqualTo(Verdict.accepted());
    }

    private static StarkProof prove(ProvingKey key, Engine engine) {
        return StarkProver.prove(key, trace(key), inputs(key), engine, ProgressListener.none());
    }

    private static Trace trace(ProvingKey key) {
        return Circuits.Everything.trace(key.verifyingKey().program(), true, 5);
    }

    private static PublicInputs inputs(ProvingKey key) {
        return PublicInputs.ofBatch(SEED, Circuits.Everything.lastY(trace(key)));
    }
}
