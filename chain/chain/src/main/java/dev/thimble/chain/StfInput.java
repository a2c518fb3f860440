package dev.thimble.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Inputs of the state transition function: little-endian words and blobs (a word with the length in bytes, then the bytes,
 * zero padded to words).
 */
public final class StfInput {
    private static final int VERSION = 1;
    private static final int ENVIRONMENT_BYTES = 92;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StfInput() {
        word(VERSION);
    }

    /**
     * The input of {@link StfProgram#STF}: a batch.
     *
     * @param previous the batch before
     * @param parent the header of its last block
     * @param blocks RLP of consecutive blocks
     */
    public static byte[] batch(BatchCommitment previous, BlockHeader parent, List<byte[]> blocks) {
        StfInput input = new StfInput();
        input.blob(previous.preimage()).blob(parent.rlp()).word(blocks.size());
        blocks.forEach(input::blob);
        return input.out.toByteArray();
    }

    /**
     * The input of {@link StfProgram#STATE_TEST}.
     *
     * @param transaction the signed bytes (EIP-2718)
     */
    public static byte[] stateTest(long chainId, Bytes32 preRoot, Environment environment, byte[] transaction) {
        StfInput input = new StfInput();
        input.word((int) chainId).word((int) (chainId >>> 32));
        input.blob(preRoot.bytes()).blob(environment.bytes()).blob(transaction);
        return input.out.toByteArray();
    }

    /** The block that a state test pretends; numbers are unsigned. */
    public record Environment(
            long number,
            long timestamp,
            long gasLimit,
            long baseFeeWei,
            long excessBlobGas,
            Address coinbase,
            Bytes32 prevRandao) {
        private byte[] bytes() {
            return ByteBuffer.allocate(ENVIRONMENT_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(number)
                    .putLong(timestamp)
                    .putLong(gasLimit)
                    .putLong(baseFeeWei)
                    .putLong(excessBlobGas)
                    .put(coinbase.bytes())
                    .put(prevRandao.bytes())
                    .array();
        }

        static long unsigned(BigInteger value) {
            if (value.bitLength() > 64) {
                throw new IllegalArgumentException("value is not below 2^64: " + value);
            }
            return value.longValue();
        }
    }

    private StfInput word(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    private StfInput blob(byte[] bytes) {
        word(bytes.length);
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & 3]);
        return this;
    }
}
