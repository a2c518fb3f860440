package dev.thimble.precompilecircuits;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import java.util.List;

/**
 * A circuit that proves calls of one precompile. Compiled once, immutable.
 *
 * <p>A witness follows the calls without judging them: from a call that lies comes a trace that the constraints reject.
 */
public abstract sealed class PrecompileCircuit implements Air permits KeccakCircuit, Secp256k1Circuit, Uint256Circuit {
    /**
     * The global bus (operation, segment, clock, index, old low limb, old high limb, new low limb, new high limb): word
     * number index of the call that the ECALL in row clock of a segment makes. MAIN_VM gives one message per word and range
     * checks its limbs; a circuit takes all words of a call or none. Operation is the low limb of the system call's number.
     */
    public static final Bus WORDS = Bus.global("PRECOMPILE", 5, 8);

    private final String name;
    private final int logHeight;
    private final int rowsPerCall;
    private final List<Integer> numbers;

    /**
     * @param rowsPerCall consecutive rows that one call takes
     * @param numbers the system calls whose functions it proves
     */
    PrecompileCircuit(String name, int logHeight, int rowsPerCall, Integer... numbers) {
        this.name = name;
        this.logHeight = logHeight;
        this.rowsPerCall = rowsPerCall;
        this.numbers = List.of(numbers);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int logHeight() {
        return logHeight;
    }

    /** The system calls whose functions it proves. */
    public final List<Integer> numbers() {
        return numbers;
    }

    /** How many calls one instance holds. */
    public final int capacity() {
        return (1 << logHeight) / rowsPerCall;
    }

    /** The compiled circuit. */
    public abstract AirProgram program();

    /** Fills preprocessed columns of zeros with canonical values. */
    abstract void fillPreprocessed(int[][] columns);

    /** Fills shared columns of zeros with canonical values. */
    abstract void fillShared(int[][] columns, List<PrecompileCall> calls);

    /** Fills the shared and the main columns of an empty trace with canonical values. */
    abstract void fill(Trace trace, List<PrecompileCall> calls);

    /** The preprocessed columns, in Montgomery form. */
    public final int[][] preprocessed() {
        int[][] columns = zeros(Stage.PREPROCESSED);
        fillPreprocessed(columns);
        return Trace.toMontgomery(columns);
    }

    /**
     * The shared columns of an instance, in Montgomery form.
     *
     * @throws IllegalArgumentException if the circuit does not hold the calls
     */
    public final int[][] shared(List<PrecompileCall> calls) {
        requireFit(calls);
        int[][] columns = zeros(Stage.SHARED);
        fillShared(columns, calls);
        return Trace.toMontgomery(columns);
    }

    /**
     * The trace of an instance, in Montgomery form.
     *
     * @param preprocessed as {@link #preprocessed} gives them, not copied
     * @throws IllegalArgumentException if the circuit does not hold the calls
     */
    public final Trace trace(List<PrecompileCall> calls, int[][] preprocessed) {
        requireFit(calls);
        Trace trace = new Trace(program(), preprocessed);
        fill(trace, calls);
        return trace.toMontgomery();
    }

    private void requireFit(List<PrecompileCall> calls) {
        if (calls.size() > capacity()) {
            throw new IllegalArgumentException(calls.size() + " calls, " + name + " holds " + capacity());
        }
        for (PrecompileCall call : calls) {
            if (!numbers.contains(call.number())) {
                throw new IllegalArgumentException("call number " + call.number() + " is none of " + name);
            }
        }
    }

    private int[][] zeros(Stage stage) {
        return new int[program().width(stage)][program().height()];
    }
}
