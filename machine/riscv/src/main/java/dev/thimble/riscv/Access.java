package dev.thimble.riscv;

/** The checks of every load and store: alignment first, then the region. */
final class Access {
    private Access() {}

    static void requireReadable(int pc, int address, int bytes) {
        if ((address & (bytes - 1)) != 0) {
            throw new TrapException(TrapKind.LOAD_MISALIGNED, pc, address);
        }
        if (!MemoryMap.isReadable(address)) {
            throw new TrapException(TrapKind.LOAD_FAULT, pc, address);
        }
    }

    static void requireWritable(int pc, int address, int bytes) {
        if ((address & (bytes - 1)) != 0) {
            throw new TrapException(TrapKind.STORE_MISALIGNED, pc, address);
        }
        if (!MemoryMap.isWritable(address)) {
            throw new TrapException(TrapKind.STORE_FAULT, pc, address);
        }
    }

    /**
     * Returns the word address of every transfer of a call, all checked.
     *
     * @throws TrapException if one of them is misaligned or may not be accessed so
     */
    static int[] transferAddresses(Syscall call, int pc, int a0, int a1) {
        int[] addresses = new int[call.transfers().size()];
        for (int i = 0; i < addresses.length; i++) {
            Transfer transfer = call.transfers().get(i);
            int pointer = transfer.pointerRegister() == Syscall.REGISTER_A0 ? a0 : a1;
            int address = pointer + 4 * transfer.wordOffset();
            if (transfer.direction() == Transfer.Direction.READ) {
                requireReadable(pc, address, 4);
            } else {
                requireWritable(pc, address, 4);
            }
            addresses[i] = address >>> 2;
        }
        return addresses;
    }
}
