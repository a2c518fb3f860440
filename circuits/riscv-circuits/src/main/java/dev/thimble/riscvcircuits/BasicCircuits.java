package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.precompilecircuits.KeccakCircuit;
import dev.thimble.precompilecircuits.PrecompileCircuit;
import dev.thimble.precompilecircuits.Secp256k1Circuit;
import dev.thimble.precompilecircuits.Uint256Circuit;
import dev.thimble.riscv.CallsInput;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLog;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The basic circuits of one profile for one program: what key generation and witness generation need.
 *
 * <p>The program stands in preprocessed columns: its text in MAIN_VM, its data image in MEMORY. It is thereby bound by the
 * two verification keys, and nothing else of the circuits depends on it.
 */
public final class BasicCircuits {
    private final Profile profile;
    private final Program program;
    private final MainVm mainVm;
    private final MemoryCircuit memory;
    private final Map<CircuitType, PrecompileCircuit> precompiles = new EnumMap<>(CircuitType.class);
    private final ProgramTable programTable;
    private final MemoryWitness.Image image;

    /**
     * Prepares the circuits.
     *
     * @throws IllegalArgumentException if the program's text or image does not fit the profile
     */
    public BasicCircuits(Profile profile, Program program) {
        this.profile = profile;
        this.program = program;
        this.mainVm = new MainVm(profile);
        this.memory = new MemoryCircuit(profile);
        precompiles.put(CircuitType.KECCAK_F, new KeccakCircuit(profile.logHeight(CircuitType.KECCAK_F)));
        precompiles.put(CircuitType.SECP256K1, new Secp256k1Circuit(profile.logHeight(CircuitType.SECP256K1)));
        precompiles.put(CircuitType.U256, new Uint256Circuit(profile.logHeight(CircuitType.U256)));
        this.programTable = new ProgramTable(program);
        int first = MemoryMap.RAM_BASE >>> 2;
        int end = program.imageLength() == 0 ? first : (program.imageBase() >>> 2) + program.imageLength();
        this.image = new MemoryWitness.Image(first, end);
        requireFits("text", programTable.size(), profile.programWords());
        requireFits("data image", end - first, profile.height());
    }

    private void requireFits(String part, int words, int capacity) {
        if (words > capacity) {
            throw new IllegalArgumentException("the program's " + part + " has " + words + " words, profile "
                    + profile.id() + " holds " + capacity);
        }
    }

    /** All circuits of a profile in the order of the types: they depend on no program. */
    public static Map<CircuitType, AirProgram> programs(Profile profile) {
        Map<CircuitType, AirProgram> programs = new EnumMap<>(CircuitType.class);
        programs.put(CircuitType.MAIN_VM, new MainVm(profile).program());
        programs.put(CircuitType.MEMORY, new MemoryCircuit(profile).program());
        programs.put(CircuitType.KECCAK_F, new KeccakCircuit(profile.logHeight(CircuitType.KECCAK_F)).program());
        programs.put(CircuitType.SECP256K1, new Secp256k1Circuit(profile.logHeight(CircuitType.SECP256K1)).program());
        programs.put(CircuitType.U256, new Uint256Circuit(profile.logHeight(CircuitType.U256)).program());
        return Collections.unmodifiableMap(programs);
    }

    public Profile profile() {
        return profile;
    }

    public Program program() {
        return program;
    }

    /** The compiled circuit of a type. */
    public AirProgram air(CircuitType type) {
        return switch (type) {
            case MAIN_VM -> mainVm.program();
            case MEMORY -> memory.program();
            case KECCAK_F, SECP256K1, U256 -> precompile(type).program();
        };
    }

    /**
     * The circuit of a precompile.
     *
     * @throws IllegalArgumentException if the type is MAIN_VM or MEMORY
     */
    public PrecompileCircuit precompile(CircuitType type) {
        PrecompileCircuit circuit = precompiles.get(type);
        if (circuit == null) {
            throw new IllegalArgumentException(type + " proves no precompile");
        }
        return circuit;
    }

