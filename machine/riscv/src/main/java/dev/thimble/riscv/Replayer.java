package dev.thimble.riscv;

/**
 * Executes one segment row by row and writes the log. It shares no code with the fast loop of {@link Interpreter}: the two
 * check each other.
 */
final class Replayer {
    private static final WordWidth WIDTH = WordWidth.RV32;

    private final Program program;
    private final SyscallTable syscalls;
    private final FaultHook hook;
    private final Decoder decoder = new Decoder(WIDTH);
    private final SegmentLog log;
    private final int[] hints;
    private int hintsUsed;
    private int pc;
    private int row;

    final Memory memory = new Memory();
    final int[] registers = new int[SegmentLimits.REGISTERS];
    int accessedRegisters;

    Replayer(Program program, SyscallTable syscalls, SegmentInput input, FaultHook hook) {
        this.program = program;
        this.syscalls = syscalls;
        this.hook = hook;
        this.log = new SegmentLog(input.rows());
        this.hints = input.hints();
        this.pc = input.entryPc();
        BoundaryRecords boundary = input.boundary();
        memory.begin(input.segment() + 1);
        for (int i = 0; i < boundary.size(); i++) {
            if (boundary.space(i) == MemoryMap.SPACE_REGISTER) {
                registers[boundary.address(i)] = boundary.valueIn(i);
            } else {
                memory.preset(boundary.address(i), boundary.valueIn(i), input.segment() + 1);
            }
        }
    }

    /**
     * Executes all rows.
     *
     * @throws TrapException if an instruction traps
     * @throws InvalidSegmentException if the rows do not end with the segment
     */
    SegmentLog run() {
        boolean halted = false;
        while (row < log.rows()) {
            if (halted) {
                throw new InvalidSegmentException("HALT in row " + (row - 1) + " is not the last of " + log.rows());
            }
            halted = step();
        }
        if (hintsUsed != hints.length) {
            throw new InvalidSegmentException(hints.length + " hint words given, " + hintsUsed + " used");
        }
        log.end(pc, halted);
        return log;
    }

    private boolean step() {
        int at = row;
        hook.change(at, Fault.Kind.REGISTER_BEFORE, registers, Fault.Kind.MEMORY_BEFORE, memory);
        pc = hook.pass(Fault.Kind.PC_BEFORE, at, pc);
        Instruction instruction = fetch();
        log.pc[at] = pc;
        log.transferIndex[at] = -1;
        log.instructionWord[at] = instruction.word();
        log.instructionIndex[at] = (pc - program.textBase()) >>> 2;
        log.rs1Value[at] = registers[instruction.rs1()];
        log.rs2Value[at] = registers[instruction.rs2()];
        log.rd[at] = instruction.rd();
        log.rdOldValue[at] = registers[instruction.rd()];
        accessedRegisters |= 1 << instruction.rs1() | 1 << instruction.rs2();
        accessedRegisters |= instruction.rd() == 0 ? 0 : 1 << instruction.rd();
        row++;
        boolean halted = false;
        if (instruction.operation() == Operation.ECALL) {
            halted = call(at);
        } else {
            execute(instruction, at);
        }
        log.rdNewValue[at] = registers[instruction.rd()];
        hook.change(at, Fault.Kind.REGISTER_AFTER, registers, Fault.Kind.MEMORY_AFTER, memory);
        return halted;
    }

    private Instruction fetch() {
        int index = (pc - program.textBase()) >>> 2;
        if ((pc & 3) != 0) {
            throw new TrapException(TrapKind.FETCH_MISALIGNED, pc, pc);
        }
        if (index >= program.textLength()) {
            throw new TrapException(TrapKind.FETCH_FAULT, pc, pc);
        }
        return decoder.decode(hook.pass(Fault.Kind.INSTRUCTION_WORD, row, program.textWord(index)));
    }

