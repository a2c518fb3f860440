package dev.thimble.chain;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a Merkle-Patricia trie (Ethereum yellow paper, appendix D) from all its entries at once. No key may be the
 * beginning of another one, so no branch has a value: true for digests and for RLP-encoded indexes.
 */
public final class TrieBuilder {
    /** The root of a trie without entries: keccak256 of the empty string's RLP. */
    public static final Bytes32 EMPTY_ROOT = Bytes32.keccak(new byte[] {(byte) 0x80});

    private static final byte[] EMPTY_ITEM = {(byte) 0x80};
    private static final int DIGEST_BYTES = 32;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] nibbles, byte[] value) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ContentStore store;

    /** A trie whose nodes go into {@code store}. */
    public TrieBuilder(ContentStore store) {
        this.store = store;
    }

    /** Adds an entry; the value is not empty. */
    public TrieBuilder add(byte[] key, byte[] value) {
        byte[] nibbles = new byte[2 * key.length];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) ((key[i] & 0xFF) >>> 4);
            nibbles[2 * i + 1] = (byte) (key[i] & 15);
        }
        entries.add(new Entry(nibbles, value));
        return this;
    }

    /**
     * Stores all nodes that a digest refers to and returns the root.
     *
     * @throws IllegalArgumentException if a key is there twice or begins another one
     */
    public Bytes32 root() {
        if (entries.isEmpty()) {
            return EMPTY_ROOT;
        }
        entries.sort((a, b) -> Arrays.compare(a.nibbles, b.nibbles));
        return store.put(node(0, entries.size(), 0));
    }

    /** The RLP of the node over the entries from..to, whose first {@code depth} nibbles are equal. */
    private byte[] node(int from, int to, int depth) {
        byte[] first = entries.get(from).nibbles;
        if (to - from == 1) {
            return Rlp.list(Rlp.encode(path(first, depth, first.length, true)), Rlp.encode(entries.get(from).value));
        }
        int common = Arrays.mismatch(first, entries.get(to - 1).nibbles);
        if (common < 0 || common >= first.length) {
            throw new IllegalArgumentException("a trie key is there twice or begins another one");
        }
        return common > depth
                ? Rlp.list(Rlp.encode(path(first, depth, common, false)), reference(branch(from, to, common)))
                : branch(from, to, depth);
    }

    private byte[] branch(int from, int to, int depth) {
        List<byte[]> items = new ArrayList<>(17);
        int start = from;
        for (int nibble = 0; nibble < 16; nibble++) {
            int end = start;
            while (end < to && entries.get(end).nibbles[depth] == nibble) {
                end++;
            }
            items.add(start == end ? EMPTY_ITEM : reference(node(start, end, depth + 1)));
            start = end;
        }
        items.add(EMPTY_ITEM);
        return Rlp.list(items);
    }

    /** How a parent holds a node: itself if it is shorter than a digest, otherwise its digest. */
    private byte[] reference(byte[] node) {
        return node.length < DIGEST_BYTES ? node : Rlp.encode(store.put(node).bytes());
    }

    /** Hex-prefix encoding of the nibbles from..to. */
    private static byte[] path(byte[] nibbles, int from, int to, boolean leaf) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int flags = leaf ? 0x20 : 0;
        int next = from;
        if ((to - from) % 2 == 1) {
            out.write(flags | 0x10 | nibbles[next++]);
        } else {
            out.write(flags);
        }
        for (; next < to; next += 2) {
            out.write(nibbles[next] << 4 | nibbles[next + 1]);
        }
        return out.toByteArray();
    }
}
