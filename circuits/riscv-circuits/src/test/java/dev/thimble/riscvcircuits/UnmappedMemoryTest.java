package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.MemorySummary;
import dev.thimble.testkit.ForgedBatch;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Attack: a row of MEMORY for a word outside RAM, image and input, whose initial message a load or store could take. The
 * record is put behind the registers (space 1, address below all others) and gives itself back untouched, so that
 * nothing else of the batch changes.
 */
class UnmappedMemoryTest {
    private static AttackScenes scenes;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, attack.program(), attack.input()));
    }

    /** Bug: rows behind the image offered (address 0, word 0), and a null pointer could be read and written. */
    @Test
    void addressZeroIsNoImageWord() {
        assertThat(withWord(0, "isImage").failures()).isNotEmpty();
    }

    @Test
    void textIsNoMemory() {
        for (String region : new String[] {"isImage", "isRam", "isInput"}) {
            assertThat(withWord(MemoryMap.TEXT_BASE >>> 2, region).failures()).isNotEmpty();
        }
    }

    @Test
    void theImageIsNeitherRamNorInput() {
        int address = (MemoryMap.RAM_BASE >>> 2) + AttackProgram.UNTOUCHED_WORD;
        assertThat(withWord(address, "isRam").failures()).isNotEmpty();
        assertThat(withWord(address, "isInput").failures()).isNotEmpty();
        assertThat(withWord(address, "isImage").failures())
                .as("an untouched word of value 0")
                .isEmpty();
    }

    private static ForgedBatch withWord(int address, String region) {
        Trace trace = scenes.batch.instances.getLast().trace().copy();
        MemorySummary summary = scenes.batch.memory;
        int at = 0;
        while (summary.space(at) == MemoryMap.SPACE_REGISTER
                || (summary.space(at) == MemoryMap.SPACE_MEMORY && summary.address(at) < address)) {
            at++;
        }
        for (Stage stage : List.of(Stage.SHARED, Stage.MAIN)) {
            for (int[] column : trace.stage(stage)) {
                System.arraycopy(column, at, column, at + 1, column.length - at - 1);
                column[at] = 0;
            }
        }
        int offset = switch (region) {
            case "isRam" -> address - imageEnd();
            case "isInput" -> address - (MemoryMap.INPUT_BASE >>> 2);
            default -> address;
        };
        int before = at == 0 ? 0 : 1 + summary.address(at - 1) + (summary.space(at - 1) << 28);
        int key = 1 + address + (1 << 28);
        set(trace, "selected", at, 1);
        set(trace, "space", at, 1);
        set(trace, "address", at, address);
        set(trace, region, at, 1);
        set(trace, "offset", at, offset);
        set(trace, "offset.low", at, offset & 0xFFFF);
        set(trace, "previousKey", at, before);
        set(trace, "gap.low", at, (key - before - 1) & 0xFFFF);
        set(trace, "previousKey", at + 1, key);
        int next = 1 + summary.address(at) + (summary.space(at) << 28);
        set(trace, "gap.low", at + 1, (next - key - 1) & 0xFFFF);
        List<ForgedBatch.Instance> instances = List.of(
                new ForgedBatch.Instance(
                        scenes.mainVm, scenes.batch.instances.getFirst().trace()),
                new ForgedBatch.Instance(scenes.memory, trace));
        return new ForgedBatch(instances, scenes.claims());
    }

    private static int imageEnd() {
        var program = scenes.batch.circuits.program();
        return (program.imageBase() >>> 2) + program.imageLength();
    }

    private static void set(Trace trace, String column, int row, int value) {
        trace.set(AttackScenes.column(scenes.memory.program(), column), row, value);
    }
}
