package dev.thimble.cli.block;

import dev.thimble.chain.Address;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random bytecode that mostly runs: it keeps some values on the stack, works on small memory offsets and few slots, and
 * calls known accounts and precompiled contracts (not point evaluation).
 *
 * <p>Anvil 1.7.1 computes another state root than Ethereum's rules once it has looked at a slot that is zero or at an account
 * that does not exist: it keeps both in the tries. So a contract fills its slots when it is created, and no zero is stored afterwards; the published tests
 * cover deletions. For the same reason nothing destroys itself while it is created.
 */
final class RandomContract {
    private static final int[] BINARY = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a,
        0x1b, 0x1c, 0x1d
    };
    private static final int[] NULLARY = {
        0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4a, 0x58,
        0x59, 0x5a
    };
    private static final int STEPS = 60;
    private static final int SLOTS = 6;
    /** Memory from here on stays zero. */
    private static final int UNUSED_MEMORY = 2000;

    private final SplittableRandom random;
    private final List<Address> known;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final boolean creating;
    private int depth;

    private RandomContract(SplittableRandom random, List<Address> known, boolean creating) {
        this.random = random;
        this.known = known;
        this.creating = creating;
    }

    /** Runtime code. */
    static byte[] runtime(SplittableRandom random, List<Address> known) {
        return new RandomContract(random, known, false).make(random.nextInt(5, STEPS));
    }

    /** Code that creates a contract with random runtime code, after running something itself. */
    static byte[] creation(SplittableRandom random, List<Address> known) {
        var prologue = new RandomContract(random, known, true).fillSlots().steps(random.nextInt(8));
        byte[] runtime = runtime(random, known);
        var out = new ByteArrayOutputStream();
        out.writeBytes(prologue);
        // codecopy(0, end of this code, length), return(0, length)
        int start = prologue.length + 15;
        out.writeBytes(new byte[] {0x61, (byte) (runtime.length >> 8), (byte) runtime.length, (byte) 0x80});
        out.writeBytes(new byte[] {0x61, (byte) (start >> 8), (byte) start, 0x60, 0, 0x39, 0x60, 0, (byte) 0xf3, 0, 0});
        out.writeBytes(runtime);
        return out.toByteArray();
    }

    private RandomContract fillSlots() {
        for (int slot = 0; slot < SLOTS; slot++) {
            code.writeBytes(new byte[] {0x60, (byte) (slot + 1), 0x60, (byte) slot, 0x55});
        }
        return this;
    }

    private byte[] make(int count) {
        steps(count);
        int end = random.nextInt(10);
        if (end < 6) {
            push(32L * random.nextInt(4));
            push(32L * random.nextInt(3));
            op(end < 5 ? 0xf3 : 0xfd);
        } else if (end == 6) {
            code.writeBytes(address());
            op(0xff);
        }
        return code.toByteArray();
    }

    private byte[] steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
        return code.toByteArray();
    }

    private void step() {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> pushRandom();
            case 4, 5, 6, 7 -> binary();
            case 8 -> unary();
            case 9, 10 -> nullary();
            case 11, 12 -> storage();
            case 13 -> load(0x54);
            case 14 -> memory();
            case 15 -> transientStorage();
            case 16 -> log();
            case 17 -> account();
            case 18, 19 -> call();
            case 20 -> maybeCreate();
            case 21 -> modular();
            case 22 -> jump();
            default -> copy();
        }
    }

    private void op(int opcode) {
        code.write(opcode);
    }

    private void push(long value) {
        code.writeBytes(new byte[] {0x61, (byte) (value >> 8), (byte) value});
        depth++;
    }

    private void pushRandom() {
        int length = random.nextInt(4) == 0 ? 32 : random.nextInt(1, 5);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (random.nextInt(5) == 0) {
            Arrays.fill(bytes, (byte) 0xff);
        }
        op(0x5f + length);
        code.writeBytes(bytes);
        depth++;
    }

    private void need(int count) {
        while (depth < count) {
            pushRandom();
        }
    }

    private void pop(int count) {
        depth -= count;
    }

    private void binary() {
        need(2);
        op(BINARY[random.nextInt(BINARY.length)]);
        pop(1);
    }

    private void unary() {
        need(1);
        op(random.nextBoolean() ? 0x15 : 0x19);
    }

    private void nullary() {
        op(NULLARY[random.nextInt(NULLARY.length)]);
        depth++;
    }

    private void modular() {
        need(3);
        op(random.nextBoolean() ? 0x08 : 0x09);
        pop(2);
    }

    private void storage() {
        need(1);
        push(1);
        op(0x17);
        pop(1);
        store(0x55);
    }

    private void store(int opcode) {
        need(1);
        push(random.nextInt(SLOTS));
        op(opcode);
        pop(2);
    }

    private void load(int opcode) {
        push(random.nextInt(SLOTS));
        op(opcode);
    }

    private void transientStorage() {
        if (random.nextBoolean()) {
            store(0x5d);
        } else {
            load(0x5c);
        }
    }

    private void memory() {
        need(1);
        push(random.nextInt(200));
        if (random.nextBoolean()) {
            op(random.nextBoolean() ? 0x52 : 0x53);
            pop(2);
        } else {
            op(0x51);
        }
    }

    private void copy() {
        push(random.nextInt(100));
        push(random.nextInt(64));
        push(random.nextInt(128));
        int[] copies = {0x37, 0x39, 0x5e};
        op(copies[random.nextInt(copies.length)]);
        pop(3);
        push(random.nextInt(100));
        push(random.nextInt(64));
        op(0x20);
        pop(1);
    }

    private void log() {
        int topics = random.nextInt(5);
        need(topics);
        push(random.nextInt(64));
        push(random.nextInt(64));
        op(0xa0 + topics);
        pop(2 + topics);
    }

    private byte[] address() {
        int kind = random.nextInt(4);
        if (kind == 0) {
            int precompiled = random.nextInt(1, 10);
            return new byte[] {0x60, (byte) precompiled};
        }
        byte[] bytes = new byte[21];
        bytes[0] = 0x73;
        byte[] target = new byte[20];
        if (kind == 1) {
            target[0] = 0x77;
            target[19] = (byte) random.nextInt(4);
        } else {
            target = known.get(random.nextInt(known.size())).bytes();
        }
        System.arraycopy(target, 0, bytes, 1, 20);
        return bytes;
    }

    private void account() {
        code.writeBytes(address());
        depth++;
        int[] questions = {0x31, 0x3b, 0x3f};
        op(questions[random.nextInt(questions.length)]);
    }

    private void call() {
        // 0 CALL, 1 STATICCALL, 2 CALLCODE, 3 DELEGATECALL
        int kind = random.nextInt(creating ? 2 : 4);
        int[] calls = {0xf1, 0xfa, 0xf2, 0xf4};
        boolean withValue = kind % 2 == 0;
        push(32L * random.nextInt(3));
        push(random.nextInt(64));
        push(32L * random.nextInt(5));
        push(random.nextInt(32));
        if (withValue) {
            push(random.nextInt(4) == 0 ? random.nextInt(1, 50) : 0);
        }
        code.writeBytes(address());
        depth++;
        push(random.nextInt(60_000));
        op(calls[kind]);
        pop(withValue ? 6 : 5);
    }

    /** Only where nothing reverts, since anvil keeps every account that it has looked at. */
    private void maybeCreate() {
        if (creating) {
            create();
        } else {
            modular();
        }
    }

    private void create() {
        boolean salted = random.nextBoolean();
        if (salted) {
            push(random.nextInt(3));
        }
        push(random.nextInt(48));
        push(UNUSED_MEMORY);
        push(random.nextInt(5) == 0 ? 1 : 0);
        op(salted ? 0xf5 : 0xf0);
        pop(salted ? 3 : 2);
    }

    /** A jump over a byte, taken or not. */
    private void jump() {
        need(1);
        int target = code.size() + 5;
        push(target);
        op(0x57);
        op(0x5b);
        op(0x5b);
        pop(2);
    }
}
