package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Trace;
import dev.thimble.riscv.Decoder;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.WordWidth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a program as the circuits see it: one {@link InstructionCode} per text word that can be executed. */
final class ProgramTable {
    private final Program program;
    private final List<@Nullable InstructionCode> codes = new ArrayList<>();

    ProgramTable(Program program) {
        this.program = program;
        Decoder decoder = new Decoder(WordWidth.RV32);
        for (int i = 0; i < program.textLength(); i++) {
            codes.add(InstructionCode.of(decoder.decode(program.textWord(i)), pc(i)));
        }
    }

    private int pc(int index) {
        return program.textBase() + 4 * index;
    }

    int size() {
        return codes.size();
    }

    /** The code of text word {@code index}; null if it cannot be executed. */
    @Nullable
    InstructionCode code(int index) {
        return codes.get(index);
    }

    /** Writes the preprocessed program columns: text word i stands in row i mod N of group i / N; canonical values. */
    void fillPreprocessed(Trace trace, List<MainVm.ProgramColumns> groups) {
        for (int index = 0; index < codes.size(); index++) {
            InstructionCode code = codes.get(index);
            if (code != null) {
                List<Column> tuple = groups.get(index / trace.height()).tuple();
                int[] elements = tuple(code, pc(index));
                for (int i = 0; i < elements.length; i++) {
                    trace.column(tuple.get(i))[index % trace.height()] = elements[i];
                }
            }
        }
    }

    private static int[] tuple(InstructionCode code, int pc) {
        return new int[] {
            pc,
            code.rs1(),
            code.rs2(),
            code.rd(),
            code.immediate() & 0xFFFF,
            code.immediate() >>> 16,
            code.target(),
            code.packed()
        };
    }
}