    /** The preprocessed columns of a type, in Montgomery form. */
    public int[][] preprocessed(CircuitType type) {
        return switch (type) {
            case MAIN_VM -> preprocessed(type, this::fillMainVm);
            case MEMORY -> preprocessed(type, this::fillMemory);
            case KECCAK_F, SECP256K1, U256 -> precompile(type).preprocessed();
        };
    }

    private int[][] preprocessed(CircuitType type, Consumer<Trace> fill) {
        Trace trace = new Trace(air(type));
        fill.accept(trace);
        return trace.toMontgomery().stage(Stage.PREPROCESSED);
    }

    private void fillMainVm(Trace trace) {
        MainVmColumns.Clock clock = mainVm.layout().machine().clock;
        fillRowNumbers(trace, clock.row());
        fillEnds(trace, clock.isFirst(), clock.isLast());
        programTable.fillPreprocessed(trace, mainVm.layout().program());
        mainVm.table().fillPreprocessed(trace);
    }

    private void fillMemory(Trace trace) {
        MemoryCircuit.Fixed fixed = memory.layout().fixed();
        fillEnds(trace, fixed.isFirst(), fixed.isLast());
        Arrays.fill(trace.column(fixed.imageEnd()), image.end());
        int[] words = program.image();
        int gap = image.end() - image.firstAddress() - words.length;
        // Rows behind the image offer an address that no row of MEMORY can have.
        Arrays.fill(trace.column(fixed.imageAddress()), MemoryCircuit.NO_ADDRESS);
        for (int row = 0; row < image.end() - image.firstAddress(); row++) {
            int word = row < gap ? 0 : words[row - gap];
            trace.column(fixed.imageAddress())[row] = image.firstAddress() + row;
            trace.column(fixed.imageLow())[row] = word & 0xFFFF;
            trace.column(fixed.imageHigh())[row] = word >>> 16;
        }
        memory.table().fillPreprocessed(trace);
    }

    private static void fillRowNumbers(Trace trace, Column column) {
        for (int row = 0; row < trace.height(); row++) {
            trace.column(column)[row] = row;
        }
    }

    private static void fillEnds(Trace trace, Column isFirst, Column isLast) {
        trace.column(isFirst)[0] = 1;
        trace.column(isLast)[trace.height() - 1] = 1;
    }

    // ---------------------------------------------------------------- witnesses

    /** The shared columns of a MAIN_VM instance, in Montgomery form. */
    public int[][] sharedOfSegment(SegmentInput input, SegmentLog log) {
        return new MainVmWitness(mainVm, programTable, input, log).shared();
    }

    /** The trace of a MAIN_VM instance, in Montgomery form. */
    public Trace traceOfSegment(SegmentInput input, SegmentLog log, int[][] preprocessed) {
        return new MainVmWitness(mainVm, programTable, input, log).trace(preprocessed);
    }

    /** How many touched addresses one MEMORY instance holds. */
    public int memoryCapacity() {
        return MemoryWitness.capacity(memory);
    }

    /** The shared columns of a MEMORY instance, in Montgomery form. */
    public int[][] sharedOfMemory(MemoryInput input) {
        return new MemoryWitness(memory, input, image).shared();
    }

    /** The trace of a MEMORY instance, in Montgomery form. */
    public Trace traceOfMemory(MemoryInput input, int[][] preprocessed) {
        return new MemoryWitness(memory, input, image).trace(preprocessed);
    }

    /** The shared columns of an instance of a precompile's circuit, in Montgomery form. */
    public int[][] sharedOfCalls(CircuitType type, CallsInput input) {
        return precompile(type).shared(input.calls());
    }

    /** The trace of an instance of a precompile's circuit, in Montgomery form. */
    public Trace traceOfCalls(CircuitType type, CallsInput input, int[][] preprocessed) {
        return precompile(type).trace(input.calls(), preprocessed);
    }
}
