package dev.thimble.riscv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The system calls of the machine. The circuits turn the same table into their preprocessed table
 * (number, index) → (pointer register, word offset, direction, last).
 */
public final class SyscallTable {
    private static final SyscallTable STANDARD = new SyscallTable(List.of(
            Syscall.plain(Syscall.HALT, "HALT", List.of()),
            Syscall.plain(Syscall.WRITE, "WRITE", List.of()),
            Syscall.plain(Syscall.COMMIT, "COMMIT", List.of()),
            Syscall.plain(Syscall.HINT, "HINT", Syscall.words(Syscall.REGISTER_A0, 8, Transfer.Direction.HINT)),
            precompile(Syscall.KECCAK_PERMUTE, "KECCAK_PERMUTE", 0, 50, KeccakPermutation::apply),
            precompile(Syscall.SECP256K1_ADD, "SECP256K1_ADD", 16, 16, Secp256k1::add),
            precompile(Syscall.SECP256K1_DOUBLE, "SECP256K1_DOUBLE", 0, 16, Secp256k1::twice),
            precompile(Syscall.UINT256_MUL, "UINT256_MUL", 16, 8, Uint256::multiplyModulo)));

    private final List<Syscall> entries;
    private final Map<Integer, Syscall> byNumber = new HashMap<>();
    private final int maximumTransfers;

    private SyscallTable(List<Syscall> entries) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingInt(Syscall::number))
                .toList();
        int maximum = 0;
        for (Syscall entry : entries) {
            if (byNumber.put(entry.number(), entry) != null) {
                throw new IllegalArgumentException("syscall number " + entry.number() + " is used twice");
            }
            maximum = Math.max(maximum, entry.transfers().size());
        }
        this.maximumTransfers = maximum;
    }

    /** A precompile that reads words at a1 and then replaces words at a0. */
    private static Syscall precompile(int number, String name, int read, int replaced, Precompile function) {
        List<Transfer> transfers = new ArrayList<>(Syscall.words(Syscall.REGISTER_A1, read, Transfer.Direction.READ));
        transfers.addAll(Syscall.words(Syscall.REGISTER_A0, replaced, Transfer.Direction.WRITE));
        return new Syscall(number, name, transfers, function);
    }

    /** Returns the table of this protocol version. */
    public static SyscallTable standard() {
        return STANDARD;
    }

    /** Returns this table with one more entry. */
    public SyscallTable with(Syscall entry) {
        List<Syscall> more = new ArrayList<>(entries);
        more.add(entry);
        return new SyscallTable(more);
    }

    /** Returns all entries in ascending order of their numbers. */
    public List<Syscall> entries() {
        return entries;
    }

    /** Returns the system call of this number, if there is one. */
    public Optional<Syscall> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** Returns the largest number of transfer rows after an ECALL row. */
    public int maximumTransfers() {
        return maximumTransfers;
    }
}
