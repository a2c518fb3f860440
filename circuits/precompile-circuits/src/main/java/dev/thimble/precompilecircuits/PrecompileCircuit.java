package dev.thimble.precompilecircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import java.util.List;

/**
 * A circuit that proves calls of one precompile. Compiled once, immutable.
 *
 * <p>A witness follows the calls without judging them: from a call that lies comes a trace that the constraints reject.
 */
public sealed interface PrecompileCircuit permits KeccakCircuit, Secp256k1Circuit, Uint256Circuit {
    /**
     * The global bus (operation, segment, clock, index, old low limb, old high limb, new low limb, new high limb): word
     * number index of the call that the ECALL in row clock of a segment makes. MAIN_VM gives one message per word and range
     * checks its limbs; a circuit takes all words of a call or none. Operation is the low limb of the system call's number.
     */
    Bus WORDS = Bus.global("PRECOMPILE", 5, 8);

    /** The compiled circuit. */
    AirProgram program();

    /** The system calls whose functions it proves. */
    List<Integer> numbers();

    /** How many calls one instance holds. */
    int capacity();

    /** The preprocessed columns, in Montgomery form. */
    int[][] preprocessed();

    /**
     * The shared columns of an instance, in Montgomery form.
     *
     * @throws IllegalArgumentException if the circuit does not hold the calls
     */
    int[][] shared(List<PrecompileCall> calls);

    /**
     * The trace of an instance, in Montgomery form.
     *
     * @param preprocessed as {@link #preprocessed} gives them, not copied
     * @throws IllegalArgumentException if the circuit does not hold the calls
     */
    Trace trace(List<PrecompileCall> calls, int[][] preprocessed);
}
