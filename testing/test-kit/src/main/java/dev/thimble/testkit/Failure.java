package dev.thimble.testkit;

/** What is wrong with a {@link ForgedBatch}. */
public sealed interface Failure {
    /**
     * A constraint that does not hold.
     *
     * @param instance the instance's position in the batch
     * @param index the constraint's number in its circuit
     */
    record OfConstraint(int instance, int row, int index, String name) implements Failure {}

    /**
     * A message whose copies given and taken do not cancel.
     *
     * @param net copies given minus copies taken, modulo p
     */
    record OfBus(BusMessage message, int net) implements Failure {
        /** Whether the message is on a global bus. */
        public boolean isGlobal() {
            return message.instance < 0;
        }
    }
}
