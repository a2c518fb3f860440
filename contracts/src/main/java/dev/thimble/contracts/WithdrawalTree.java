package dev.thimble.contracts;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of withdrawals, 32 levels over all withdrawals since genesis, with zero for leaves not yet there.
 * Leaf = keccak256(index ‖ recipient ‖ value) as three words, node = keccak256(left ‖ right). Not thread-safe.
 */
public final class WithdrawalTree {
    private static final int DEPTH = 32;
    private static final List<Bytes32> ZEROS = zeros();

    private final List<Bytes32> leaves = new ArrayList<>();

    private static List<Bytes32> zeros() {
        List<Bytes32> zeros = new ArrayList<>(List.of(Bytes32.ZERO));
        while (zeros.size() <= DEPTH) {
            zeros.add(node(zeros.getLast(), zeros.getLast()));
        }
        return List.copyOf(zeros);
    }

    /** How many withdrawals there are. */
    public int size() {
        return leaves.size();
    }

    /** Adds the next withdrawal. */
    public void add(Address to, BigInteger value) {
        byte[] recipient = new byte[32];
        System.arraycopy(to.bytes(), 0, recipient, 12, 20);
        leaves.add(Bytes32.keccak(Bytes32.word(leaves.size()), recipient, Bytes32.word(value)));
    }

    /** The root after the first {@code size} withdrawals; zero if there are none, as the bridge stores it. */
    public Bytes32 root(int size) {
        if (size == 0) {
            return Bytes32.ZERO;
        }
        List<Bytes32> level = leaves.subList(0, size);
        for (int height = 0; height < DEPTH; height++) {
            level = parents(level, height);
        }
        return level.getFirst();
    }

    /** The siblings of leaf {@code index} from the bottom up, in the tree of the first {@code size} withdrawals. */
    public List<Bytes32> proof(int index, int size) {
        if (index < 0 || index >= size || size > leaves.size()) {
            throw new IllegalArgumentException("no withdrawal " + index + " among the first " + size);
        }
        List<Bytes32> siblings = new ArrayList<>();
        List<Bytes32> level = leaves.subList(0, size);
        for (int height = 0; height < DEPTH; height++) {
            int sibling = (index >> height) ^ 1;
            siblings.add(sibling < level.size() ? level.get(sibling) : ZEROS.get(height));
            level = parents(level, height);
        }
        return siblings;
    }

    private static List<Bytes32> parents(List<Bytes32> level, int height) {
        List<Bytes32> parents = new ArrayList<>();
        for (int i = 0; i < level.size(); i += 2) {
            parents.add(node(level.get(i), i + 1 < level.size() ? level.get(i + 1) : ZEROS.get(height)));
        }
        return parents;
    }

    private static Bytes32 node(Bytes32 left, Bytes32 right) {
        return Bytes32.keccak(left.bytes(), right.bytes());
    }
}
