package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed guest programs on the machine, against independent implementations. */
class GuestTest {
    private static final Path GUEST = Path.of("../../guest");
    private static final int MALFORMED = 1;
    private static final int NOT_A_CHAIN = 2;
    private static final int EMPTY = 3;

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(GUEST.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome.Halted run(String name, byte[] input) {
        try {
            Program program = ElfImage.load(file("bin/" + name + ".elf"));
            Execution execution =
                    ProgramRun.of(program, input, ExecutionOptions.defaults()).execution();
            assertThat(execution.outcome()).isInstanceOf(Outcome.Halted.class);
            return (Outcome.Halted) execution.outcome();
        } catch (ElfException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] output(Outcome.Halted halted) {
        assertThat(halted.exitCode()).isZero();
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        halted.output().forEach(bytes::putInt);
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 93, 94, 1000})
    void fibonacci(int n) {
        byte[] input =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array();
        BigInteger current = BigInteger.ZERO;
        BigInteger next = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            BigInteger sum = current.add(next);
            current = next;
            next = sum;
        }
        ByteBuffer output = ByteBuffer.wrap(output(run("fibonacci", input))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(output.getInt()).isEqualTo(n);
        assertThat(output.getLong()).isEqualTo(current.longValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000})
    void sha256(int length) throws NoSuchAlgorithmException {
        byte[] input = new byte[length];
        new SplittableRandom(length).nextBytes(input);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);
        assertThat(output(run("sha256", input))).isEqualTo(digest);
    }

    @Test
    void memoryFunctions() {
        assertThat(run("memory-test", new byte[0]).exitCode()).isZero();
    }

    private static byte[] keccak(byte[]... parts) {
        Keccak.Digest256 digest = new Keccak.Digest256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** Cuts the concatenated headers; each is a list with a two-byte length. */
    private static List<byte[]> headers() {
        byte[] all = file("inputs/headers.bin");
        List<byte[]> headers = new java.util.ArrayList<>();
        for (int at = 0; at < all.length; ) {
            assertThat(all[at] & 0xFF).isEqualTo(0xF9);
            int length = 3 + ((all[at + 1] & 0xFF) << 8 | (all[at + 2] & 0xFF));
            headers.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return headers;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteBuffer joined =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    @Test
    void inputHeadersHaveTheHashesOfTheNode() throws IOException {
        List<String> reported = Files.readAllLines(GUEST.resolve("inputs/headers.txt"));
        List<String> computed = headers().stream()
                .map(header -> "0x" + HexFormat.of().formatHex(keccak(header)))
                .toList();
        assertThat(computed).isEqualTo(reported).hasSizeGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12})
    void headerChainGivesFirstLastAndCount(int count) {
        List<byte[]> headers = headers().subList(0, count);
        byte[] countWord = new byte[32];
        countWord[31] = (byte) count;
        byte[] expected = keccak(keccak(headers.getFirst()), keccak(headers.getLast()), countWord);
        assertThat(output(run("header-chain", join(headers)))).isEqualTo(expected);
    }

    private static void assertExit(int code, byte[] input) {
        assertThat(run("header-chain", input)).isEqualTo(new Outcome.Halted(code, List.of()));
    }

    @Test
    void headerChainRefusesWhatIsNoChain() {
        List<byte[]> headers = headers();
        assertExit(EMPTY, new byte[0]);
        assertExit(NOT_A_CHAIN, join(List.of(headers.get(0), headers.get(2))));
        assertExit(NOT_A_CHAIN, join(List.of(headers.get(1), headers.get(0))));
        assertExit(NOT_A_CHAIN, join(List.of(headers.get(0), headers.get(0))));
        byte[] changed = headers.get(0).clone();
        changed[100] ^= 1;
        assertExit(NOT_A_CHAIN, join(List.of(changed, headers.get(1))));
    }

    @Test
    void headerChainRefusesLooseRlp() {
        byte[] header = headers().getFirst();
        assertExit(MALFORMED, Arrays.copyOf(header, header.length - 1));
        assertExit(MALFORMED, Arrays.copyOf(header, header.length + 1));
        assertExit(MALFORMED, new byte[] {(byte) 0xC0});
        assertExit(MALFORMED, new byte[] {0x01});
        assertExit(MALFORMED, new byte[] {(byte) 0x80});
        assertExit(MALFORMED, new byte[] {(byte) 0xF8});
        assertExit(MALFORMED, new byte[] {(byte) 0xFF, 1, 1, 1, 1, 1, 1, 1, 1});
        int[] fields = fields(header);
        assertThat(fields).hasSize(20);
        assertExit(MALFORMED, replace(header, fields[8], 1, 0x00));
        assertExit(MALFORMED, replace(header, fields[8], 1, 0x81, 0x01));
        assertExit(MALFORMED, replace(header, fields[8], 1, 0x82, 0x00, 0x01));
        assertExit(MALFORMED, replace(header, fields[8], 1, 0x89, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertExit(MALFORMED, replace(header, fields[8], 1, 0xC0));
        assertExit(MALFORMED, replace(header, fields[12], 0, 0x80));
        assertExit(MALFORMED, replace(header, fields[2], 21, 0x80));
        assertExit(MALFORMED, replace(header, fields[19], 33));
        assertThat(run("header-chain", replace(header, fields[8], 1, 0x02)).exitCode())
                .as("another number is a header too")
                .isZero();
    }

    @Test
    void headerChainRefusesLongLengthsInOtherForms() {
        byte[] header = headers().getFirst();
        byte[] padded = new byte[header.length + 1];
        padded[0] = (byte) 0xFA;
        System.arraycopy(header, 1, padded, 2, header.length - 1);
        assertExit(MALFORMED, padded);
        int bloom = fields(header)[6];
        assertThat(header[bloom] & 0xFF).isEqualTo(0xB9);
        assertExit(MALFORMED, replace(header, bloom, 3, 0xBA, 0x00, 0x01, 0x00));
        assertExit(MALFORMED, replace(header, fields(header)[0], 1, 0xB8, 0x20));
    }

    /** Returns where each field of a header starts. */
    private static int[] fields(byte[] header) {
        int[] starts = new int[20];
        int at = 3;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            int first = header[at] & 0xFF;
            if (first < 0x80) {
                at += 1;
            } else if (first < 0xB8) {
                at += 1 + first - 0x80;
            } else {
                at += 3 + ((header[at + 1] & 0xFF) << 8 | (header[at + 2] & 0xFF));
            }
        }
        assertThat(at).isEqualTo(header.length);
        return starts;
    }

    /** Replaces some bytes and corrects the length of the list. */
    private static byte[] replace(byte[] header, int at, int removed, int... inserted) {
        byte[] changed = new byte[header.length - removed + inserted.length];
        System.arraycopy(header, 0, changed, 0, at);
        for (int i = 0; i < inserted.length; i++) {
            changed[at + i] = (byte) inserted[i];
        }
        int rest = header.length - at - removed;
        System.arraycopy(header, at + removed, changed, at + inserted.length, rest);
        changed[1] = (byte) ((changed.length - 3) >>> 8);
        changed[2] = (byte) (changed.length - 3);
        return changed;
    }
}
