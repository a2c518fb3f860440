package dev.thimble.precompilecircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.BusChecker;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import java.util.ArrayList;
import java.util.List;

/** Judges traces of precompile circuits by the row checker and the bus checker. */
final class Instances {
    private Instances() {}

    /** Everything that is wrong with a trace that claims to prove exactly these calls. */
    static List<String> failures(AirProgram program, Trace trace, List<PrecompileCall> calls) {
        List<String> failures = new ArrayList<>();
        RowChecker.check(program, trace).forEach(f -> failures.add(f.toString()));
        BusChecker.local(program, trace, new int[0]).forEach(u -> failures.add(u.toString()));
        BusChecker global = new BusChecker(Bus.Scope.GLOBAL);
        global.add(program, trace, new int[0]);
        calls.forEach(call -> give(global, call));
        global.unbalanced().forEach(u -> failures.add(u.toString()));
        return failures;
    }

    /** What MAIN_VM gives for a call. */
    static void give(BusChecker bus, PrecompileCall call) {
        for (int i = 0; i < call.before().length; i++) {
            bus.add(
                    PrecompileCircuit.WORDS,
                    1,
                    Calls.operation(call.number()),
                    call.segment(),
                    call.clock(),
                    i,
                    call.before()[i] & 0xFFFF,
                    call.before()[i] >>> 16,
                    call.after()[i] & 0xFFFF,
                    call.after()[i] >>> 16);
        }
    }
}
