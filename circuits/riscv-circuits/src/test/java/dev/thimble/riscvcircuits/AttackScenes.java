package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.Fault;
import dev.thimble.riscv.FaultedSegment;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.MemorySummary;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscv.SegmentReplay;
import dev.thimble.riscv.SyscallTable;
import dev.thimble.testkit.Cell;
import dev.thimble.testkit.ForgedBatch;
import dev.thimble.testkit.ForgedCircuit;
import dev.thimble.testkit.MutationHarness.Change;
import dev.thimble.testkit.MutationHarness.Place;
import dev.thimble.testkit.MutationHarness.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Batches for a forger: a program's honest traces, and its executions with a fault in them. */
final class AttackScenes {
    private static final int PLACES_OF_A_KIND = 1;

    final ExecutedBatch batch;
    final ForgedCircuit mainVm;
    final ForgedCircuit memory;

    AttackScenes(ExecutedBatch batch) {
        this.batch = batch;
        this.mainVm = circuit(CircuitType.MAIN_VM);
        this.memory = circuit(CircuitType.MEMORY);
    }

    private ForgedCircuit circuit(CircuitType type) {
        Trace trace = batch.instances.stream()
                .filter(i -> i.type() == type)
                .findFirst()
                .orElseThrow()
                .trace();
        return new ForgedCircuit(batch.circuits.air(type), trace);
    }

    private ForgedCircuit of(CircuitType type) {
        return type == CircuitType.MAIN_VM ? mainVm : memory;
    }

    /** The batch as it is. */
    Scene honest(String name) {
        Scene scene = honest(name, batch.calls, List.of());
        return new Scene(name, scene.batch(), places(), List.of());
    }

    /** The honest traces with other claims about precompiles. */
    Scene honest(String name, List<PrecompileCall> calls, List<ForgedBatch.Claim> more) {
        List<ForgedBatch.Instance> instances = batch.instances.stream()
                .map(i -> new ForgedBatch.Instance(of(i.type()), i.trace()))
                .toList();
        int segments = batch.segments.size();
        List<ForgedBatch.Claim> claims = new ArrayList<>(claims(segments, instances.size() - segments, calls));
        claims.addAll(more);
        return new Scene(name, new ForgedBatch(instances, claims), List.of(), List.of(List.of()));
    }

    /** The batch with one fault in its segment, all that follows from it re-derived; empty if the fault leads nowhere. */
    Optional<Scene> faulted(Fault fault) {
        SegmentInput input = batch.segments.getFirst();
        Optional<FaultedSegment> faulted =
                SegmentReplay.replayWithFault(batch.circuits.program(), SyscallTable.standard(), input, fault);
        return faulted.filter(f -> !f.validExecution()).map(f -> {
            MemorySummary summary = MemorySummary.ofOneSegment(f.input());
            return scene(
                    fault.toString(),
                    List.of(trace(f)),
                    List.of(summary.part(0, batch.circuits.memoryCapacity())),
                    List.of(f));
        });
    }

    /** The honest segments with their logs. */
    List<FaultedSegment> honestSegments() {
        return IntStream.range(0, batch.segments.size())
                .mapToObj(i -> new FaultedSegment(batch.segments.get(i), batch.logs.get(i), true))
                .toList();
    }

    Trace trace(FaultedSegment segment) {
        return batch.circuits.traceOfSegment(segment.input(), segment.log(), batch.mainVmFixed);
    }

    /** A batch of these segments and parts of memory, which claims the honest output. */
    Scene scene(String name, List<Trace> segments, List<MemoryInput> parts, List<FaultedSegment> executed) {
        List<ForgedBatch.Instance> instances = new ArrayList<>();
        segments.forEach(trace -> instances.add(new ForgedBatch.Instance(mainVm, trace)));
        for (MemoryInput part : parts) {
            Trace trace = batch.circuits.traceOfMemory(part, batch.memoryFixed);
            instances.add(new ForgedBatch.Instance(memory, trace));
        }
        return new Scene(
                name,
                new ForgedBatch(instances, claims(segments.size(), parts.size(), calls(executed))),
                List.of(),
                List.of(List.of()));
    }

