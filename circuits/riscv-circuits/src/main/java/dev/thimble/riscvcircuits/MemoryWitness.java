package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.MemorySummary;
import java.util.Arrays;

/** Fills the trace of a MEMORY instance, one record a row. The last row of an instance stays free. */
final class MemoryWitness {
    private final MemoryCircuit circuit;
    private final MemoryInput input;
    private final MemorySummary records;
    private final Image image;

    /** The data image as the circuit has it: words from {@link MemoryMap#RAM_BASE} on. */
    record Image(int firstAddress, int end) {}

    MemoryWitness(MemoryCircuit circuit, MemoryInput input, Image image) {
        this.circuit = circuit;
        this.input = input;
        this.records = input.records();
        this.image = image;
        if (records.size() > capacity(circuit)) {
            throw new IllegalArgumentException(
                    "input of " + records.size() + " records, an instance holds " + capacity(circuit));
        }
    }

    /** How many addresses an instance holds. */
    static int capacity(MemoryCircuit circuit) {
        return circuit.program().height() - 1;
    }

    /** The shared columns alone, in Montgomery form. */
    int[][] shared() {
        AirProgram air = circuit.program();
        int[][] columns = new int[air.width(Stage.SHARED)][air.height()];
        fillShared(columns);
        return Trace.toMontgomery(columns);
    }

    /** The whole trace, in Montgomery form. */
    Trace trace(int[][] preprocessed) {
        Trace trace = new Trace(circuit.program(), preprocessed);
        fillShared(trace.stage(Stage.SHARED));
        LookupTable.Counter counter = circuit.table().counter();
        MemoryCircuit.Region region = circuit.layout().region();
        for (int row = 0; row < trace.height(); row++) {
            if (row < records.size()) {
                fillRow(trace, row, region, counter);
            } else {
                counter.range(16, 0);
                counter.range(16, 0);
                counter.range(16, 0);
                counter.range(11, 0);
            }
        }
        counter.fill(trace);
        return trace.toMontgomery();
    }

    private void fillRow(Trace trace, int row, MemoryCircuit.Region region, LookupTable.Counter counter) {
        int address = records.address(row);
        int offset = address;
        if (records.space(row) == MemoryMap.SPACE_MEMORY) {
            if (address >= MemoryMap.INPUT_BASE >>> 2) {
                trace.column(region.isInput())[row] = 1;
                offset -= MemoryMap.INPUT_BASE >>> 2;
            } else if (address >= image.end) {
                trace.column(region.isRam())[row] = 1;
                offset -= image.end;
            } else {
                trace.column(region.isImage())[row] = 1;
                trace.column(region.uses())[address - image.firstAddress] = 1;
            }
        }
        trace.column(region.offset())[row] = offset;
        trace.column(region.offsetLow())[row] = offset & 0xFFFF;
        counter.range(16, offset & 0xFFFF);
        counter.range(11, offset >>> 16);
        int gap = key(row) - previousKey(row) - 1;
        trace.column(region.gapLow())[row] = gap & 0xFFFF;
        counter.range(16, gap & 0xFFFF);
        counter.range(14, gap >>> 16);
        counter.range(16, records.initialValue(row) & 0xFFFF);
        counter.range(16, records.initialValue(row) >>> 16);
    }

    private int key(int row) {
        return key(records.space(row), records.address(row));
    }

    private static int key(int space, int address) {
        return 1 + address + (space << 28);
    }

    private int previousKey(int row) {
        if (row > 0) {
            return key(row - 1);
        }
        MemoryInput.Address previous = input.previous();
        return input.instance() == 0 ? 0 : key(previous.space(), previous.address());
    }

    private void fillShared(int[][] columns) {
        MemoryCircuit.Entry r = circuit.layout().row();
        Arrays.fill(of(columns, r.instance()), input.instance());
        int[] previousKey = of(columns, r.previousKey());
        int[] ended = of(columns, r.ended());
        for (int row = 0; row < records.size(); row++) {
            of(columns, r.selected())[row] = 1;
            of(columns, r.space())[row] = records.space(row);
            of(columns, r.address())[row] = records.address(row);
            of(columns, r.initial().low())[row] = records.initialValue(row) & 0xFFFF;
            of(columns, r.initial().high())[row] = records.initialValue(row) >>> 16;
            of(columns, r.last().low())[row] = records.finalValue(row) & 0xFFFF;
            of(columns, r.last().high())[row] = records.finalValue(row) >>> 16;
            of(columns, r.timestamp())[row] = records.finalTimestamp(row);
            previousKey[row] = previousKey(row);
        }
        for (int row = records.size(); row < previousKey.length; row++) {
            previousKey[row] = input.isLast() ? 0 : previousKey(records.size());
            ended[row] = input.isLast() ? 1 : 0;
        }
    }

    private static int[] of(int[][] columns, Column column) {
        return columns[column.index()];
    }
}
