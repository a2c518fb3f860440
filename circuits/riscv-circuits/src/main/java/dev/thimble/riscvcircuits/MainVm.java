package dev.thimble.riscvcircuits;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.riscv.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * MAIN_VM: one row per executed instruction of one segment.
 *
 * <p>Given the machine's state at the start of segment s and the values of the addresses that the segment touches, proves
 * that executing the program's instructions one after the other leads to the state and the values at its end. Rows are of
 * four sorts: an instruction; the transfer of one word for the system call above; halted; idle (pc stays). The last row
 * is idle or halted and carries the state out.
 *
 * <p>Source: docs/book/main-vm.md, one section for each of the parts below.
 */
public final class MainVm implements Air {
    /** Columns of a part of the program, as many words as there are rows: the instructions and how often each is executed. */
    record ProgramColumns(List<Column> tuple, Column multiplicity) {}

    /** All columns but those of the lookup table. */
    record Layout(MainVmColumns machine, List<ProgramColumns> program) {}

    private final Profile profile;
    private final LookupTable table;
    private @Nullable Layout layout;
    private final AirProgram program;

    public MainVm(Profile profile) {
        this.profile = profile;
        this.table = new LookupTable(profile.logHeight())
                .withAllRanges()
                .withAnd()
                .withPowers()
                .withCalls(SyscallTable.standard());
        this.program = AirProgram.compile(this);
    }

    @Override
    public String name() {
        return "MAIN_VM";
    }

    @Override
    public int logHeight() {
        return profile.logHeight();
    }

    public AirProgram program() {
        return program;
    }

    LookupTable table() {
        return table;
    }

    Layout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    @Override
    public void define(Constraints cs) {
        MainVmColumns columns = new MainVmColumns(cs);
        layout = new Layout(columns, defineProgram(cs, profile.programGroups()));
        table.define(cs);
        ControlPart.define(cs, columns);
        FetchPart.define(cs, columns);
        CallPart.define(cs, columns);
        TransferPart.define(cs, columns);
        RegisterPart.define(cs, columns, logHeight());
        AdderPart.define(cs, columns);
        BytePart.define(cs, columns);
        ProductPart.define(cs, columns);
        MemoryPart.define(cs, columns, logHeight());
        BoundaryPart.define(cs, columns);
    }

    /** The program's instructions, each given as often as it is executed. */
    private static List<ProgramColumns> defineProgram(Constraints cs, int groups) {
        List<ProgramColumns> program = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            String prefix = "program" + group + ".";
            List<Column> tuple = FetchPart.TUPLE.stream()
                    .map(element -> cs.preprocessed(prefix + element))
                    .toList();
            Column multiplicity = cs.main(prefix + "multiplicity");
            cs.give(
                    "program group " + group + " gives its instructions",
                    Buses.PROGRAM,
                    multiplicity,
                    tuple.toArray(Column[]::new));
            program.add(new ProgramColumns(tuple, multiplicity));
        }
        return List.copyOf(program);
    }
}
