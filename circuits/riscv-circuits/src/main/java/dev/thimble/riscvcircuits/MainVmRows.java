package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Trace;
import dev.thimble.riscv.BoundaryRecords;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.Syscall;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the main columns of MAIN_VM row by row, in order, and counts the look-ups of every row. Canonical values.
 */
final class MainVmRows {
    private static final int[] REGISTER_SLOTS = {0, 1, 3};
    private static final int MEMORY_SLOT = 2;

    private final LookupTable.Counter counter;
    private final int gapHighBits;
    private final BoundaryRecords records;
    private final AddressIndex addressIndex;
    private final int[] lastTime;
    private final int[] registerTime = new int[32];

    private final Map<Kind, int[]> kinds = new EnumMap<>(Kind.class);
    private final int[][] decode;
    private final int[][] flags;
    private final int[][] calls;
    private final int[][] transfers;
    private final int[][] operands;
    private final int[][] access;
    private final int[] boundaryLastTime;
    private final AdderRow adder;
    private final ProductRow product;
    private final MemoryRow memory;

    MainVmRows(MainVmColumns c, Trace trace, LookupTable.Counter counter, BoundaryRecords records) {
        this.counter = counter;
        this.gapHighBits = RegisterPart.gapHighBits(31 - Integer.numberOfLeadingZeros(trace.height()));
        this.records = records;
        this.addressIndex = new AddressIndex(records);
        this.lastTime = new int[records.size()];
        c.decode.kinds().forEach((kind, column) -> kinds.put(kind, trace.column(column)));
        MainVmColumns.Decode d = c.decode;
        this.decode = columns(
                trace,
                d.rs1(),
                d.rs2(),
                d.rd(),
                d.immediate().low(),
                d.immediate().high(),
                d.target());
        this.flags = columns(trace, d.jump(), d.signedA(), d.signedY(), d.writes());
        MainVmColumns.Calls s = c.calls;
        this.calls = columns(trace, s.halt(), s.hint(), s.print(), s.inPlace(), s.reading());
        MainVmColumns.Transfers t = c.transfers;
        this.transfers = columns(trace, t.transfer(), t.last(), t.read(), t.pointer());
        MainVmColumns.Operands o = c.operands;
        this.operands = columns(
                trace,
                o.a().low(),
                o.a().high(),
                o.b().low(),
                o.b().high(),
                o.y().low(),
                o.y().high(),
                o.result().low(),
                o.result().high(),
                o.rdOld().low(),
                o.rdOld().high());
        this.access = columns(
                trace,
                c.accessA.previous(),
                c.accessA.gapLow(),
                c.accessB.previous(),
                c.accessB.gapLow(),
                c.accessD.previous(),
                c.accessD.gapLow(),
                c.accessMemory.previous(),
                c.accessMemory.gapLow());
        this.boundaryLastTime = trace.column(c.boundary.lastTime());
        this.adder = new AdderRow(c, trace, counter);
        this.product = new ProductRow(c, trace, counter);
        this.memory = new MemoryRow(c, trace, counter);
    }

    static int[][] columns(Trace trace, Column... columns) {
        return columns(trace, List.of(columns));
    }

    static int[][] columns(Trace trace, List<Column> columns) {
        return columns.stream().map(trace::column).toArray(int[][]::new);
    }

    /** An instruction row. */
    void instruction(int row, SegmentLog log, InstructionCode code) {
        boolean call = code.kind() == Kind.ECALL;
        int a = call ? log.rs2Value()[row] : log.rs1Value()[row];
        int b = call ? log.rs1Value()[row] : log.rs2Value()[row];
        int y = (Kind.IMMEDIATE_ONLY.contains(code.kind()) ? 0 : b) + code.immediate();
        writeDecode(row, code);
        if (call) {
            writeCall(row, log.syscall()[row]);
        }
        boolean transferring = SystemCall.hasTransfers(log, row);
        transfers[3][row] = transferring ? a >>> 2 : 0;
        int loaded = memory.instruction(row, log, code, a, b, transferring);
        int computed = product.instruction(row, code, a, b, y, memory.half());
        int sum = adder.instruction(row, code, a, y, transferring, memory.signWord(), product);
        // What is not written is still constrained: the result of an instruction whose target is x0.
        int result = code.writes()
                ? log.rdNewValue()[row]
                : switch (code.kind()) {
                    case ADD, SUB -> sum;
                    case SLT -> adder.less(row);
                    case JALR -> log.pc()[row] + 4;
                    case LB, LH, LW -> loaded;
                    default -> computed;
                };
        product.carries(row, code, a, y, result, adder.signA(), adder.signY());
        writeOperands(row, a, b, y, result, log.rdOldValue()[row]);
        registerAccesses(row, code);
        if (Kind.LOADS_AND_STORES.contains(code.kind())) {
            memoryAccess(row, log.memoryAddress()[row]);
        }
    }

