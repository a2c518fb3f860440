package dev.thimble.riscv;

/**
 * The fast loop: registers, pc and one dense switch over predecoded instructions. It keeps no log; it notes the touched
 * registers in a mask and lets {@link Memory} note the touched words. ECALL is left to the caller.
 */
final class Interpreter {
    private static final int ADD = 0;
    private static final int SUB = 1;
    private static final int SLL = 2;
    private static final int SLT = 3;
    private static final int SLTU = 4;
    private static final int XOR = 5;
    private static final int SRL = 6;
    private static final int SRA = 7;
    private static final int OR = 8;
    private static final int AND = 9;
    private static final int MUL = 10;
    private static final int MULH = 11;
    private static final int MULHSU = 12;
    private static final int MULHU = 13;
    private static final int DIV = 14;
    private static final int DIVU = 15;
    private static final int REM = 16;
    private static final int REMU = 17;
    private static final int AUIPC = 18;
    private static final int JAL = 19;
    private static final int JALR = 20;
    private static final int BEQ = 21;
    private static final int BNE = 22;
    private static final int BLT = 23;
    private static final int BGE = 24;
    private static final int BLTU = 25;
    private static final int BGEU = 26;
    private static final int LB = 27;
    private static final int LH = 28;
    private static final int LW = 29;
    private static final int LBU = 30;
    private static final int LHU = 31;
    private static final int SB = 32;
    private static final int SH = 33;
    private static final int SW = 34;
    private static final int ECALL = 35;
    private static final int EBREAK = 36;
    private static final int ILLEGAL = 37;

    /** Results without a target register go here. */
    private static final int NO_REGISTER = 32;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /** x0..x31, then a place for unused results. */
    final int[] registers = new int[NO_REGISTER + 1];

    private final Memory memory;
    private final int textBase;
    private final long[] code;

    /** Address of the next instruction. */
    int pc;
    /** Bit r is set if register r was accessed since it was cleared. */
    long touchedRegisters;
    /** Instructions executed so far. */
    long cycles;

    Interpreter(Program program, Memory memory) {
        this.memory = memory;
        this.textBase = program.textBase();
        Instruction[] instructions = program.decode();
        this.code = new long[instructions.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = pack(instructions[i]);
        }
        this.pc = program.entryPc();
    }

    /**
     * Executes up to {@code limit} instructions and stops before an ECALL.
     *
     * @return the number executed
     * @throws TrapException if the next instruction traps; the state is as before it
     */
    int run(int limit) {
        int[] x = registers;
        long touchedMask = touchedRegisters;
        int at = pc;
        int done = 0;
        try {
            while (done < limit) {
                int index = (at - textBase) >>> 2;
                if (index >= code.length) {
                    throw new TrapException(TrapKind.FETCH_FAULT, at, at);
                }
                long packed = code[index];
                int opcode = (int) (packed >>> 48);
                if (opcode == ECALL) {
                    break;
                }
                int rd = (int) (packed >>> 42) & 63;
                int rs1 = (int) (packed >>> 37) & 31;
                int rs2 = (int) (packed >>> 32) & 31;
                int immediate = (int) packed;
                int a = x[rs1];
                int y = x[rs2];
                int b = y + immediate;
                int next = at + 4;
                int result = 0;
                switch (opcode) {
                    case ADD -> result = a + b;
                    case SUB -> result = a - b;
                    case SLL -> result = a << b;
                    case SLT -> result = a < b ? 1 : 0;
                    case SLTU -> result = Integer.compareUnsigned(a, b) < 0 ? 1 : 0;
                    case XOR -> result = a ^ b;
                    case SRL -> result = a >>> b;
                    case SRA -> result = a >> b;
                    case OR -> result = a | b;
                    case AND -> result = a & b;
                    case MUL -> result = a * b;
                    case MULH -> result = (int) (((long) a * b) >> 32);
                    case MULHSU -> result = (int) ((a * (b & UNSIGNED)) >> 32);
                    case MULHU -> result = (int) (((a & UNSIGNED) * (b & UNSIGNED)) >>> 32);
                    case DIV -> result = b == 0 ? -1 : a / b;
                    case DIVU -> result = b == 0 ? -1 : Integer.divideUnsigned(a, b);
                    case REM -> result = b == 0 ? a : a % b;
                    case REMU -> result = b == 0 ? a : Integer.remainderUnsigned(a, b);
                    case AUIPC -> result = at + immediate;
                    case JAL -> {
                        result = next;
                        next = target(at, at + immediate);
                    }
                    case JALR -> {
                        result = next;
                        next = target(at, (a + immediate) & ~1);
                    }
                    case BEQ -> next = a == y ? target(at, at + immediate) : next;
                    case BNE -> next = a != y ? target(at, at + immediate) : next;
                    case BLT -> next = a < y ? target(at, at + immediate) : next;
                    case BGE -> next = a >= y ? target(at, at + immediate) : next;
                    case BLTU -> next = Integer.compareUnsigned(a, y) < 0 ? target(at, at + immediate) : next;
                    case BGEU -> next = Integer.compareUnsigned(a, y) >= 0 ? target(at, at + immediate) : next;
                    case LB -> result = (byte) loadByte(at, a + immediate);
                    case LH -> result = (short) loadHalf(at, a + immediate);
                    case LW -> result = loadWord(at, a + immediate);
                    case LBU -> result = loadByte(at, a + immediate) & 0xFF;
                    case LHU -> result = loadHalf(at, a + immediate) & 0xFFFF;
                    case SB -> storeByte(at, a + immediate, y);
                    case SH -> storeHalf(at, a + immediate, y);
                    case SW -> storeWord(at, a + immediate, y);
                    case EBREAK -> throw new TrapException(TrapKind.BREAKPOINT, at, 0x0010_0073);
                    default -> throw new TrapException(TrapKind.ILLEGAL_INSTRUCTION, at, immediate);
                }
                x[rd] = result;
                touchedMask |= (1L << rd) | (1L << rs1) | (1L << rs2);
                at = next;
                done++;
            }
        } finally {
            pc = at;
            touchedRegisters = touchedMask;
            cycles += done;
        }
        return done;
    }

