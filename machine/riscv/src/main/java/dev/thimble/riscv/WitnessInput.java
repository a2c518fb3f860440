package dev.thimble.riscv;

/** What a program is run on: its input and the hint words that it will read. {@link WitnessInputCodec} has its bytes. */
public final class WitnessInput {
    private final byte[] input;
    private final int[] hints;

    /**
     * Makes a witness input.
     *
     * @param input the program's input, at most {@link GuestInput#MAXIMUM_BYTES}
     * @param hints the stream of hint words
     */
    public WitnessInput(byte[] input, int... hints) {
        if (input.length > GuestInput.MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "input of " + input.length + " bytes is larger than " + GuestInput.MAXIMUM_BYTES);
        }
        this.input = input.clone();
        this.hints = hints.clone();
    }

    /** Returns a copy of the program's input. */
    public byte[] input() {
        return input.clone();
    }

    /** Returns a copy of the hint words. */
    public int[] hints() {
        return hints.clone();
    }
}
