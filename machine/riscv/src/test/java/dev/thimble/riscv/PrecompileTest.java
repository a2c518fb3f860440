package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The precompiles: published vectors, random operands against plain formulas on big integers, refused operands. */
class PrecompileTest {
    private static final BigInteger P =
            BigInteger.TWO.pow(256).subtract(BigInteger.TWO.pow(32)).subtract(BigInteger.valueOf(977));
    private static final SplittableRandom RANDOM = seeded();

    /** keccak-f[1600] of the zero state, twice; source: KeccakF-1600-IntermediateValues.txt of the Keccak team. */
    private static final long[] ZERO_PERMUTED = {
        0xF1258F7940E1DDE7L, 0x84D5CCF933C0478AL, 0xD598261EA65AA9EEL, 0xBD1547306F80494DL, 0x8B284E056253D057L,
        0xFF97A42D7F8E6FD4L, 0x90FEE5A0A44647C4L, 0x8C5BDA0CD6192E76L, 0xAD30A6F71B19059CL, 0x30935AB7D08FFC64L,
        0xEB5AA93F2317D635L, 0xA9A6E6260D712103L, 0x81A57C16DBCF555FL, 0x43B831CD0347C826L, 0x01F22F1A11A5569FL,
        0x05E5635A21D9AE61L, 0x64BEFEF28CC970F2L, 0x613670957BC46611L, 0xB87C5A554FD00ECBL, 0x8C3EE88A1CCF32C8L,
        0x940C7922AE3A2614L, 0x1841F924A2C509E4L, 0x16F53526E70465C2L, 0x75F644E97F30A13BL, 0xEAF1FF7B5CECA249L
    };

    private static final long[] ZERO_PERMUTED_TWICE = {
        0x2D5C954DF96ECB3CL, 0x6A332CD07057B56DL, 0x093D8D1270D76B6CL, 0x8A20D9B25569D094L, 0x4F9C4F99E5E7F156L,
        0xF957B9A2DA65FB38L, 0x85773DAE1275AF0DL, 0xFAF4F247C3D810F7L, 0x1F1B9EE6F79A8759L, 0xE4FECC0FEE98B425L,
        0x68CE61B6B9CE68A1L, 0xDEEA66C4BA8F974FL, 0x33C43D836EAFB1F5L, 0xE00654042719DBD9L, 0x7CF8A9F009831265L,
        0xFD5449A6BF174743L, 0x97DDAD33D8994B40L, 0x48EAD5FC5D0BE774L, 0xE3B8C8EE55B7B03CL, 0x91A0226E649E42E9L,
        0x900E3129E7BADD7BL, 0x202A9EC5FAA3CCE8L, 0x5B3402464E1C3DB6L, 0x609F4E62A44C1059L, 0x20D06CD26A8FBF5CL
    };

    /** G, 2G and 3G; source: SEC 2 version 2, section 2.4.1, and the multiples published with it. */
    private static final String[][] MULTIPLES = {
        {
            "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
            "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"
        },
        {
            "C6047F9441ED7D6D3045406E95C07CD85C778E4B8CEF3CA7ABAC09B95C709EE5",
            "1AE168FEA63DC339A3C58419466CEAEEF7F632653266D0E1236431A950CFE52A"
        },
        {
            "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
            "388F7B0F632DE8140FE337E62A37F3566500A99934C2231B6CB9FD7584B8E672"
        }
    };

    private static SplittableRandom seeded() {
        long seed = 0x7E57_0001L;
        System.out.println("PrecompileTest seed " + seed);
        return new SplittableRandom(seed);
    }

    private static int[] call(int number, int[] before, boolean accepted) {
        int[] after = before.clone();
        Syscall call = SyscallTable.standard().find(number).orElseThrow();
        assertThat(call.precompile().apply(before, after)).isEqualTo(accepted);
        return after;
    }

    private static int[] words(BigInteger... numbers) {
        int[] words = new int[8 * numbers.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = numbers[i / 8].shiftRight(32 * (i % 8)).intValue();
        }
        return words;
    }

