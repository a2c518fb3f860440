package dev.thimble.riscv;

import java.util.Map;

/**
 * The result of a whole run.
 *
 * @param outcome how it ended
 * @param cycles executed instructions
 * @param rows instruction and transfer rows of all segments
 * @param segments segments handed out; the last, unfinished one of a run that did not halt is not handed out
 * @param memory all touched addresses
 * @param calls how often each precompile was called, by its system call's number
 */
public record Execution(
        Outcome outcome, long cycles, long rows, int segments, MemorySummary memory, Map<Integer, Long> calls) {
    public Execution {
        calls = Map.copyOf(calls);
    }
}
