package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.air.Column;
import dev.thimble.air.Trace;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.hash.HashKernels;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProgressListener;
import dev.thimble.starkprover.ProvingKey;
import dev.thimble.starkprover.StarkProver;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Full proofs: every kind of row is proven, and one wrong cell per lane makes a proof impossible. */
@Tag("full")
class LaneProofTest {
    private static final Digest SEED = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);
    private static final Engine ENGINE = new Engine(Workers.single(), FieldKernels.best(), HashKernels.best());

    private static ExecutedBatch batch;
    private static ProvingKey mainVm;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        batch = new ExecutedBatch(Profile.TEST, attack.program(), attack.input());
        mainVm = key(CircuitType.MAIN_VM, batch.mainVmFixed);
    }

    private static ProvingKey key(CircuitType type, int[][] fixed) {
        return ProvingKey.generate(
                Protocol.V1, type.id(Profile.TEST), batch.circuits.air(type), Profile.TEST.parameters(), fixed, ENGINE);
    }

    private static StarkProof prove(ProvingKey key, Trace trace) {
        return StarkProver.prove(key, trace, PublicInputs.ofBatch(SEED), ENGINE, ProgressListener.none());
    }

    @Test
    void everyKindOfRowIsProven() {
        Trace segment = batch.instances.getFirst().trace();
        ProvingKey memory = key(CircuitType.MEMORY, batch.memoryFixed);
        for (ProvingKey key : new ProvingKey[] {mainVm, memory}) {
            Trace trace = key == mainVm ? segment : batch.instances.getLast().trace();
            StarkProof proof = prove(key, trace);
            assertThat(StarkVerifier.verify(key.verifyingKey(), PublicInputs.ofBatch(SEED), proof))
                    .isEqualTo(Verdict.accepted());
        }
    }

    /** A cell of the row behind the first load of operands, changed by one. */
    @ParameterizedTest
    @CsvSource({
        "result.low",
        "sum.high",
        "x0",
        "productCarry1",
        "memory.new.low",
        "pc",
        "boundary.out.low",
        "index",
        "rd.previous",
        "segment",
        "table0.multiplicity"
    })
    void aWrongCellCannotBeProven(String column) {
        Trace trace = batch.instances.getFirst().trace().copy();
        Column changed = AttackScenes.column(batch.circuits.air(CircuitType.MAIN_VM), column);
        int row = column.startsWith("boundary") ? 0 : column.equals("index") ? transferRow() : 8;
        trace.set(changed, row, trace.get(changed, row) + 1L);
        assertThatThrownBy(() -> prove(mainVm, trace)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int transferRow() {
        int[] index = batch.logs.getFirst().transferIndex();
        int row = 0;
        while (index[row] < 1) {
            row++;
        }
        return row;
    }
}
