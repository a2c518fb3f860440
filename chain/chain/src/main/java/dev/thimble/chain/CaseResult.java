package dev.thimble.chain;

import java.util.Optional;

/**
 * How a published test case ended.
 *
 * @param name the case's name
 * @param verdict whether the state transition function did what is published
 * @param reason why not; for cases that passed what it refused, if it had to refuse something
 * @param stateRoot the state root afterwards, when there is one
 * @param logsHash keccak256 of the RLP of the logs, state cases only
 * @param cycles executed instructions, on the emulator only
 */
public record CaseResult(
        String name,
        Verdict verdict,
        String reason,
        Optional<Bytes32> stateRoot,
        Optional<Bytes32> logsHash,
        long cycles) {
    /** Verdicts of a case. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** The program refused it at run time because it needs what it does not have. */
        UNSUPPORTED
    }

    static CaseResult failed(String name, String reason, long cycles) {
        return new CaseResult(name, Verdict.FAILED, reason, Optional.empty(), Optional.empty(), cycles);
    }

    static CaseResult unsupported(String name, String reason, long cycles) {
        return new CaseResult(name, Verdict.UNSUPPORTED, reason, Optional.empty(), Optional.empty(), cycles);
    }
}
