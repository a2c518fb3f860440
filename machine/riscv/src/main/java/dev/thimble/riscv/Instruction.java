package dev.thimble.riscv;

/**
 * One decoded instruction. A register field that the format lacks is 0, an immediate that it lacks is 0, so that an ALU
 * operation's second operand is always x[rs2] + immediate.
 *
 * <p>Every executed instruction reads rs1 and rs2 (x0 included, like any register) and accesses rd iff rd ≠ 0. ECALL
 * is the one operation with implied registers: rs1 = t0 (x5), rs2 = a0 (x10), rd = a1 (x11) whose value it keeps.
 *
 * @param operation what it does
 * @param rd target register, 0 = none
 * @param rs1 first source register
 * @param rs2 second source register
 * @param immediate sign-extended immediate; for LUI and AUIPC already shifted left by 12
 * @param word the encoded instruction
 */
public record Instruction(Operation operation, int rd, int rs1, int rs2, int immediate, int word) {}
