package dev.thimble.l1;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that an operator may want to hear of.
 *
 * @param kind what happened
 * @param purpose the purpose of the operation, or empty
 * @param detail the rest, for a person
 */
public record L1Event(Kind kind, String purpose, String detail) {
    private static final Logger LOG = LoggerFactory.getLogger(L1Component.class);

    /** What can happen. */
    public enum Kind {
        /** Node, contract and keys are as they should be; told at the start and whenever a hindrance is over. */
        READY,
        SENT,
        MINED,
        FINAL,
        /** The block with the transaction is no longer part of the chain; the same transaction is sent again. */
        REORGANISED,
        /** The transaction is in a block and was reverted. */
        REVERTED,
        /** The node refuses it, or it would revert; nothing was sent. */
        REFUSED,
        FEE_RAISED,
        /** It waits although it offers the most that may be paid. */
        STUCK,
        /** Another transaction of the account was mined with its nonce. */
        NONCE_TAKEN,
        /** Contract and this build differ: nothing is sent until that is mended. */
        MISMATCH,
        /** The node or the database did not answer. */
        NODE_AWAY,
        /** Something that nobody foresaw, a signer's refusal for instance; tried again. */
        FAILED;

        /** Whether somebody has to act. */
        public boolean isAlarm() {
            return switch (this) {
                case REVERTED, REFUSED, STUCK, MISMATCH, FAILED -> true;
                default -> false;
            };
        }
    }

    /** Writes it to the log; an alarm as an error. */
    void log() {
        if (kind.isAlarm()) {
            LOG.error("{}", this);
        } else {
            LOG.info("{}", this);
        }
    }

    @Override
    public String toString() {
        return kind + (purpose.isEmpty() ? "" : " " + purpose) + ": " + detail;
    }
}
