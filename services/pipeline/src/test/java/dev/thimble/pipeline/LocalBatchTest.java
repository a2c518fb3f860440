package dev.thimble.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.riscv.ElfImage;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscvcircuits.BatchProofs;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.testkit.Assembler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole batches: executed, committed, proven and verified. */
class LocalBatchTest {
    private static final LocalBatch.Listener SILENT = new LocalBatch.Listener() {
        @Override
        public void executed(Execution execution, Map<CircuitType, Integer> instances) {}

        @Override
        public void committed(int done, int total) {}

        @Override
        public void proving(CircuitType type, int index, int done, int total) {}
    };

    @TempDir
    private Path scratch = Path.of("");

    /** Proofs in memory. */
    private static final class Proofs implements BatchProofs {
        final Map<CircuitType, List<byte[]>> bytes = new EnumMap<>(CircuitType.class);

        @Override
        public int count(CircuitType type) {
            return bytes.getOrDefault(type, List.of()).size();
        }

        @Override
        public byte[] read(CircuitType type, int index) {
            return Objects.requireNonNull(bytes.get(type)).get(index);
        }
    }

    /** A store that may be asked once for the number of proofs: more of them later would be verified but not checked. */
    private static final class OnceCounted implements BatchProofs {
        private final Proofs proofs;
        private final Set<CircuitType> counted = EnumSet.noneOf(CircuitType.class);

        OnceCounted(Proofs proofs) {
            this.proofs = proofs;
        }

        @Override
        public int count(CircuitType type) {
            assertThat(counted.add(type)).as("count of " + type).isTrue();
            return proofs.count(type);
        }

        @Override
        public byte[] read(CircuitType type, int index) {
            return proofs.read(type, index);
        }
    }

    /** A store that gives another proof when the first segment's is read again: the seed would bind columns of neither. */
    private static final class ChangingProofs implements BatchProofs {
        private final Proofs proofs;
        private final AtomicBoolean isRead = new AtomicBoolean();

        ChangingProofs(Proofs proofs) {
            this.proofs = proofs;
        }

        @Override
        public int count(CircuitType type) {
            return proofs.count(type);
        }

        @Override
        public byte[] read(CircuitType type, int index) {
            boolean again = type == CircuitType.MAIN_VM && index == 0 && isRead.getAndSet(true);
            return proofs.read(type, again ? 1 : index);
        }
    }

    /** A program that calls every precompile: three permutations, an addition, a doubling, a product. */
    private static Program precompiles() throws Exception {
        Assembler a = new Assembler();
        a.data("state", IntStream.range(0, 64).map(i -> i * 0x1357_9BDF).toArray());
        a.la(Assembler.A0, "state");
        for (int i = 0; i < 3; i++) {
            a.syscall(Syscall.KECCAK_PERMUTE);
        }
        a.la(Assembler.A1, "state");
        a.addi(Assembler.A0, Assembler.A0, 72);
        a.syscall(Syscall.SECP256K1_DOUBLE);
        a.syscall(Syscall.SECP256K1_ADD);
        a.syscall(Syscall.UINT256_MUL);
        a.lw(Assembler.A1, 0, Assembler.A0);
        a.commit(0, Assembler.A1);
        a.finish(1);
        return ElfImage.load(a.elf());
    }

    @Test
    void everyPrecompileIsProven() throws Exception {
        Program program = precompiles();
        try (Workers workers = new Workers(2)) {
            Engine engine = Engine.best(workers);
            ProvingSetup setup = ProvingSetup.generate(Profile.TEST, program, engine);
            Proofs proofs = new Proofs();
            LocalBatch.Proven proven = new LocalBatch(setup, engine, scratch, SILENT)
                    .prove(
                            new byte[0],
                            ExecutionOptions.defaults(),
                            (type, index, proof) -> proofs.bytes
                                    .computeIfAbsent(type, _ -> new ArrayList<>())
                                    .add(proof));
            assertThat(proven.instances())
                    .isEqualTo(BasicRound.instances(Profile.TEST, proven.execution()))
                    .hasSize(5)
                    .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
            System.out.println(proven.seconds());
            assertThat(BasicRound.verify(setup.keys(), program.entryPc(), proven.claim(), proofs, workers))
                    .isEqualTo(Verdict.accepted());
            proofs.bytes.remove(CircuitType.U256);
            assertThat(BasicRound.verify(setup.keys(), program.entryPc(), proven.claim(), proofs, workers))
                    .isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    void aProgramIsProvenInSeveralSegments() throws Exception {
        Program program = ElfImage.load(Files.readAllBytes(Path.of("../../guest/bin/fibonacci.elf")));
        byte[] input = {0x10, 0x0e, 0, 0};
        try (Workers workers = new Workers(2)) {
            Engine engine = Engine.best(workers);
            ProvingSetup setup = ProvingSetup.generate(Profile.TEST, program, engine);
            Proofs proofs = new Proofs();
            LocalBatch.Proven proven = new LocalBatch(setup, engine, scratch, SILENT)
                    .prove(
                            input,
                            ExecutionOptions.defaults(),
                            (type, index, proof) -> proofs.bytes
                                    .computeIfAbsent(type, _ -> new ArrayList<>())
                                    .add(proof));
            System.out.println(proven.seconds() + " " + proven.instances()
                    + proven.execution().cycles());
            Verdict verdict = BasicRound.verify(
                    setup.keys(), program.entryPc(), proven.claim(), new OnceCounted(proofs), workers);
            assertThat(verdict).isEqualTo(Verdict.accepted());
            assertThat(BasicRound.verify(
                            setup.keys(), program.entryPc(), proven.claim(), new ChangingProofs(proofs), workers))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.reason()).contains("it changed while it was read"));
        }
    }
}
