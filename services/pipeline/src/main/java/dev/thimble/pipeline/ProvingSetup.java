package dev.thimble.pipeline;

import dev.thimble.riscv.Program;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.BasicKeys;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProvingKey;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Circuits and proving keys of one program in one profile. Immutable, shared by threads. */
public final class ProvingSetup {
    private final BasicCircuits circuits;
    private final Map<CircuitType, ProvingKey> provingKeys;
    private final BasicKeys keys;

    private ProvingSetup(BasicCircuits circuits, Map<CircuitType, ProvingKey> provingKeys) {
        this.circuits = circuits;
        this.provingKeys = provingKeys;
        Map<CircuitType, VerifyingKey> verifyingKeys = new EnumMap<>(CircuitType.class);
        provingKeys.forEach((type, key) -> verifyingKeys.put(type, key.verifyingKey()));
        this.keys = new BasicKeys(circuits.profile(), verifyingKeys);
    }

    /**
     * Makes the keys. Deterministic: equal arguments give equal keys.
     *
     * @throws IllegalArgumentException if the program does not fit the profile
     */
    public static ProvingSetup generate(Profile profile, Program program, Engine engine) {
        BasicCircuits circuits = new BasicCircuits(profile, program);
        Map<CircuitType, ProvingKey> keys = new EnumMap<>(CircuitType.class);
        for (CircuitType type : CircuitType.values()) {
            keys.put(type, provingKey(circuits, type, engine));
        }
        return new ProvingSetup(circuits, keys);
    }

    /** Joins circuits with keys that were made for them. */
    public static ProvingSetup of(BasicCircuits circuits, Map<CircuitType, ProvingKey> provingKeys) {
        return new ProvingSetup(circuits, new EnumMap<>(provingKeys));
    }

    /** Makes the proving key of one circuit. */
    public static ProvingKey provingKey(BasicCircuits circuits, CircuitType type, Engine engine) {
        Profile profile = circuits.profile();
        return ProvingKey.generate(
                Protocol.V1,
                type.id(profile),
                circuits.air(type),
                profile.parameters(),
                circuits.preprocessed(type),
                engine);
    }

    public Profile profile() {
        return circuits.profile();
    }

    public Program program() {
        return circuits.program();
    }

    public BasicCircuits circuits() {
        return circuits;
    }

    public ProvingKey provingKey(CircuitType type) {
        return Objects.requireNonNull(provingKeys.get(type));
    }

    /** The verification keys. */
    public BasicKeys keys() {
        return keys;
    }
}
