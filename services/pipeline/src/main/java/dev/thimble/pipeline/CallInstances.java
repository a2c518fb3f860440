package dev.thimble.pipeline;

import dev.thimble.riscv.CallsInput;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers the calls of precompiles in the order of the execution and hands out an instance as soon as one is full. */
final class CallInstances {
    private final Profile profile;
    private final Consumer<CircuitInput> inputs;
    private final Map<CircuitType, List<PrecompileCall>> waiting = new EnumMap<>(CircuitType.class);
    private final Map<CircuitType, Integer> finished = new EnumMap<>(CircuitType.class);

    CallInstances(Profile profile, Consumer<CircuitInput> inputs) {
        this.profile = profile;
        this.inputs = inputs;
    }

    void add(PrecompileCall call) {
        CircuitType type = CircuitType.ofPrecompile(call.number());
        List<PrecompileCall> calls = waiting.computeIfAbsent(type, _ -> new ArrayList<>());
        calls.add(call);
        if (calls.size() == profile.calls(type)) {
            handOut(type, calls);
        }
    }

    /** Hands out what is left: a last instance of each type that has calls waiting. */
    void finish() {
        waiting.forEach((type, calls) -> {
            if (!calls.isEmpty()) {
                handOut(type, calls);
            }
        });
    }

    private void handOut(CircuitType type, List<PrecompileCall> calls) {
        int instance = finished.merge(type, 1, Integer::sum) - 1;
        inputs.accept(new CircuitInput.Calls(type, new CallsInput(instance, calls)));
        calls.clear();
    }
}
