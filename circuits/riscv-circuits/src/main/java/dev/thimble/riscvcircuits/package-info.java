/**
 * The circuits of the RISC-V machine and the batch that they form.
 *
 * <p>{@link dev.thimble.riscvcircuits.MainVm} proves the steps of one segment of a program,
 * {@link dev.thimble.riscvcircuits.MemoryCircuit} the initial and final contents of memory. Instances of both are linked by
 * the global buses of {@link dev.thimble.riscvcircuits.Buses}; {@link dev.thimble.riscvcircuits.BatchVerifier} checks all
 * proofs of a batch and closes those buses, and is the specification of the scheduler circuit.
 *
 * <p>Book pages: docs/book/main-vm.md, docs/book/memory.md, docs/book/global-bus.md.
 */
@NullMarked
package dev.thimble.riscvcircuits;

import org.jspecify.annotations.NullMarked;
