package dev.thimble.chain;

/** The programs of the state transition function; {@code guest/stf/README.md} has their inputs and exit codes. */
public enum StfProgram {
    /** Proves a batch of blocks. */
    STF("stf"),
    /** One transaction on a pre-state, as in the published state tests. */
    STATE_TEST("state-test");

    private final String text;

    StfProgram(String text) {
        this.text = text;
    }

    /** The name of the ELF file in {@code guest/bin} without its ending, and of the program in the native library. */
    public String text() {
        return text;
    }
}
