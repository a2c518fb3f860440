package dev.thimble.riscv;

/**
 * The result of a whole run.
 *
 * @param outcome how it ended
 * @param cycles executed instructions
 * @param rows instruction and transfer rows of all segments
 * @param segments segments handed out; the last, unfinished one of a run that did not halt is not handed out
 * @param memory all touched addresses
 */
public record Execution(Outcome outcome, long cycles, long rows, int segments, MemorySummary memory) {}
