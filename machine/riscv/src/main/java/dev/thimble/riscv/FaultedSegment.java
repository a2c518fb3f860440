package dev.thimble.riscv;

/**
 * A segment with a fault in it.
 *
 * @param input what the dishonest prover claims
 * @param log its log
 * @param validExecution true if the claim happens to be an honest execution of the program after all (from another
 *     state at the segment's start): then only the links between segments can refute it
 */
public record FaultedSegment(SegmentInput input, SegmentLog log, boolean validExecution) {}
