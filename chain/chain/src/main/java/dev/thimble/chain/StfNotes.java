package dev.thimble.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the state transition function told about itself. Notes prove nothing: they are for the operator, who
 * compares them with what is proven (the output) or with digests (nodes and codes).
 *
 * @param contents nodes of the new tries and created codes
 * @param transactions one for each executed transaction, in order
 * @param blocks one for each executed block, in order
 * @param reason why the program ended with another exit code than 0, empty if it said nothing
 * @param logsHash keccak256 of the RLP of all logs, state tests only
 * @param commitment the batch's commitment, batches only
 * @param stateRoot the state root afterwards, state tests only
 */
public record StfNotes(
        MemoryContentStore contents,
        List<TransactionNote> transactions,
        List<BlockNote> blocks,
        String reason,
        Optional<Bytes32> logsHash,
        Optional<BatchCommitment> commitment,
        Optional<Bytes32> stateRoot) {
    public StfNotes {
        transactions = List.copyOf(transactions);
        blocks = List.copyOf(blocks);
    }

    /** An executed transaction: its block's and its own index, type, status (1 success, 0 failure), and used gas. */
    public record TransactionNote(int block, int index, int type, int status, long gasUsed) {
        static TransactionNote read(ByteBuffer bytes) {
            return new TransactionNote(bytes.getInt(), bytes.getInt(), bytes.get(), bytes.get(), bytes.getLong());
        }
    }

    /** An executed block: its index in the batch, hash, state root, and used gas. */
    public record BlockNote(int index, Bytes32 hash, Bytes32 stateRoot, long gasUsed) {
        static BlockNote read(ByteBuffer bytes) {
            return new BlockNote(bytes.getInt(), digest(bytes), digest(bytes), bytes.getLong());
        }
    }

    private static Bytes32 digest(ByteBuffer bytes) {
        byte[] digest = new byte[32];
        bytes.get(digest);
        return Bytes32.of(digest);
    }

    /** Collects notes; one that is malformed is an {@code IllegalArgumentException} or a buffer underflow. */
    static final class Collector {
        private final MemoryContentStore contents;
        private final List<TransactionNote> transactions = new ArrayList<>();
        private final List<BlockNote> blocks = new ArrayList<>();
        private String reason = "";
        private Optional<Bytes32> logsHash = Optional.empty();
        private Optional<BatchCommitment> commitment = Optional.empty();
        private Optional<Bytes32> stateRoot = Optional.empty();

        Collector(MemoryContentStore contents) {
            this.contents = contents;
        }

        void take(byte[] note) {
            ByteBuffer bytes = ByteBuffer.wrap(note).order(ByteOrder.LITTLE_ENDIAN);
            byte kind = bytes.get();
            switch (kind) {
                case 1, 2 -> contents.put(rest(bytes));
                case 3 -> transactions.add(TransactionNote.read(bytes));
                case 4 -> blocks.add(BlockNote.read(bytes));
                case 5 -> reason = new String(rest(bytes), StandardCharsets.US_ASCII);
                case 6 -> logsHash = Optional.of(digest(bytes));
                case 7 -> commitment = Optional.of(new BatchCommitment(rest(bytes)));
                case 8 -> stateRoot = Optional.of(digest(bytes));
                default -> throw new IllegalArgumentException("unknown kind of note: " + kind);
            }
        }

        private static byte[] rest(ByteBuffer bytes) {
            byte[] rest = new byte[bytes.remaining()];
            bytes.get(rest);
            return rest;
        }

        StfNotes notes() {
            return new StfNotes(contents, transactions, blocks, reason, logsHash, commitment, stateRoot);
        }
    }
}