    private static int target(int pc, int target) {
        if ((target & 3) != 0) {
            throw new TrapException(TrapKind.FETCH_MISALIGNED, pc, target);
        }
        return target;
    }

    private int loadByte(int at, int address) {
        Access.requireReadable(at, address, 1);
        return memory.load(address >>> 2) >>> (8 * (address & 3));
    }

    private int loadHalf(int at, int address) {
        Access.requireReadable(at, address, 2);
        return memory.load(address >>> 2) >>> (8 * (address & 2));
    }

    private int loadWord(int at, int address) {
        Access.requireReadable(at, address, 4);
        return memory.load(address >>> 2);
    }

    private void storeByte(int at, int address, int value) {
        Access.requireWritable(at, address, 1);
        int shift = 8 * (address & 3);
        int old = memory.load(address >>> 2);
        memory.store(address >>> 2, (old & ~(0xFF << shift)) | ((value & 0xFF) << shift));
    }

    private void storeHalf(int at, int address, int value) {
        Access.requireWritable(at, address, 2);
        int shift = 8 * (address & 2);
        int old = memory.load(address >>> 2);
        memory.store(address >>> 2, (old & ~(0xFFFF << shift)) | ((value & 0xFFFF) << shift));
    }

    private void storeWord(int at, int address, int value) {
        Access.requireWritable(at, address, 4);
        memory.store(address >>> 2, value);
    }

    /** Packs opcode, rd, rs1, rs2 and immediate (for an illegal instruction its word) from the top down. */
    private static long pack(Instruction instruction) {
        int rd = instruction.rd() == 0 ? NO_REGISTER : instruction.rd();
        int low = instruction.operation() == Operation.ILLEGAL ? instruction.word() : instruction.immediate();
        return ((long) opcode(instruction.operation()) << 48)
                | ((long) rd << 42)
                | ((long) instruction.rs1() << 37)
                | ((long) instruction.rs2() << 32)
                | (low & UNSIGNED);
    }

    private static int opcode(Operation operation) {
        return switch (operation) {
            case ADD, ADDI, LUI, FENCE -> ADD;
            case SUB -> SUB;
            case SLL, SLLI -> SLL;
            case SLT, SLTI -> SLT;
            case SLTU, SLTIU -> SLTU;
            case XOR, XORI -> XOR;
            case SRL, SRLI -> SRL;
            case SRA, SRAI -> SRA;
            case OR, ORI -> OR;
            case AND, ANDI -> AND;
            case MUL -> MUL;
            case MULH -> MULH;
            case MULHSU -> MULHSU;
            case MULHU -> MULHU;
            case DIV -> DIV;
            case DIVU -> DIVU;
            case REM -> REM;
            case REMU -> REMU;
            case AUIPC -> AUIPC;
            case JAL -> JAL;
            case JALR -> JALR;
            case BEQ -> BEQ;
            case BNE -> BNE;
            case BLT -> BLT;
            case BGE -> BGE;
            case BLTU -> BLTU;
            case BGEU -> BGEU;
            case LB -> LB;
            case LH -> LH;
            case LW -> LW;
            case LBU -> LBU;
            case LHU -> LHU;
            case SB -> SB;
            case SH -> SH;
            case SW -> SW;
            case ECALL -> ECALL;
            case EBREAK -> EBREAK;
            case ILLEGAL -> ILLEGAL;
        };
    }
}
