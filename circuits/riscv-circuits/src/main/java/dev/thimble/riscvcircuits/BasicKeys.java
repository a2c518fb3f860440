package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The verification keys of all basic circuits for one program and profile. Immutable. */
public final class BasicKeys {
    private final Profile profile;
    private final Map<CircuitType, VerifyingKey> keys;
    private final Digest vkSet;

    /**
     * Makes a set.
     *
     * @throws IllegalArgumentException if a type has no key, or a key is of another type, profile or protocol version
     */
    public BasicKeys(Profile profile, Map<CircuitType, VerifyingKey> keys) {
        this.profile = profile;
        this.keys = new EnumMap<>(keys);
        for (CircuitType type : CircuitType.values()) {
            VerifyingKey key = keys.get(type);
            if (key == null || key.circuitType() != type.id(profile)) {
                throw new IllegalArgumentException(
                        "keys must have one of " + type + " in profile " + profile.id() + ": " + key);
            }
        }
        if (keys.values().stream().map(VerifyingKey::protocol).distinct().count() != 1) {
            throw new IllegalArgumentException("keys are of several protocol versions");
        }
        this.vkSet = key(CircuitType.MAIN_VM).sponge().hash(Domain.LIST, digests());
    }

    public Profile profile() {
        return profile;
    }

    public Protocol protocol() {
        return key(CircuitType.MAIN_VM).protocol();
    }

    public VerifyingKey key(CircuitType type) {
        return Objects.requireNonNull(keys.get(type));
    }

    /** The program of every type. */
    public Map<CircuitType, AirProgram> programs() {
        Map<CircuitType, AirProgram> programs = new EnumMap<>(CircuitType.class);
        keys.forEach((type, key) -> programs.put(type, key.program()));
        return programs;
    }

    /** basicVkSet: sponge(LIST, digests of the keys in the order of the types). It binds circuits and program. */
    public Digest vkSet() {
        return vkSet;
    }

    /** The digests of the keys in the order of the types. */
    public List<Digest> digests() {
        return Stream.of(CircuitType.values())
                .map(this::key)
                .map(VerifyingKey::digest)
                .toList();
    }
}
