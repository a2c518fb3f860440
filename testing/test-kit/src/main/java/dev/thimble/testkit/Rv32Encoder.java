package dev.thimble.testkit;

/**
 * Encodes the instructions of RV32IM, one method each, named as in the RISC-V unprivileged specification 20240411
 * (chapters 2, 12 and 34). Registers are numbers 0..31; immediates outside their range are refused.
 */
public abstract class Rv32Encoder {
    public static final int ZERO = 0;
    public static final int RA = 1;
    public static final int SP = 2;
    public static final int T0 = 5;
    public static final int T1 = 6;
    public static final int T2 = 7;
    public static final int S0 = 8;
    public static final int S1 = 9;
    public static final int A0 = 10;
    public static final int A1 = 11;
    public static final int A2 = 12;

    /** Takes the next instruction word. */
    public abstract void word(int word);

    /** Takes the next instruction word, whose offset to a label is still to be filled in. */
    protected abstract void wordTo(int word, String label);

    /** ADD rd, rs1, rs2. */
    public void add(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 0, rd);
    }

    /** SUB rd, rs1, rs2. */
    public void sub(int rd, int rs1, int rs2) {
        register(0x20, rs2, rs1, 0, rd);
    }

    /** SLL rd, rs1, rs2. */
    public void sll(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 1, rd);
    }

    /** SLT rd, rs1, rs2. */
    public void slt(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 2, rd);
    }

    /** SLTU rd, rs1, rs2. */
    public void sltu(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 3, rd);
    }

    /** XOR rd, rs1, rs2. */
    public void xor(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 4, rd);
    }

    /** SRL rd, rs1, rs2. */
    public void srl(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 5, rd);
    }

    /** SRA rd, rs1, rs2. */
    public void sra(int rd, int rs1, int rs2) {
        register(0x20, rs2, rs1, 5, rd);
    }

    /** OR rd, rs1, rs2. */
    public void or(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 6, rd);
    }

    /** AND rd, rs1, rs2. */
    public void and(int rd, int rs1, int rs2) {
        register(0x00, rs2, rs1, 7, rd);
    }

    /** MUL rd, rs1, rs2. */
    public void mul(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 0, rd);
    }

    /** MULH rd, rs1, rs2. */
    public void mulh(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 1, rd);
    }

    /** MULHSU rd, rs1, rs2. */
    public void mulhsu(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 2, rd);
    }

    /** MULHU rd, rs1, rs2. */
    public void mulhu(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 3, rd);
    }

    /** DIV rd, rs1, rs2. */
    public void div(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 4, rd);
    }

    /** DIVU rd, rs1, rs2. */
    public void divu(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 5, rd);
    }

    /** REM rd, rs1, rs2. */
    public void rem(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 6, rd);
    }

    /** REMU rd, rs1, rs2. */
    public void remu(int rd, int rs1, int rs2) {
        register(0x01, rs2, rs1, 7, rd);
    }

    /** ADDI rd, rs1, immediate (−2048..2047). */
    public void addi(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 0, rd, 0x13);
    }

    /** SLTI rd, rs1, immediate (−2048..2047). */
    public void slti(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 2, rd, 0x13);
    }

    /** SLTIU rd, rs1, immediate (−2048..2047). */
    public void sltiu(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 3, rd, 0x13);
    }

    /** XORI rd, rs1, immediate (−2048..2047). */
    public void xori(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 4, rd, 0x13);
    }

    /** ORI rd, rs1, immediate (−2048..2047). */
    public void ori(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 6, rd, 0x13);
    }

    /** ANDI rd, rs1, immediate (−2048..2047). */
    public void andi(int rd, int rs1, int immediate) {
        immediate(immediate, rs1, 7, rd, 0x13);
    }

    /** SLLI rd, rs1, amount (0..31). */
    public void slli(int rd, int rs1, int amount) {
        shift(0x00, amount, rs1, 1, rd);
    }

    /** SRLI rd, rs1, amount (0..31). */
    public void srli(int rd, int rs1, int amount) {
        shift(0x00, amount, rs1, 5, rd);
    }

    /** SRAI rd, rs1, amount (0..31). */
    public void srai(int rd, int rs1, int amount) {
        shift(0x20, amount, rs1, 5, rd);
    }

    /** LB rd, offset(rs1). */
    public void lb(int rd, int offset, int rs1) {
        immediate(offset, rs1, 0, rd, 0x03);
    }

    /** LH rd, offset(rs1). */
    public void lh(int rd, int offset, int rs1) {
        immediate(offset, rs1, 1, rd, 0x03);
    }

    /** LW rd, offset(rs1). */
    public void lw(int rd, int offset, int rs1) {
        immediate(offset, rs1, 2, rd, 0x03);
    }

    /** LBU rd, offset(rs1). */
    public void lbu(int rd, int offset, int rs1) {
        immediate(offset, rs1, 4, rd, 0x03);
    }

    /** LHU rd, offset(rs1). */
    public void lhu(int rd, int offset, int rs1) {
        immediate(offset, rs1, 5, rd, 0x03);
    }

    /** SB rs2, offset(rs1). */
    public void sb(int rs2, int offset, int rs1) {
        store(offset, rs2, rs1, 0);
    }

    /** SH rs2, offset(rs1). */
    public void sh(int rs2, int offset, int rs1) {
        store(offset, rs2, rs1, 1);
    }

    /** SW rs2, offset(rs1). */
    public void sw(int rs2, int offset, int rs1) {
        store(offset, rs2, rs1, 2);
    }

    /** BEQ rs1, rs2, label. */
    public void beq(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (0 << 12) | 0x63, label);
    }

    /** BNE rs1, rs2, label. */
    public void bne(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (1 << 12) | 0x63, label);
    }

    /** BLT rs1, rs2, label. */
    public void blt(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (4 << 12) | 0x63, label);
    }

    /** BGE rs1, rs2, label. */
    public void bge(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (5 << 12) | 0x63, label);
    }

    /** BLTU rs1, rs2, label. */
    public void bltu(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (6 << 12) | 0x63, label);
    }

    /** BGEU rs1, rs2, label. */
    public void bgeu(int rs1, int rs2, String label) {
        wordTo((rs2 << 20) | (rs1 << 15) | (7 << 12) | 0x63, label);
    }

    /** JAL rd, label. */
    public void jal(int rd, String label) {
        wordTo((rd << 7) | 0x6F, label);
    }

    /** JALR rd, offset(rs1). */
    public void jalr(int rd, int offset, int rs1) {
        immediate(offset, rs1, 0, rd, 0x67);
    }

    /** LUI rd, upper (0..2^20 − 1). */
    public void lui(int rd, int upper) {
        word((requireRange("upper", upper, 0, 0xFFFFF) << 12) | (rd << 7) | 0x37);
    }

    /** AUIPC rd, upper (0..2^20 − 1). */
    public void auipc(int rd, int upper) {
        word((requireRange("upper", upper, 0, 0xFFFFF) << 12) | (rd << 7) | 0x17);
    }

    /** FENCE iorw, iorw. */
    public void fence() {
        word(0x0FF0_000F);
    }

    /** ECALL. */
    public void ecall() {
        word(0x0000_0073);
    }

    /** EBREAK. */
    public void ebreak() {
        word(0x0010_0073);
    }

    private void register(int funct7, int rs2, int rs1, int funct3, int rd) {
        word((funct7 << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | 0x33);
    }

    private void immediate(int immediate, int rs1, int funct3, int rd, int opcode) {
        requireRange("immediate", immediate, -2048, 2047);
        word((immediate << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | opcode);
    }

    private void shift(int funct7, int amount, int rs1, int funct3, int rd) {
        requireRange("amount", amount, 0, 31);
        word((funct7 << 25) | (amount << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | 0x13);
    }

    private void store(int offset, int rs2, int rs1, int funct3) {
        requireRange("offset", offset, -2048, 2047);
        word(((offset >> 5) << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | ((offset & 31) << 7) | 0x23);
    }

    /** Returns the bits of a branch or jump offset at their places in the instruction. */
    protected static int offsetBits(int word, int offset) {
        boolean jump = (word & 0x7F) == 0x6F;
        int limit = jump ? 1 << 20 : 1 << 12;
        requireRange("offset", offset, -limit, limit - 1);
        return jump
                ? ((offset >> 20) << 31)
                        | (((offset >> 1) & 0x3FF) << 21)
                        | (((offset >> 11) & 1) << 20)
                        | (((offset >> 12) & 0xFF) << 12)
                : ((offset >> 12) << 31)
                        | (((offset >> 5) & 0x3F) << 25)
                        | (((offset >> 1) & 0xF) << 8)
                        | (((offset >> 11) & 1) << 7);
    }

    /** Returns the value if it lies in the range. */
    protected static int requireRange(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + from + ".." + to);
        }
        return value;
    }
}
