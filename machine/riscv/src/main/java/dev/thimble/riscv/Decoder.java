package dev.thimble.riscv;

/**
 * Decodes 32-bit instruction words of RV32IM (RISC-V unprivileged specification 20240411, chapters 2, 12 and 34).
 * Total: what is not an instruction of this machine decodes to {@link Operation#ILLEGAL}.
 */
public final class Decoder {
    private static final Operation[] REGISTER_OPERATIONS = {
        Operation.ADD, Operation.SLL, Operation.SLT, Operation.SLTU,
        Operation.XOR, Operation.SRL, Operation.OR, Operation.AND
    };
    private static final Operation[] MULTIPLY_OPERATIONS = {
        Operation.MUL, Operation.MULH, Operation.MULHSU, Operation.MULHU,
        Operation.DIV, Operation.DIVU, Operation.REM, Operation.REMU
    };
    private static final Operation[] IMMEDIATE_OPERATIONS = {
        Operation.ADDI, Operation.SLLI, Operation.SLTI, Operation.SLTIU,
        Operation.XORI, Operation.SRLI, Operation.ORI, Operation.ANDI
    };
    private static final Operation[] BRANCH_OPERATIONS = {
        Operation.BEQ, Operation.BNE, Operation.ILLEGAL, Operation.ILLEGAL,
        Operation.BLT, Operation.BGE, Operation.BLTU, Operation.BGEU
    };
    private static final Operation[] LOAD_OPERATIONS = {
        Operation.LB, Operation.LH, Operation.LW, Operation.ILLEGAL,
        Operation.LBU, Operation.LHU, Operation.ILLEGAL, Operation.ILLEGAL
    };
    private static final Operation[] STORE_OPERATIONS = {
        Operation.SB, Operation.SH, Operation.SW, Operation.ILLEGAL,
        Operation.ILLEGAL, Operation.ILLEGAL, Operation.ILLEGAL, Operation.ILLEGAL
    };

    private final WordWidth width;

    /** Makes a decoder for registers of the given width. It decides how wide shift amounts may be. */
    public Decoder(WordWidth width) {
        this.width = width;
    }

    /** Decodes one word. */
    public Instruction decode(int word) {
        return switch (word & 0x7F) {
            case 0x37 -> new Instruction(Operation.LUI, rd(word), 0, 0, word & 0xFFFF_F000, word);
            case 0x17 -> new Instruction(Operation.AUIPC, rd(word), 0, 0, word & 0xFFFF_F000, word);
            case 0x6F -> new Instruction(Operation.JAL, rd(word), 0, 0, jumpOffset(word), word);
            case 0x67 -> immediate(funct3(word) == 0 ? Operation.JALR : Operation.ILLEGAL, word);
            case 0x63 -> sources(BRANCH_OPERATIONS[funct3(word)], branchOffset(word), word);
            case 0x03 -> immediate(LOAD_OPERATIONS[funct3(word)], word);
            case 0x23 -> sources(STORE_OPERATIONS[funct3(word)], storeOffset(word), word);
            case 0x13 -> arithmeticImmediate(word);
            case 0x33 -> register(word);
            case 0x0F -> funct3(word) == 0 ? new Instruction(Operation.FENCE, 0, 0, 0, 0, word) : illegal(word);
            case 0x73 -> system(word);
            default -> illegal(word);
        };
    }

    private Instruction arithmeticImmediate(int word) {
        Operation operation = IMMEDIATE_OPERATIONS[funct3(word)];
        if (operation != Operation.SLLI && operation != Operation.SRLI) {
            return immediate(operation, word);
        }
        int amountBits = width.logBits();
        int amount = (word >>> 20) & (width.bits() - 1);
        int upper = word >>> (20 + amountBits);
        int arithmetic = 1 << (10 - amountBits);
        if (operation == Operation.SRLI && upper == arithmetic) {
            operation = Operation.SRAI;
        } else if (upper != 0) {
            return illegal(word);
        }
        return new Instruction(operation, rd(word), rs1(word), 0, amount, word);
    }

    private static Instruction register(int word) {
        int funct3 = funct3(word);
        Operation operation = switch (word >>> 25) {
            case 0x00 -> REGISTER_OPERATIONS[funct3];
            case 0x01 -> MULTIPLY_OPERATIONS[funct3];
            case 0x20 -> funct3 == 0 ? Operation.SUB : funct3 == 5 ? Operation.SRA : Operation.ILLEGAL;
            default -> Operation.ILLEGAL;
        };
        return operation == Operation.ILLEGAL
                ? illegal(word)
                : new Instruction(operation, rd(word), rs1(word), rs2(word), 0, word);
    }

    private static Instruction immediate(Operation operation, int word) {
        return operation == Operation.ILLEGAL
                ? illegal(word)
                : new Instruction(operation, rd(word), rs1(word), 0, word >> 20, word);
    }

    private static Instruction sources(Operation operation, int offset, int word) {
        return operation == Operation.ILLEGAL
                ? illegal(word)
                : new Instruction(operation, 0, rs1(word), rs2(word), offset, word);
    }

    private static Instruction system(int word) {
        return switch (word) {
            case 0x0000_0073 ->
                new Instruction(
                        Operation.ECALL, Syscall.REGISTER_A1, Syscall.REGISTER_T0, Syscall.REGISTER_A0, 0, word);
            case 0x0010_0073 -> new Instruction(Operation.EBREAK, 0, 0, 0, 0, word);
            default -> illegal(word);
        };
    }

    private static Instruction illegal(int word) {
        return new Instruction(Operation.ILLEGAL, 0, 0, 0, 0, word);
    }

    private static int rd(int word) {
        return (word >>> 7) & 31;
    }

    private static int rs1(int word) {
        return (word >>> 15) & 31;
    }

    private static int rs2(int word) {
        return (word >>> 20) & 31;
    }

    private static int funct3(int word) {
        return (word >>> 12) & 7;
    }

    private static int storeOffset(int word) {
        return ((word >> 25) << 5) | ((word >>> 7) & 31);
    }

    private static int branchOffset(int word) {
        return ((word >> 31) << 12)
                | (((word >>> 7) & 1) << 11)
                | (((word >>> 25) & 0x3F) << 5)
                | (((word >>> 8) & 0xF) << 1);
    }

    private static int jumpOffset(int word) {
        return ((word >> 31) << 20)
                | (((word >>> 12) & 0xFF) << 12)
                | (((word >>> 20) & 1) << 11)
                | (((word >>> 21) & 0x3FF) << 1);
    }
}
