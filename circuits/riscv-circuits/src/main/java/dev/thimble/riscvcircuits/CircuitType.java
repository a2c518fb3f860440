package dev.thimble.riscvcircuits;

import dev.thimble.riscv.Syscall;
import java.util.List;

/** The basic circuits, with the numbers that stand for them in hashes and headers. */
public enum CircuitType {
    MAIN_VM(1),
    MEMORY(2),
    KECCAK_F(3),
    SECP256K1(4),
    U256(5);

    /** The types that prove calls of precompiles. A batch without such calls has no instance of them. */
    public static final List<CircuitType> PRECOMPILES = List.of(KECCAK_F, SECP256K1, U256);

    private final int id;

    CircuitType(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    /** The number of this type in a profile: what keys, proofs and the batch's tree carry. */
    public int id(Profile profile) {
        return (profile.number() << 8) + id;
    }

    /**
     * The type of the circuit that proves a precompile.
     *
     * @param number the system call's number
     * @throws IllegalArgumentException if it is no precompile
     */
    public static CircuitType ofPrecompile(int number) {
        return switch (number) {
            case Syscall.KECCAK_PERMUTE -> KECCAK_F;
            case Syscall.SECP256K1_ADD, Syscall.SECP256K1_DOUBLE -> SECP256K1;
            case Syscall.UINT256_MUL -> U256;
            default -> throw new IllegalArgumentException("system call " + number + " is no precompile");
        };
    }

    /** How many instances a batch has at least: the machine's circuits are in every batch. */
    public int minimumInstances() {
        return PRECOMPILES.contains(this) ? 0 : 1;
    }

    /**
     * How many proofs of this type one leaf aggregation verifies at most: fewer of KECCAK_F, whose rows are ten times as
     * wide. It shapes the batch's tree of shared digests, so it is part of the protocol.
     */
    public int leafArity() {
        return this == KECCAK_F ? 2 : 8;
    }
}
