package dev.thimble.jobqueue;

/** The worker gave a wrong proof and gets no jobs until an operator releases it. */
public final class WorkerQuarantined extends RuntimeException {
    public WorkerQuarantined(String name, String reason) {
        super("worker " + name + " is quarantined (" + reason + "); check its machine, then release it");
    }
}
