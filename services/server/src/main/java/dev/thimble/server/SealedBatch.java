package dev.thimble.server;

import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the operator's side knows it; number 0 is genesis, which is never proven.
 *
 * @param id its chain and number
 * @param firstBlock its first block
 * @param lastBlock its last block
 * @param timestamp of the last block, seconds since 1970
 * @param stateRoot after the last block
 * @param blockHash of the last block
 * @param transactions in all its blocks
 * @param gasUsed in all its blocks
 * @param dataBytes in all its blocks
 * @param sealedAt when it was sealed
 * @param sealedBecause the criterion that closed it
 * @param version the rules it is proven under
 * @param program the guest program's name
 * @param programSha256 0x-hex of its ELF file
 * @param checked whether every block's hash was recomputed
 * @param expectedOutput 0x-hex of what the program must commit to, or null until it is computed
 * @param input where the witness input is, or null until it is stored
 * @param stoppedBecause why it cannot be proven, or null
 * @param gateway who was offered it last, or null
 * @param offeredAt when, or null
 * @param acknowledgedAt when that gateway took it, or null
 * @param provenAt when its proof was accepted, or null
 */
public record SealedBatch(
        BatchId id,
        long firstBlock,
        long lastBlock,
        long timestamp,
        String stateRoot,
        String blockHash,
        long transactions,
        long gasUsed,
        long dataBytes,
        Instant sealedAt,
        String sealedBecause,
        ProtocolVersion version,
        String program,
        String programSha256,
        boolean checked,
        @Nullable String expectedOutput,
        @Nullable Input input,
        @Nullable String stoppedBecause,
        @Nullable String gateway,
        @Nullable Instant offeredAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant provenAt) {
    /**
     * A stored witness input.
     *
     * @param path its key in the object store
     * @param bytes its length
     * @param sha256 0x-hex of its content
     */
    public record Input(String path, long bytes, String sha256) {}

    /** The word for how far it is: genesis, sealed, stopped, ready, offered, acknowledged, proven. */
    public String state() {
        if (id.number() == 0) {
            return "genesis";
        }
        if (provenAt != null) {
            return "proven";
        }
        if (acknowledgedAt != null) {
            return "acknowledged";
        }
        if (gateway != null) {
            return "offered";
        }
        if (stoppedBecause != null) {
            return "stopped";
        }
        return checked && expectedOutput != null && input != null ? "ready" : "sealed";
    }
}
