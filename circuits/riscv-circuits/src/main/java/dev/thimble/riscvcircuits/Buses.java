package dev.thimble.riscvcircuits;

import dev.thimble.air.Bus;
import dev.thimble.precompilecircuits.PrecompileCircuit;

/**
 * The buses of the basic circuits. Tags are part of the protocol: no two buses share one. Tag 21 is the local bus of the
 * precompile circuits' tables.
 */
public final class Buses {
    // ---------------------------------------------------------------- global, over all instances of a batch

    /** (segment, pc, halted): the machine's state between two segments. pc = 0 iff halted = 1. */
    public static final Bus STATE = Bus.global("STATE", 1, 3);
    /** (space, address, low limb, high limb, timestamp): the value of an address between two segments. */
    public static final Bus MEMORY = Bus.global("MEMORY", 2, 5);
    /** (instance, last key, ended): the order of addresses between two instances of MEMORY. Key = 0 if ended = 1. */
    public static final Bus CHAIN = Bus.global("CHAIN", 3, 3);
    /** (index, low limb, high limb): a word of the program's output. */
    public static final Bus OUTPUT = Bus.global("OUTPUT", 4, 3);
    /**
     * (operation, segment, clock, index, old low limb, old high limb, new low limb, new high limb): a word of a precompile
     * call. MAIN_VM gives one message per word, the circuit of the operation takes them all.
     */
    public static final Bus PRECOMPILE = PrecompileCircuit.WORDS;

    // ---------------------------------------------------------------- local, inside one instance

    /** (pc, rs1, rs2, rd, immediate low, immediate high, target, code): an instruction of the program. */
    public static final Bus PROGRAM = Bus.local("PROGRAM", 17, 8);
    /** (space, address, low limb, high limb, time): offline memory checking inside a segment. */
    public static final Bus ACCESS = Bus.local("ACCESS", 18, 5);
    /** (kind, x, y, z): an entry of the {@link LookupTable}. */
    public static final Bus TABLE = Bus.local("TABLE", 19, 4);
    /** (address, low limb, high limb): a word of the program's data image. */
    public static final Bus IMAGE = Bus.local("IMAGE", 20, 3);

    private Buses() {}
}
