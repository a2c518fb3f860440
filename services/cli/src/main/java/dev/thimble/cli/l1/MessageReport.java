package dev.thimble.cli.l1;

/**
 * A message between the layers.
 *
 * @param txHash of the transaction that sent it; of {@code claim} the one that took it
 * @param index its number among the messages of its direction
 * @param state queued, processed (a deposit on L2), locked (a withdrawal on L2), paid (a withdrawal on L1)
 */
record MessageReport(String txHash, long index, String state) {
    String text() {
        return "transaction " + txHash + "\nmessage     " + index + "\nstate       " + state;
    }
}
