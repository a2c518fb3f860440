package dev.thimble.riscvcircuits;

/** The basic circuits, with the numbers that stand for them in hashes and headers. */
public enum CircuitType {
    MAIN_VM(1),
    MEMORY(2);

    private final int id;

    CircuitType(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }
}