    private static BigInteger number(int[] words, int index) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 8 * index + 7; i >= 8 * index; i--) {
            number = number.shiftLeft(32).or(BigInteger.valueOf(words[i] & 0xFFFF_FFFFL));
        }
        return number;
    }

    private static BigInteger random() {
        return new BigInteger(256, new java.util.Random(RANDOM.nextLong()));
    }

    /** Mostly random, sometimes an edge of the field or of a limb. */
    private static BigInteger coordinate() {
        return switch (RANDOM.nextInt(8)) {
            case 0 -> BigInteger.valueOf(RANDOM.nextInt(4));
            case 1 -> P.subtract(BigInteger.valueOf(1 + RANDOM.nextInt(4)));
            case 2 -> BigInteger.ONE.shiftLeft(RANDOM.nextInt(256)).subtract(BigInteger.valueOf(RANDOM.nextInt(2)));
            default -> random().mod(P);
        };
    }

    private static long[] lanes(int[] words) {
        long[] lanes = new long[words.length / 2];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = (words[2 * i] & 0xFFFF_FFFFL) | ((long) words[2 * i + 1] << 32);
        }
        return lanes;
    }

    @Test
    void keccakPermutesAsPublished() {
        int[] once = call(Syscall.KECCAK_PERMUTE, new int[50], true);
        assertThat(lanes(once)).isEqualTo(ZERO_PERMUTED);
        assertThat(lanes(call(Syscall.KECCAK_PERMUTE, once, true))).isEqualTo(ZERO_PERMUTED_TWICE);
        assertThat(KeccakPermutation.roundConstant(23)).isEqualTo(0x8000000080008008L);
    }

    @Test
    void multiplesOfTheGeneratorAreAsPublished() {
        BigInteger[][] points = Arrays.stream(MULTIPLES)
                .map(point -> new BigInteger[] {new BigInteger(point[0], 16), new BigInteger(point[1], 16)})
                .toArray(BigInteger[][]::new);
        int[] twice = call(Syscall.SECP256K1_DOUBLE, words(points[0]), true);
        assertThat(twice).isEqualTo(words(points[1]));
        int[] operands = words(points[0][0], points[0][1], points[1][0], points[1][1]);
        int[] sum = call(Syscall.SECP256K1_ADD, operands, true);
        assertThat(Arrays.copyOfRange(sum, 16, 32)).isEqualTo(words(points[2]));
        assertThat(Arrays.copyOf(sum, 16)).isEqualTo(Arrays.copyOf(operands, 16));
    }

    @Test
    void randomChordsAndTangentsAreRight() {
        for (int i = 0; i < 3000; i++) {
            BigInteger[] point = {coordinate(), coordinate(), coordinate(), coordinate()};
            boolean chord = !point[0].equals(point[2]);
            int[] sum = call(Syscall.SECP256K1_ADD, words(point), chord);
            if (chord) {
                BigInteger run = point[0].subtract(point[2]);
                BigInteger slope = point[1].subtract(point[3]).multiply(run.modInverse(P));
                assertPoint(sum, 2, slope, point[2], point[3], point[0]);
            }
            boolean tangent = point[1].signum() != 0;
            int[] twice = call(Syscall.SECP256K1_DOUBLE, words(point[0], point[1]), tangent);
            if (tangent) {
                BigInteger rise = point[0].multiply(point[0]).multiply(BigInteger.valueOf(3));
                BigInteger slope = rise.multiply(point[1].shiftLeft(1).modInverse(P));
                assertPoint(twice, 0, slope, point[0], point[1], point[0]);
            }
        }
    }

    private static void assertPoint(
            int[] words, int index, BigInteger slope, BigInteger x1, BigInteger y1, BigInteger x2) {
        BigInteger x3 = slope.multiply(slope).subtract(x1).subtract(x2).mod(P);
        BigInteger y3 = slope.multiply(x1.subtract(x3)).subtract(y1).mod(P);
        assertThat(number(words, index)).isEqualTo(x3);
        assertThat(number(words, index + 1)).isEqualTo(y3);
    }

    @Test
    void coordinatesMustBeBelowTheFieldsOrder() {
        BigInteger[] good = {BigInteger.ONE, BigInteger.TWO, BigInteger.TEN, BigInteger.ONE};
        for (int i = 0; i < 4; i++) {
            for (BigInteger bad : new BigInteger[] {
                P, P.add(BigInteger.ONE), BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
            }) {
                BigInteger[] point = good.clone();
                point[i] = bad;
                call(Syscall.SECP256K1_ADD, words(point), false);
                if (i < 2) {
                    call(Syscall.SECP256K1_DOUBLE, words(point[0], point[1]), false);
                }
            }
        }
        call(Syscall.SECP256K1_ADD, words(good[0], good[1], good[0], P.subtract(good[1])), false);
        call(Syscall.SECP256K1_DOUBLE, words(good[0], BigInteger.ZERO), false);
    }

    @Test
    void productsAreReduced() {
        for (int i = 0; i < 1000; i++) {
            BigInteger x = random().shiftRight(RANDOM.nextInt(3) * 100);
            BigInteger y = random().shiftRight(RANDOM.nextInt(3) * 100);
            BigInteger modulus = random().shiftRight(RANDOM.nextInt(4) * 80).add(BigInteger.ONE);
            int[] before = words(y, modulus.mod(BigInteger.TWO.pow(256)), x);
            boolean accepted = number(before, 1).signum() != 0;
            int[] after = call(Syscall.UINT256_MUL, before, accepted);
            if (accepted) {
                assertThat(number(after, 2)).isEqualTo(x.multiply(y).mod(modulus));
            }
        }
        call(Syscall.UINT256_MUL, words(BigInteger.ONE, BigInteger.ZERO, BigInteger.ONE), false);
        assertThat(number(call(Syscall.UINT256_MUL, words(BigInteger.TEN, BigInteger.ONE, BigInteger.TEN), true), 2))
                .isZero();
    }

    @Test
    void inversesAreExact() {
        for (int i = 0; i < 2000; i++) {
            BigInteger value = coordinate();
            if (value.signum() != 0) {
                assertThat(number(Secp256k1Field.inverse(words(value)), 0)).isEqualTo(value.modInverse(P));
            }
        }
    }

    @Test
    void callsAreListedAndCounted() {
        Assembler a = new Assembler();
        a.data("state", new int[50]);
        a.data("point", words(new BigInteger(MULTIPLES[0][0], 16), new BigInteger(MULTIPLES[0][1], 16)));
        a.data("other", words(new BigInteger(MULTIPLES[2][0], 16), new BigInteger(MULTIPLES[2][1], 16)));
        for (int i = 0; i < 3; i++) {
            a.la(Assembler.A0, "state");
            a.syscall(Syscall.KECCAK_PERMUTE);
        }
        a.la(Assembler.A0, "point");
        a.la(Assembler.A1, "other");
        a.syscall(Syscall.SECP256K1_DOUBLE);
        a.syscall(Syscall.SECP256K1_ADD);
        a.syscall(Syscall.UINT256_MUL);
        a.finish(0);
        ExecutionOptions options = ExecutionOptions.defaults().withLimits(new SegmentLimits(120, 200));
        TestMachine machine = TestMachine.run(a, new byte[0], options);
        machine.assertHalted();
        assertThat(machine.segments).hasSizeGreaterThan(2);
        assertThat(machine.calls).hasSize(6);
        assertThat(machine.execution.calls())
                .hasSize(4)
                .containsEntry(Syscall.KECCAK_PERMUTE, 3L)
                .containsEntry(Syscall.UINT256_MUL, 1L);
        List<PrecompileCall> logged = new ArrayList<>();
        for (int i = 0; i < machine.logs.size(); i++) {
            logged.addAll(machine.logs.get(i).calls(options.syscalls(), i));
        }
        assertThat(logged).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(logged.get(i).sameAs(machine.calls.get(i))).isTrue();
        }
    }

    @Test
    void operandsOutsideTheDomainTrap() {
        Assembler same = new Assembler();
        same.data("point", words(BigInteger.ONE, BigInteger.TWO));
        same.la(Assembler.A0, "point");
        same.mv(Assembler.A1, Assembler.A0);
        same.syscall(Syscall.SECP256K1_ADD);
        assertThat(TestMachine.run(same).trap().kind()).isEqualTo(TrapKind.PRECOMPILE_OPERAND);
        Assembler modulus = new Assembler();
        modulus.data("zero", new int[24]);
        modulus.la(Assembler.A0, "zero");
        modulus.la(Assembler.A1, "zero");
        modulus.syscall(Syscall.UINT256_MUL);
        assertThat(TestMachine.run(modulus).trap().kind()).isEqualTo(TrapKind.PRECOMPILE_OPERAND);
    }
}