    private void execute(Instruction instruction, int at) {
        long a = registers[instruction.rs1()];
        long b = registers[instruction.rs2()];
        int immediate = instruction.immediate();
        int next = pc + 4;
        int result = 0;
        switch (instruction.operation()) {
            case LUI -> result = immediate;
            case AUIPC -> result = pc + immediate;
            case FENCE -> {}
            case JAL, JALR -> {
                result = next;
                next = instruction.operation() == Operation.JAL ? pc + immediate : ((int) a + immediate) & ~1;
            }
            case EBREAK -> throw new TrapException(TrapKind.BREAKPOINT, pc, instruction.word());
            case ILLEGAL -> throw new TrapException(TrapKind.ILLEGAL_INSTRUCTION, pc, instruction.word());
            default -> {
                switch (instruction.operation().format()) {
                    case LOAD -> result = load(instruction, (int) a + immediate, at);
                    case STORE -> store(instruction, (int) a + immediate, (int) b, at);
                    case BRANCH ->
                        next = hook.pass(at, Alu.taken(instruction.operation(), a, b)) ? pc + immediate : next;
                    default -> result = (int) Alu.compute(WIDTH, instruction.operation(), a, b + immediate);
                }
            }
        }
        if ((next & 3) != 0) {
            throw new TrapException(TrapKind.FETCH_MISALIGNED, pc, next);
        }
        if (instruction.rd() != 0) {
            Fault.Kind kind =
                    instruction.operation().format() == Format.LOAD ? Fault.Kind.LOAD_VALUE : Fault.Kind.RESULT;
            registers[instruction.rd()] = hook.pass(kind, at, result);
        }
        advance(at, next);
    }

    private int load(Instruction instruction, int address, int at) {
        Operation operation = instruction.operation();
        Access.requireReadable(pc, address, bytes(operation));
        int word = memory.load(address >>> 2);
        logMemory(at, address >>> 2, word, word);
        int shifted = word >>> (8 * (address & 3));
        return switch (operation) {
            case LB -> (byte) shifted;
            case LBU -> shifted & 0xFF;
            case LH -> (short) shifted;
            case LHU -> shifted & 0xFFFF;
            default -> word;
        };
    }

    private void store(Instruction instruction, int address, int value, int at) {
        int bytes = bytes(instruction.operation());
        Access.requireWritable(pc, address, bytes);
        int shift = 8 * (address & 3);
        int mask = bytes == 4 ? -1 : ((1 << (8 * bytes)) - 1) << shift;
        int old = memory.load(address >>> 2);
        int word = hook.pass(Fault.Kind.STORE_VALUE, at, (old & ~mask) | ((value << shift) & mask));
        memory.store(address >>> 2, word);
        logMemory(at, address >>> 2, old, word);
    }

    private static int bytes(Operation operation) {
        return switch (operation) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            default -> 4;
        };
    }

    private void advance(int at, int next) {
        pc = hook.pass(Fault.Kind.PC_AFTER, at, next);
        log.nextPc[at] = pc;
    }

    private void logMemory(int at, int wordAddress, int old, int word) {
        log.memoryAddress[at] = wordAddress;
        log.memoryOldValue[at] = old;
        log.memoryNewValue[at] = word;
    }

    private boolean call(int at) {
        int number = log.rs1Value[at];
        int a0 = log.rs2Value[at];
        int a1 = registers[Syscall.REGISTER_A1];
        Syscall call = syscalls.find(number).orElseThrow(() -> new TrapException(TrapKind.UNKNOWN_SYSCALL, pc, number));
        if (number == Syscall.COMMIT && (a0 < 0 || a0 > 7)) {
            throw new TrapException(TrapKind.OUTPUT_INDEX, pc, a0);
        }
        if (row + call.transfers().size() > log.rows()) {
            throw new InvalidSegmentException("the segment ends inside a system call");
        }
        int[] addresses = Access.transferAddresses(call, pc, a0, a1);
        log.syscall[at] = number;
        advance(at, pc + 4);
        transfer(call, addresses, a0);
        return number == Syscall.HALT;
    }

    private void transfer(Syscall call, int[] addresses, int a0) {
        int[] oldWords = new int[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            oldWords[i] = memory.load(addresses[i]);
        }
        int[] newWords = oldWords.clone();
        if (!call.precompile().apply(oldWords, newWords)) {
            throw new TrapException(TrapKind.PRECOMPILE_OPERAND, pc, a0);
        }
        for (int i = 0; i < addresses.length; i++) {
            int word = switch (call.transfers().get(i).direction()) {
                case READ -> oldWords[i];
                case WRITE -> newWords[i];
                case HINT -> nextHint();
            };
            word = hook.pass(Fault.Kind.STORE_VALUE, row, word);
            memory.store(addresses[i], word);
            logMemory(row, addresses[i], oldWords[i], word);
            log.pc[row] = pc;
            log.instructionIndex[row] = -1;
            log.syscall[row] = call.number();
            log.transferIndex[row] = i;
            advance(row, pc);
            row++;
        }
    }

    private int nextHint() {
        if (hintsUsed == hints.length) {
            throw new InvalidSegmentException("the segment uses more than its " + hints.length + " hint words");
        }
        return hints[hintsUsed++];
    }
}
