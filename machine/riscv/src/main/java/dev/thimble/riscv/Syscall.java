package dev.thimble.riscv;

import java.util.ArrayList;
import java.util.List;

/**
 * A system call: its number (in t0) and the memory words it accesses, in the order of their rows. Read-only operands come
 * first, so that an operand that overlaps a result is read before it is written.
 *
 * @param number value of t0
 * @param name for messages
 * @param transfers the accessed words, READ before WRITE and HINT, no word twice among the written ones
 * @param precompile computes the words of direction WRITE
 */
public record Syscall(int number, String name, List<Transfer> transfers, Precompile precompile) {
    public static final int REGISTER_T0 = 5;
    public static final int REGISTER_A0 = 10;
    public static final int REGISTER_A1 = 11;
    static final int REGISTER_A2 = 12;

    /** Ends the program; a0 is the exit code. */
    public static final int HALT = 0x00;
    /** Debug print of a2 bytes at a1 to stream a0: bytes go to a sink, nothing of the machine's state changes. */
    public static final int WRITE = 0x02;
    /** Sets output word a0 (0..7) to a1. Each exactly once before a HALT with exit code 0. */
    public static final int COMMIT = 0x10;
    /** Writes the next 8 words of the hint stream to memory at a0. */
    public static final int HINT = 0x01F1;
    /** Applies keccak-f[1600] to the 50 words at a0. */
    public static final int KECCAK_PERMUTE = 0x01_0109;
    /** P ← P + Q with P at a0, Q at a1, 16 words each (x, y). */
    public static final int SECP256K1_ADD = 0x01_010A;
    /** P ← 2P with P at a0. */
    public static final int SECP256K1_DOUBLE = 0x00_010B;
    /** x ← x·y mod m with x at a0, y and then m at a1, 8 words each. */
    public static final int UINT256_MUL = 0x01_011D;

    public Syscall {
        transfers = List.copyOf(transfers);
        boolean written = false;
        for (Transfer transfer : transfers) {
            if (written && transfer.direction() == Transfer.Direction.READ) {
                throw new IllegalArgumentException("syscall " + name + " reads an operand after writing one");
            }
            written |= transfer.direction() != Transfer.Direction.READ;
        }
        if (transfers.stream().distinct().count() != transfers.size()) {
            throw new IllegalArgumentException("syscall " + name + " accesses a word twice");
        }
    }

    /** A system call without a precompile. */
    static Syscall plain(int number, String name, List<Transfer> transfers) {
        return new Syscall(number, name, transfers, (_, _) -> true);
    }

    /** Tells whether a circuit of its own proves the call: some words are results. */
    public boolean isPrecompile() {
        return count(Transfer.Direction.WRITE) > 0;
    }

    /** Returns how many words it takes from the hint stream. */
    int hintWords() {
        return count(Transfer.Direction.HINT);
    }

    /** Transfers of a direction; without a stream, as every call of a run asks. */
    private int count(Transfer.Direction direction) {
        int count = 0;
        for (Transfer transfer : transfers) {
            count += transfer.direction() == direction ? 1 : 0;
        }
        return count;
    }

    /** Tells whether the first transfer keeps its word. */
    public boolean readsFirst() {
        return !transfers.isEmpty() && transfers.getFirst().direction() == Transfer.Direction.READ;
    }

    /** Returns {@code count} transfers of consecutive words from a pointer. */
    public static List<Transfer> words(int pointerRegister, int count, Transfer.Direction direction) {
        List<Transfer> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(new Transfer(pointerRegister, i, direction));
        }
        return words;
    }
}
