package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a calls input: one encoding, and everything else refused. */
class CallsCodecTest {
    private static PrecompileCall call(int number, int segment, int clock) {
        Syscall syscall = SyscallTable.standard().find(number).orElseThrow();
        int[] before = new int[syscall.transfers().size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = 1 + i / 8;
        }
        int[] after = before.clone();
        assertThat(syscall.precompile().apply(before, after)).isTrue();
        return new PrecompileCall(number, segment, clock, before, after);
    }

    private static CallsInput input() {
        return new CallsInput(
                3,
                List.of(
                        call(Syscall.KECCAK_PERMUTE, 0, 9),
                        call(Syscall.SECP256K1_ADD, 1, 2),
                        call(Syscall.UINT256_MUL, 1, 40)));
    }

    private static byte[] changed(int word, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(CallsCodec.encode(input())).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * word, value);
        return bytes.array();
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> CallsCodec.decode(bytes)).isInstanceOf(MalformedSegmentException.class);
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedSegmentException {
        byte[] bytes = CallsCodec.encode(input());
        CallsInput decoded = CallsCodec.decode(bytes);
        assertThat(CallsCodec.encode(decoded)).isEqualTo(bytes);
        assertThat(decoded.instance()).isEqualTo(3);
        assertThat(decoded.calls()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(decoded.calls().get(i).sameAs(input().calls().get(i))).isTrue();
        }
    }

    @Test
    void otherBytesAreRefused() {
        byte[] bytes = CallsCodec.encode(input());
        for (int length = 0; length < bytes.length; length += 3) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 4));
        int second = 4 + 3 + 50;
        int[][] changes = {
            {0, 1},
            {1, 2},
            {2, -1},
            {2, 1 << 16},
            {3, -1},
            {3, 4},
            {3, Integer.MAX_VALUE},
            {4, Syscall.HINT},
            {4, 12345},
            {5, -1},
            {6, -1},
            {5, 2},
            {second + 2, 1 << 24}
        };
        for (int[] change : changes) {
            assertThatThrownBy(() -> CallsCodec.decode(changed(change[0], change[1])))
                    .as("word %d = %d", change[0], change[1])
                    .isInstanceOf(MalformedSegmentException.class);
        }
    }

    /** The x of the two points become equal; the modulus becomes 0. */
    @Test
    void operandsOutsideTheDomainAreRefused() {
        PrecompileCall sum = call(Syscall.SECP256K1_ADD, 0, 0);
        System.arraycopy(sum.before(), 0, sum.before(), 16, 8);
        assertRefused(CallsCodec.encode(new CallsInput(0, List.of(sum))));
        PrecompileCall product = call(Syscall.UINT256_MUL, 0, 0);
        Arrays.fill(product.before(), 8, 16, 0);
        assertRefused(CallsCodec.encode(new CallsInput(0, List.of(product))));
    }
}
