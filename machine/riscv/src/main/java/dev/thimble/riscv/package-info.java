/** RV32IM: decoder, emulator, system calls, execution log. */
@NullMarked
package dev.thimble.riscv;

import org.jspecify.annotations.NullMarked;
