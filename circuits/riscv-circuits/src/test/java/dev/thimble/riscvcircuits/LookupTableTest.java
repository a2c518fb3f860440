package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.SyscallTable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The fixed table says what it shall and nothing else: every entry against plain arithmetic. */
class LookupTableTest {
    @Test
    void everyEntryIsTrueAndNoneIsMissing() {
        BasicCircuits circuits = new BasicCircuits(Profile.TEST, MachinePrograms.nothing());
        int[][] fixed = circuits.preprocessed(CircuitType.MAIN_VM);
        List<Column> columns = circuits.air(CircuitType.MAIN_VM).columns().getOrDefault(Stage.PREPROCESSED, List.of());
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (Column column : columns) {
            if (column.name().endsWith(".kind")) {
                for (int row = 0; row < Profile.TEST.height(); row++) {
                    int[] entry = new int[4];
                    for (int i = 0; i < entry.length; i++) {
                        entry[i] = KoalaBear.toCanonical(fixed[column.index() + i][row]);
                    }
                    assertThat(isTrue(entry)).as(Arrays.toString(entry)).isTrue();
                    counts.merge(entry[0], 1, Integer::sum);
                }
            }
        }
        for (int bits = 1; bits <= 16; bits++) {
            assertThat(counts).containsEntry(bits, 1 << bits);
        }
        assertThat(counts).containsEntry(LookupTable.AND, 1 << 16).containsEntry(LookupTable.POWER, 256);
    }

    private static boolean isTrue(int[] e) {
        return switch (e[0]) {
            case LookupTable.AND -> e[1] < 256 && e[2] < 256 && e[3] == (e[1] & e[2]);
            case LookupTable.POWER -> {
                long power = 1L << (e[1] & 31);
                yield e[1] < 256 && e[2] == (power & 0xFFFF) && e[3] == power >>> 16;
            }
            case LookupTable.TRANSFER -> isTransfer(e);
            case LookupTable.CALL ->
                SyscallTable.standard()
                        .find(e[2] << 16 | e[1])
                        .filter(call -> call.isPrecompile() && (e[3] == 1) == call.readsFirst())
                        .isPresent();
            default -> e[0] <= 16 && e[1] < 1 << e[0] && e[2] == 0 && e[3] == 0;
        };
    }

    /** Operations are told apart by the low limbs of their numbers. */
    private static boolean isTransfer(int[] e) {
        var calls = SyscallTable.standard().entries().stream()
                .filter(call ->
                        (call.number() & 0xFFFF) == e[1] && !call.transfers().isEmpty())
                .toList();
        return calls.size() == 1
                && e[2] < calls.getFirst().transfers().size()
                && (e[3] & 1) == (e[2] == calls.getFirst().transfers().size() - 1 ? 1 : 0);
    }
}