    /** A segment in which nothing happens. */
    Trace still(int segment, int pc, boolean halted) {
        Trace trace = new Trace(mainVm.program(), batch.mainVmFixed).toMontgomery();
        for (int row = 0; row < trace.height(); row++) {
            trace.set(column(mainVm.program(), "segment"), row, segment);
            trace.set(column(mainVm.program(), "pc"), row, pc);
            trace.set(column(mainVm.program(), "halted"), row, halted ? 1 : 0);
        }
        return trace;
    }

    /** A shared or main column by its name. */
    static Column column(AirProgram program, String name) {
        return Stream.of(Stage.SHARED, Stage.MAIN)
                .flatMap(stage -> program.columns().getOrDefault(stage, List.of()).stream())
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    /** A change of a column by name in an instance of this circuit. */
    static Change change(ForgedCircuit circuit, int instance, String name, int row, long value) {
        Column column = column(circuit.program(), name);
        return new Change(new Cell(instance, column.stage(), column.index(), row), (int)
                Math.floorMod(value, (long) KoalaBear.P));
    }

    /** The claims of the honest batch. */
    List<ForgedBatch.Claim> claims() {
        int segments = batch.segments.size();
        int parts = batch.memory.parts(batch.circuits.memoryCapacity());
        return claims(segments, parts, batch.calls);
    }

    private static List<PrecompileCall> calls(List<FaultedSegment> executed) {
        return executed.stream()
                .flatMap(f -> f.log().calls(SyscallTable.standard(), f.input().segment()).stream())
                .toList();
    }

    /** Output and words of precompiles may be claimed as a forger likes: other circuits and the reader judge those. */
    private List<ForgedBatch.Claim> claims(int segments, int parts, List<PrecompileCall> calls) {
        BatchBoundary boundary = new BatchBoundary(batch.circuits.program().entryPc(), segments, parts, batch.output);
        List<ForgedBatch.Claim> claims = new ArrayList<>();
        for (BatchBoundary.Message m : boundary.messages()) {
            claims.add(
                    new ForgedBatch.Claim(m.bus(), m.sign(), m.tuple(), m.bus().equals(Buses.OUTPUT)));
        }
        for (PrecompileCall call : calls) {
            for (int i = 0; i < call.before().length; i++) {
                claims.add(new ForgedBatch.Claim(Buses.PRECOMPILE, -1, ExecutedBatch.word(call, i), true));
            }
        }
        return claims;
    }

    /** Two rows of every sort in every instance: instructions by their code, transfers, ends, idle and halted rows. */
    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < batch.instances.size(); i++) {
            ExecutedBatch.Instance instance = batch.instances.get(i);
            int last = instance.trace().height() - 1;
            if (instance.type() == CircuitType.MAIN_VM) {
                Map<String, Integer> seen = new HashMap<>();
                SegmentLog log = batch.logs.get(instance.index());
                for (int row = 0; row < log.rows(); row++) {
                    String sort = log.transferIndex()[row] >= 0
                            ? "transfer " + log.syscall()[row] + " " + Math.min(2, log.transferIndex()[row])
                            : sort(log, row);
                    if (seen.merge(sort, 1, Integer::sum) <= PLACES_OF_A_KIND) {
                        places.add(new Place(i, row));
                    }
                }
                places.add(new Place(i, log.rows()));
                places.add(new Place(i, log.rows() + 1));
            } else {
                for (int row = 0; row < 24; row++) {
                    places.add(new Place(i, row));
                }
                for (int row = batch.memory.size() - 10; row < batch.memory.size() + 2; row++) {
                    places.add(new Place(i, row));
                }
            }
            places.add(new Place(i, last - 1));
            places.add(new Place(i, last));
        }
        return places;
    }

    private static String sort(SegmentLog log, int row) {
        int word = log.instructionWord()[row];
        int a = log.rs1Value()[row];
        int b = log.rs2Value()[row];
        return (word & 0xFE00_707F) + " " + log.syscall()[row] + (log.rd()[row] == 0) + (a < 0) + (b < 0) + (b == 0)
                + (a == b);
    }
}
