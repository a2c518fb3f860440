/**
 * The RV32IM machine: what a program computes, independently of how it is proven. No field, no commitment, no proof.
 *
 * <p>A {@link dev.thimble.riscv.Program} comes from an ELF file ({@link dev.thimble.riscv.ElfImage}).
 * {@link dev.thimble.riscv.Executor} runs it once, fast, and cuts the run into segments: each
 * {@link dev.thimble.riscv.SegmentInput} holds just enough (entry pc, the value of every address it touches, hint words)
 * for {@link dev.thimble.riscv.SegmentReplay} to execute that segment again alone and write down every row as a
 * {@link dev.thimble.riscv.SegmentLog}, the circuits' raw material. {@link dev.thimble.riscv.MemorySummary} lists
 * all touched addresses of the whole run. Start at {@link dev.thimble.riscv.ProgramRun}.
 */
@NullMarked
package dev.thimble.riscv;

import org.jspecify.annotations.NullMarked;
