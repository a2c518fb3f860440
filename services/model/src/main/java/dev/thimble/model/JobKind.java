package dev.thimble.model;

/** What a job does within its round. */
public enum JobKind {
    /** Runs the batch's program and cuts the execution into circuit instances (round basic_circuits). */
    EXECUTE,
    /** Commits to the shared columns of one instance (round basic_circuits). */
    COMMIT,
    /** Draws the global challenge from all commitments (round basic_circuits). */
    CHALLENGE,
    /** Turns the proofs of the round before into circuit inputs (all rounds but basic_circuits). */
    AGGREGATE,
    /** Makes the FRI proof of one instance (every round). */
    PROVE,
    /** Verifies all proofs of the round together and writes the batch's result (round basic_circuits). */
    VERIFY,
    /** Gives the batch's result to the server it came from; gateways do it. */
    SUBMIT,
    /** Turns the scheduler's proof into the SNARK (round scheduler). */
    COMPRESS;

    public String wireName() {
        return WireNames.of(this);
    }

    public static JobKind parse(String text) {
        return WireNames.parse("job kind", values(), JobKind::wireName, text);
    }
}
