package dev.thimble.pipeline;

import dev.thimble.riscv.CallsCodec;
import dev.thimble.riscv.CallsInput;
import dev.thimble.riscv.MalformedSegmentException;
import dev.thimble.riscv.MemoryCodec;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.SegmentCodec;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscvcircuits.CircuitType;

/** Everything, beside the program, that the trace of one circuit instance is made from. */
public sealed interface CircuitInput {
    /** The circuit. */
    CircuitType type();

    /** The number of the instance among those of its type. */
    int index();

    /** Canonical bytes: formats.md. */
    byte[] encode();

    /** A segment of the execution: an instance of MAIN_VM. */
    record Segment(SegmentInput input) implements CircuitInput {
        @Override
        public CircuitType type() {
            return CircuitType.MAIN_VM;
        }

        @Override
        public int index() {
            return input.segment();
        }

        @Override
        public byte[] encode() {
            return SegmentCodec.encode(input);
        }
    }

    /** A part of the touched addresses: an instance of MEMORY. */
    record Memory(MemoryInput input) implements CircuitInput {
        @Override
        public CircuitType type() {
            return CircuitType.MEMORY;
        }

        @Override
        public int index() {
            return input.instance();
        }

        @Override
        public byte[] encode() {
            return MemoryCodec.encode(input);
        }
    }

    /** Calls of precompiles: an instance of the circuit that proves them. */
    record Calls(CircuitType type, CallsInput input) implements CircuitInput {
        @Override
        public int index() {
            return input.instance();
        }

        @Override
        public byte[] encode() {
            return CallsCodec.encode(input);
        }
    }

    /**
     * Reads the input of a circuit type.
     *
     * @throws MalformedSegmentException if the bytes are not exactly one canonical encoding
     */
    static CircuitInput decode(CircuitType type, byte[] bytes) throws MalformedSegmentException {
        return switch (type) {
            case MAIN_VM -> new Segment(SegmentCodec.decode(bytes));
            case MEMORY -> new Memory(MemoryCodec.decode(bytes));
            case KECCAK_F, SECP256K1, U256 -> new Calls(type, CallsCodec.decode(bytes));
        };
    }
}
