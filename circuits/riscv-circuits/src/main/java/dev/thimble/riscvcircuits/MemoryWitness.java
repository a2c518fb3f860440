package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.MemorySummary;
import java.util.Arrays;

/**
 * Fills the trace of a MEMORY instance: records {@code instance·(N−1)} to {@code (instance+1)·(N−1) − 1} of the batch's
 * memory summary. The last row of an instance stays free.
 */
final class MemoryWitness {
    private final MemoryCircuit circuit;
    private final MemorySummary summary;
    private final Image image;
    private final int instance;
    private final int from;
    private final int count;

    /** The data image as the circuit has it: words from {@link MemoryMap#RAM_BASE} on. */
    record Image(int firstAddress, int end) {}

    MemoryWitness(MemoryCircuit circuit, MemorySummary summary, Image image, int instance) {
        int capacity = circuit.program().height() - 1;
        this.circuit = circuit;
        this.summary = summary;
        this.image = image;
        this.instance = instance;
        this.from = instance * capacity;
        this.count = Math.min(capacity, summary.size() - from);
        if (instance < 0 || instance >= instances(circuit, summary)) {
            throw new IllegalArgumentException(
                    "instance must be 0 to " + (instances(circuit, summary) - 1) + ", got " + instance);
        }
    }

    /** How many instances a summary takes. */
    static int instances(MemoryCircuit circuit, MemorySummary summary) {
        int capacity = circuit.program().height() - 1;
        return Math.max(1, (summary.size() + capacity - 1) / capacity);
    }

    private boolean isLast() {
        return from + count == summary.size();
    }

    /** The shared columns alone, canonical values. */
    int[][] shared() {
        AirProgram air = circuit.program();
        int[][] columns = new int[air.width(Stage.SHARED)][air.height()];
        fillShared(columns);
        return columns;
    }

    /** The whole trace, in Montgomery form. */
    Trace trace(int[][] preprocessed) {
        Trace trace = new Trace(circuit.program(), preprocessed);
        fillShared(trace.stage(Stage.SHARED));
        LookupTable.Counter counter = circuit.table().counter();
        MemoryCircuit.Region region = circuit.layout().region();
        for (int row = 0; row < trace.height(); row++) {
            if (row < count) {
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
        int record = from + row;
        int address = summary.address(record);
        int offset = address;
        if (summary.space(record) == MemoryMap.SPACE_MEMORY) {
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
        int gap = key(record) - (record == 0 ? 0 : key(record - 1)) - 1;
        trace.column(region.gapLow())[row] = gap & 0xFFFF;
        counter.range(16, gap & 0xFFFF);
        counter.range(14, gap >>> 16);
        counter.range(16, summary.initialValue(record) & 0xFFFF);
        counter.range(16, summary.initialValue(record) >>> 16);
    }

    private int key(int record) {
        return 1 + summary.address(record) + (summary.space(record) << 28);
    }

    private void fillShared(int[][] columns) {
        MemoryCircuit.Entry r = circuit.layout().row();
        Arrays.fill(of(columns, r.instance()), instance);
        int[] previousKey = of(columns, r.previousKey());
        int[] ended = of(columns, r.ended());
        for (int row = 0; row < count; row++) {
            int record = from + row;
            of(columns, r.selected())[row] = 1;
            of(columns, r.space())[row] = summary.space(record);
            of(columns, r.address())[row] = summary.address(record);
            of(columns, r.initial().low())[row] = summary.initialValue(record) & 0xFFFF;
            of(columns, r.initial().high())[row] = summary.initialValue(record) >>> 16;
            of(columns, r.last().low())[row] = summary.finalValue(record) & 0xFFFF;
            of(columns, r.last().high())[row] = summary.finalValue(record) >>> 16;
            of(columns, r.timestamp())[row] = summary.finalTimestamp(record);
            previousKey[row] = record == 0 ? 0 : key(record - 1);
        }
        for (int row = count; row < previousKey.length; row++) {
            previousKey[row] = isLast() ? 0 : key(from + count - 1);
            ended[row] = isLast() ? 1 : 0;
        }
    }

    private static int[] of(int[][] columns, Column column) {
        return columns[column.index()];
    }
}
