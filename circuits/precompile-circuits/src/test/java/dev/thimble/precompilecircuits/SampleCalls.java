package dev.thimble.precompilecircuits;

import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscv.SyscallTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Calls of precompiles with results by the machine's own functions: edges first, then seeded random ones. */
final class SampleCalls {
    static final BigInteger P = Secp256k1Rows.P;
    static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private final SplittableRandom random;
    private final List<PrecompileCall> calls = new ArrayList<>();

    SampleCalls(long seed) {
        System.out.println("SampleCalls seed " + seed);
        this.random = new SplittableRandom(seed);
    }

    List<PrecompileCall> calls() {
        return calls;
    }

    /** A call as the machine makes it, in the next segment and row. */
    static PrecompileCall call(int number, int segment, int clock, int[] before) {
        int[] after = before.clone();
        Syscall syscall = SyscallTable.standard().find(number).orElseThrow();
        if (!syscall.precompile().apply(before, after)) {
            throw new AssertionError("operands are outside the domain of " + syscall.name());
        }
        return new PrecompileCall(number, segment, clock, before, after);
    }

    void add(int number, int[] before) {
        calls.add(call(number, calls.size() / 3, 1000 + 60 * calls.size(), before));
    }

    static int[] words(BigInteger... numbers) {
        int[] words = new int[8 * numbers.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = numbers[i / 8].shiftRight(32 * (i % 8)).intValue();
        }
        return words;
    }

    BigInteger number() {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < 8; i++) {
            number = number.shiftLeft(32).or(BigInteger.valueOf(random.nextInt() & 0xFFFF_FFFFL));
        }
        return number;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    SampleCalls uint256(int count) {
        BigInteger[] edges = {BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, P, MAX, MAX.subtract(BigInteger.ONE)};
        for (BigInteger x : edges) {
            for (BigInteger y : edges) {
                for (BigInteger m : edges) {
                    if (m.signum() != 0 && calls.size() < count / 2) {
                        add(Syscall.UINT256_MUL, words(y, m, x));
                    }
                }
            }
        }
        add(Syscall.UINT256_MUL, words(MAX, BigInteger.ONE, MAX));
        add(Syscall.UINT256_MUL, words(MAX, MAX, MAX));
        while (calls.size() < count) {
            BigInteger m = number().shiftRight(random.nextInt(256)).max(BigInteger.ONE);
            add(Syscall.UINT256_MUL, words(number(), m, number()));
        }
        return this;
    }

    SampleCalls secp256k1(int count) {
        BigInteger[] edges = {
            BigInteger.ZERO,
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            P.subtract(big(0x1_0000_0000L)),
            P.subtract(big(0x1_0000_0001L)),
            P.subtract(big(0xFFFF_FC2FL)),
            P.shiftRight(1),
            new BigInteger("7F".repeat(32), 16),
            new BigInteger("80".repeat(32), 16),
            P.subtract(BigInteger.ONE.shiftLeft(248)),
            BigInteger.ONE.shiftLeft(255)
        };
        for (int i = 0; i < edges.length; i++) {
            BigInteger next = edges[(i + 1) % edges.length];
            add(Syscall.SECP256K1_ADD, words(edges[i], next, next, edges[i]));
            if (next.signum() != 0) {
                add(Syscall.SECP256K1_DOUBLE, words(edges[i], next));
            }
        }
        while (calls.size() < count) {
            BigInteger[] point = {number().mod(P), number().mod(P), number().mod(P), number().mod(P)};
            add(Syscall.SECP256K1_ADD, words(point));
            add(Syscall.SECP256K1_DOUBLE, words(point[0], point[1]));
        }
        return this;
    }

    SampleCalls keccak(int count) {
        add(Syscall.KECCAK_PERMUTE, new int[50]);
        int[] ones = new int[50];
        java.util.Arrays.fill(ones, -1);
        add(Syscall.KECCAK_PERMUTE, ones);
        while (calls.size() < count) {
            int[] state = new int[50];
            for (int i = 0; i < 50; i++) {
                state[i] = random.nextInt();
            }
            add(Syscall.KECCAK_PERMUTE, state);
        }
        return this;
    }
}