    /** A row that transfers a word of a system call. */
    void transfer(int row, SegmentLog log) {
        int index = log.transferIndex()[row];
        boolean read = SystemCall.isRead(log, row);
        transfers[0][row] = 1;
        transfers[1][row] = index == SystemCall.transfers(log, row).size() - 1 ? 1 : 0;
        transfers[2][row] = read ? 1 : 0;
        boolean afterReplaced = index > 0 && !SystemCall.isRead(log, row - 1);
        transfers[3][row] = transfers[3][row - 1] + (afterReplaced ? 1 : 0);
        counter.transfer(log.syscall()[row], index);
        memory.transfer(row, log);
        product.transfer(row, log.memoryNewValue()[row]);
        adder.transfer(row, 4 * log.memoryAddress()[row], read);
        counter.range(16, 0);
        counter.range(16, 0);
        memoryAccess(row, log.memoryAddress()[row]);
    }

    /** A row that does nothing: only look-ups of zeros. */
    void idle() {
        for (int i = 0; i < 2; i++) {
            counter.range(16, 0);
        }
        adder.idle();
        product.idle();
    }

    /** After the last row: when each touched address was accessed last. */
    void boundary(int segment) {
        for (int i = 0; i < records.size(); i++) {
            boolean register = records.space(i) == MemoryMap.SPACE_REGISTER;
            boundaryLastTime[i] = register ? registerTime[records.address(i)] : lastTime[i];
            counter.range(16, segment - records.timestampIn(i));
        }
    }

    private void writeDecode(int row, InstructionCode code) {
        int[] kind = kinds.get(code.kind());
        if (kind != null) {
            kind[row] = 1;
        }
        decode[0][row] = code.rs1();
        decode[1][row] = code.rs2();
        decode[2][row] = code.rd();
        decode[3][row] = code.immediate() & 0xFFFF;
        decode[4][row] = code.immediate() >>> 16;
        decode[5][row] = code.target();
        flags[0][row] = code.jump() ? 1 : 0;
        flags[1][row] = code.signedA() ? 1 : 0;
        flags[2][row] = code.signedY() ? 1 : 0;
        flags[3][row] = code.writes() ? 1 : 0;
    }

    private void writeCall(int row, int number) {
        switch (number) {
            case Syscall.HALT -> calls[0][row] = 1;
            case Syscall.HINT -> calls[1][row] = 1;
            case Syscall.WRITE -> calls[2][row] = 1;
            default -> {
                if (SystemCall.isPrecompile(number)) {
                    calls[SystemCall.readsFirst(number) ? 4 : 3][row] = 1;
                    counter.call(number);
                }
            }
        }
    }

    private void writeOperands(int row, int a, int b, int y, int result, int rdOld) {
        int[] words = {a, b, y, result, rdOld};
        for (int i = 0; i < words.length; i++) {
            operands[2 * i][row] = words[i] & 0xFFFF;
            operands[2 * i + 1][row] = words[i] >>> 16;
        }
        counter.range(16, result & 0xFFFF);
        counter.range(16, result >>> 16);
    }

    private void registerAccesses(int row, InstructionCode code) {
        int[] registers = {code.rs1(), code.rs2(), code.rd()};
        int count = code.writes() ? 3 : 2;
        for (int i = 0; i < count; i++) {
            int time = 4 * row + REGISTER_SLOTS[i] + 1;
            access(row, i, time, registerTime[registers[i]]);
            registerTime[registers[i]] = time;
        }
    }

    private void memoryAccess(int row, int address) {
        int time = 4 * row + MEMORY_SLOT + 1;
        int record = addressIndex.find(address);
        int previous = record < 0 ? 0 : lastTime[record];
        access(row, 3, time, previous);
        if (record >= 0) {
            lastTime[record] = time;
        }
    }

    private void access(int row, int number, int time, int previous) {
        int gap = time - previous - 1;
        access[2 * number][row] = previous;
        access[2 * number + 1][row] = gap & 0xFFFF;
        counter.range(16, gap & 0xFFFF);
        counter.range(gapHighBits, gap >>> 16);
    }
}
