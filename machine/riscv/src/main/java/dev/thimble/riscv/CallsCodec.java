package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Canonical bytes of a {@link CallsInput}, little-endian 32-bit words: magic, version, instance, number of calls; then per
 * call the system call's number, segment, clock and the words before the call, in transfer order. The words after it are
 * computed by the precompile. Calls ascend strictly by (segment, clock).
 */
public final class CallsCodec {
    private static final int MAGIC = 0x4C4C_4143;
    private static final int VERSION = 1;
    private static final int HEADER_WORDS = 4;
    private static final int CALL_WORDS = 3;

    private CallsCodec() {}

    /** Returns the bytes of a calls input. */
    public static byte[] encode(CallsInput input) {
        int words = HEADER_WORDS;
        for (PrecompileCall call : input.calls()) {
            words += CALL_WORDS + call.before().length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * words).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(input.instance());
        bytes.putInt(input.calls().size());
        for (PrecompileCall call : input.calls()) {
            bytes.putInt(call.number()).putInt(call.segment()).putInt(call.clock());
            for (int word : call.before()) {
                bytes.putInt(word);
            }
        }
        return bytes.array();
    }

    /**
     * Reads a calls input.
     *
     * @throws MalformedSegmentException if the bytes are not exactly one canonical encoding, or a call's operands are outside
     *     its domain
     */
    public static CallsInput decode(byte[] bytes) throws MalformedSegmentException {
        require(bytes.length >= 4 * HEADER_WORDS && bytes.length % 4 == 0, "wrong length " + bytes.length);
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        require(words[0] == MAGIC, "no calls input");
        require(words[1] == VERSION, "unknown version " + words[1]);
        require(words[2] >= 0 && words[2] < 1 << 16, "instance " + words[2] + " out of range");
        int count = words[3];
        require(count >= 0, "negative number of calls");
        List<PrecompileCall> calls = new ArrayList<>();
        int at = HEADER_WORDS;
        long previous = -1;
        for (int i = 0; i < count; i++) {
            require(words.length - at >= CALL_WORDS, "call " + i + " is cut off");
            PrecompileCall call = call(words, at);
            long order = ((long) call.segment() << 32) | call.clock();
            require(order > previous, "call " + i + " is out of order");
            previous = order;
            calls.add(call);
            at += CALL_WORDS + call.before().length;
        }
        require(at == words.length, "bytes follow the last call");
        return new CallsInput(words[2], calls);
    }

    private static PrecompileCall call(int[] words, int at) throws MalformedSegmentException {
        int number = words[at];
        int segment = words[at + 1];
        int clock = words[at + 2];
        Optional<Syscall> found = SyscallTable.standard().find(number).filter(Syscall::isPrecompile);
        require(found.isPresent(), "system call " + number + " is no precompile");
        require(segment >= 0 && segment < 1 << 24, "segment " + segment + " out of range");
        require(clock >= 0 && clock < 1 << 24, "clock " + clock + " out of range");
        int from = at + CALL_WORDS;
        int to = from + found.get().transfers().size();
        require(to <= words.length, "a call is cut off");
        int[] before = Arrays.copyOfRange(words, from, to);
        int[] after = before.clone();
        require(found.get().precompile().apply(before, after), "operands of a call are outside its domain");
        return new PrecompileCall(number, segment, clock, before, after);
    }

    private static void require(boolean condition, String message) throws MalformedSegmentException {
        if (!condition) {
            throw new MalformedSegmentException("calls input: " + message);
        }
    }
}
