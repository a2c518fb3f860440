package dev.thimble.precompilecircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.Syscall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** For every constraint and look-up of SECP256K1 a claimed call that nothing else rejects: without it, it would pass. */
class Secp256k1ForgeryTest {
    private static final Secp256k1Circuit CIRCUIT = new Secp256k1Circuit(6);
    private static final Secp256k1Layout C = CIRCUIT.layout();
    private static final int[][] PREPROCESSED = CIRCUIT.preprocessed();
    private static final BigInteger P = Secp256k1Rows.P;
    private static final int LIMBS = Secp256k1Layout.LIMBS;
    private static final SplittableRandom RANDOM = seeded();

    private static SplittableRandom seeded() {
        System.out.println("Secp256k1ForgeryTest seed 11");
        return new SplittableRandom(11);
    }

    /** What is done to the rows of a call after they are written; canonical values. */
    @FunctionalInterface
    private interface Change {
        void apply(Trace trace, int row);
    }

    /** A claimed call and what alone rejects it. */
    private record Attack(String broken, Secp256k1Forger forger, Change change) {
        Attack(String broken, Secp256k1Forger forger) {
            this(broken, forger, (_, _) -> {});
        }
    }

    /** A coordinate whose limbs leave room for 1 more. */
    private static BigInteger coordinate() {
        BigInteger number = BigInteger.ZERO;
        for (int k = 0; k < LIMBS; k++) {
            number = number.shiftLeft(16).add(BigInteger.valueOf(1 + RANDOM.nextInt(0x7FFE)));
        }
        return number;
    }

    private static Secp256k1Forger forger(boolean twice) {
        return new Secp256k1Forger(twice, coordinate(), coordinate(), coordinate(), coordinate());
    }

    private static Secp256k1Forger sum() {
        return forger(false);
    }

    private static Secp256k1Forger with(Secp256k1Forger forger, Consumer<Secp256k1Forger> choice) {
        choice.accept(forger);
        return forger;
    }

    private static BigInteger unit(int limb) {
        return BigInteger.ONE.shiftLeft(16 * limb);
    }

    private static void set(Trace trace, Column column, int row, long value) {
        trace.set(column, row, value);
    }

    // ---------------------------------------------------------------- attacks

    private static List<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        rowAttacks(attacks);
        for (int k = 0; k < LIMBS; k++) {
            operandAttacks(attacks, k);
        }
        for (int i = 0; i < SignedDigits.DIGITS; i++) {
            digitAttacks(attacks, i);
        }
        for (int k = 0; k < Secp256k1Layout.EQUATIONS; k++) {
            int limb = k;
            String[] names = {"slope", "x3", "y3"};
            for (int i = 0; i < 3; i++) {
                int number = i;
                Secp256k1Forger forger = with(forger(k % 2 == 1), f -> f.lack[number] = unit(limb));
                attacks.add(new Attack(names[i] + ", limb " + k, forger));
            }
        }
        rangeAttacks(attacks);
        domainAttacks(attacks);
        checkAttacks(attacks, "old", C.old(), C.oldCheck());
        checkAttacks(attacks, "next", C.next(), C.nextCheck());
        return attacks;
    }

    private static void rowAttacks(List<Attack> attacks) {
        attacks.add(new Attack("chord", with(sum(), f -> f.flagless = true)));
        attacks.add(new Attack("tangent", with(forger(true), f -> f.flagless = true)));
        attacks.add(new Attack("taken", sum(), (trace, row) -> set(trace, C.taken(), row, 0)));
        attacks.add(new Attack("base", sum(), (trace, row) -> set(trace, C.base(), row, 16)));
        attacks.add(new Attack("selected is one per call", sum(), (trace, row) -> {
            set(trace, C.selected(), row + 3, 0);
            set(trace, C.taken(), row + 3, 0);
        }));
        attacks.add(new Attack("twice is one per call", sum(), (trace, row) -> {
            for (int r = 2; r < 4; r++) {
                set(trace, C.twice(), row + r, 1);
                set(trace, C.base(), row + r, r == 2 ? 0 : 8);
            }
        }));
        attacks.add(new Attack(
                "segment is one per call",
                sum(),
                (trace, row) -> set(trace, C.call().segment(), row + 3, 77)));
        attacks.add(new Attack(
                "clock is one per call",
                sum(),
                (trace, row) -> set(trace, C.call().clock(), row + 3, 77)));
    }

    private static void operandAttacks(List<Attack> attacks, int k) {
        attacks.add(new Attack("y2 is copied, limb " + k, with(sum(), f -> f.addY2 = unit(k))));
        attacks.add(new Attack("y1 is copied, limb " + k, with(sum(), f -> f.addY1 = unit(k))));
        attacks.add(new Attack("digits of x2 or y1, limb " + k, with(forger(k % 2 == 0), f -> f.addV = unit(k))));
        attacks.add(new Attack("digits of x1, limb " + k, with(forger(k % 2 == 0), f -> f.addX1 = unit(k))));
        attacks.add(new Attack("digits of x3, limb " + k, with(forger(k % 2 == 0), f -> f.otherX3Limb = k)));
        attacks.add(new Attack("digits of limb " + k, with(sum(), f -> f.unusualDigits = k)));
        attacks.add(new Attack(C.digits().borrow().get(k).name() + " is a flag", sum(), (trace, row) -> {
            Column borrow = C.digits().borrow().get(k);
            Column high = C.digits().high().get(k);
            if (k < LIMBS - 1) {
                set(trace, borrow, row, 2);
            } else {
                set(trace, high, row, trace.get(high, row) + trace.get(borrow, row) - 2L);
                set(trace, borrow, row, 2);
            }
        }));
    }

    private static void digitAttacks(List<Attack> attacks, int i) {
        attacks.add(new Attack("slope is copied, digit " + i, with(sum(), f -> f.otherSlopeDigit = i)));
        attacks.add(new Attack("slope is decomposed, digit " + i, sum(), (trace, row) -> {
            Column digit = (i % 2 == 0 ? C.digits().low() : C.digits().high()).get(i / 2);
            set(trace, digit, row, trace.get(digit, row) ^ 1);
        }));
    }

    /** On the first row of a call no equation reads the quotient and the carries, but they are checked. */
    private static void rangeAttacks(List<Attack> attacks) {
        for (int k = 0; k < Secp256k1Layout.EQUATIONS - 1; k++) {
            int limb = k;
            attacks.add(new Attack(
                    "carry" + k + " is small",
                    sum(),
                    (trace, row) -> set(trace, C.carry().get(limb), row, (1 << Secp256k1Layout.CARRY_BITS) + limb)));
        }
        for (int k = 0; k < LIMBS; k++) {
            int limb = k;
            attacks.add(new Attack(
                    "quotient" + k + " is a limb",
                    sum(),
                    (trace, row) -> set(trace, C.quotient().get(limb), row, (1 << 16) + limb)));
        }
        for (int bit = 0; bit < Secp256k1Layout.TOP_BITS; bit++) {
            int changed = bit;
            long[] weights = {1, 2, -4};
            attacks.add(new Attack("top" + bit + " is a flag", negativeQuotient(), (trace, row) -> {
                // −1 = 1 + 2 − 4 with one bit alone.
                for (int b = 0; b < Secp256k1Layout.TOP_BITS; b++) {
                    long value = b == changed ? -inverse(weights[b]) : 0;
                    set(trace, C.top().get(b), row + 3, value);
                }
            }));
        }
    }

    private static long inverse(long value) {
        int canonical = (int) Math.floorMod(value, (long) KoalaBear.P);
        return KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(canonical)));
    }

    /** A sum in whose third equation the quotient is negative. */
    private static Secp256k1Forger negativeQuotient() {
        while (true) {
            Secp256k1Forger forger = sum();
            int[][] main = Secp256k1Forger.trace(CIRCUIT, PREPROCESSED, List.of(forger))
                    .stage(Stage.MAIN);
            if (main[C.top().get(2).index()][3] == 1) {
                return forger;
            }
        }
    }

    /** P + P and 2·(0, 0) have any slope: P + Q = anything if the domain were not checked. */
    private static void domainAttacks(List<Attack> attacks) {
        BigInteger x = coordinate();
        BigInteger y = coordinate();
        attacks.add(new Attack("x1 and x2 differ", new Secp256k1Forger(false, x, y, x, y)));
        BigInteger zero = BigInteger.ZERO;
        attacks.add(new Attack("y1 is not 0", new Secp256k1Forger(true, zero, zero, zero, zero)));
    }

    /** Limbs on the first row that are not below p, with every claim that they are. */
    private static void checkAttacks(List<Attack> attacks, String name, List<Column> limbs, CanonicalCheck check) {
        BigInteger five = P.add(BigInteger.valueOf(5));
        BigInteger above = BigInteger.ONE
                .shiftLeft(256)
                .subtract(BigInteger.ONE.shiftLeft(32))
                .add(BigInteger.valueOf(name.length() + 1000));
        attacks.add(check(name + ", a high limb is not FFFF", limbs, check, five, 1, 0, 0, 0, 0));
        attacks.add(check(name + ", the third limb is FFFE", limbs, check, above, 0, 0, 1, inverse(-0xFFFF), 0));
        attacks.add(check(name + ", the second limb is not FFFF", limbs, check, five, 0, 0, 1, 1, 0));
        attacks.add(check(
                name + ", the third limb is below FFFE or the first below FC2F", limbs, check, five, 0, 0, 0, 0, 9));
        long difference = 0xFFFFL + 2 - (name.length() + 1000) - 977;
        attacks.add(
                check(name + " is in one of four cases", limbs, check, above, 0, 1, 1, inverse(-0xFFFF), difference));
        BigInteger more = P.add(BigInteger.valueOf(name.length()));
        attacks.add(check(name + ", checked", limbs, check, more, 0, 0, 0, 0, 0x1_0000L + name.length()));
    }

    private static Attack check(
            String broken,
            List<Column> limbs,
            CanonicalCheck check,
            BigInteger number,
            long high,
            long third,
            long second,
            long inverse,
            long checked) {
        return new Attack(broken, forger(true), (trace, row) -> {
            int[] values = Secp256k1Forger.limbs(number);
            for (int k = 0; k < LIMBS; k++) {
                set(trace, limbs.get(k), row, values[k]);
                if (limbs.equals(C.old())) {
                    set(trace, C.ordinate().get(k), row + 1, values[k]);
                }
            }
            set(trace, check.high(), row, high);
            set(trace, check.third(), row, third);
            set(trace, check.second(), row, second);
            set(trace, check.inverse(), row, inverse);
            set(trace, check.checked(), row, checked);
        });
    }

    // ---------------------------------------------------------------- tests

    @Test
    void everyConstraintAndLookupHasATraceThatItAloneRejects() {
        List<Attack> attacks = attacks();
        int capacity = CIRCUIT.capacity();
        for (int from = 0; from < attacks.size(); from += capacity) {
            List<Attack> batch = attacks.subList(from, Math.min(attacks.size(), from + capacity));
            Trace trace = Secp256k1Forger.trace(
                    CIRCUIT, PREPROCESSED, batch.stream().map(Attack::forger).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).change.apply(trace, Secp256k1Layout.ROWS * i);
            }
            List<Judgement.Finding> findings = Judgement.of(CIRCUIT.program(), CIRCUIT.table(), trace.toMontgomery());
            for (int i = 0; i < batch.size(); i++) {
                int block = i;
                assertThat(findings)
                        .filteredOn(finding -> finding.row() / Secp256k1Layout.ROWS == block)
                        .extracting(Judgement.Finding::name)
                        .containsOnly(batch.get(i).broken);
            }
        }
        Set<String> broken = new TreeSet<>();
        attacks.forEach(attack -> broken.add(attack.broken));
        assertThat(broken).isEqualTo(Judgement.everything(CIRCUIT.program()));
    }

    @Test
    void noCallIsTakenTwiceAtOnce() {
        Trace trace = Secp256k1Forger.trace(CIRCUIT, PREPROCESSED, List.of(sum()));
        for (int row = 0; row < Secp256k1Layout.ROWS; row++) {
            trace.set(C.selected(), row, 2);
            trace.set(C.taken(), row, 2);
        }
        assertThat(Judgement.onlySelectors(CIRCUIT.program(), CIRCUIT.table(), trace.toMontgomery()))
                .isTrue();
    }

    /** Neither an operation between addition and doubling: taken on rows 0 and 1 would be no flag. */
    @Test
    void aCallIsAnAdditionOrADoubling() {
        Trace trace = CIRCUIT.trace(new SampleCalls(14).secp256k1(1).calls().subList(0, 1), PREPROCESSED);
        for (int row = 0; row < Secp256k1Layout.ROWS; row++) {
            trace.set(C.twice(), row, 2);
        }
        assertThat(Judgement.of(CIRCUIT.program(), CIRCUIT.table(), trace)).isNotEmpty();
    }

    /** The numbers are right modulo p, but the result is not below p. */
    @Test
    void aResultThatIsNotReducedIsRejected() {
        BigInteger slope = coordinate();
        BigInteger x1 = coordinate();
        BigInteger y1 = coordinate();
        BigInteger x2 =
                slope.multiply(slope).subtract(x1).subtract(BigInteger.TEN).mod(P);
        BigInteger y2 = slope.multiply(x2.subtract(x1)).add(y1).mod(P);
        var call = SampleCalls.call(Syscall.SECP256K1_ADD, 0, 0, SampleCalls.words(x2, y2, x1, y1));
        assertThat(call.after()[16]).isEqualTo(10);
        System.arraycopy(SampleCalls.words(P.add(BigInteger.TEN)), 0, call.after(), 16, 8);
        Trace trace = CIRCUIT.trace(List.of(call), PREPROCESSED);
        assertThat(Judgement.names(CIRCUIT.program(), CIRCUIT.table(), trace)).containsExactly("next, checked");
    }

    /** In every limb of every equation, operands, quotient and carries stay far enough apart not to wrap modulo p. */
    @Test
    void noEquationWraps() {
        int[] digits = new int[SignedDigits.DIGITS];
        Arrays.fill(digits, 128);
        digits[SignedDigits.DIGITS - 1] = 256;
        long product = 0;
        for (int k = 0; k < Secp256k1Layout.EQUATIONS; k++) {
            product = Math.max(product, LimbProducts.limb(digits, digits, k));
        }
        long linear = 3 * 0xFFFFL;
        long quotient = 0xFFFFL * (Secp256k1Layout.FOLD + 2) + 8;
        long operands = 5 * product + linear + quotient + (1 << Secp256k1Layout.CARRY_BITS);
        long carried = (long) Secp256k1Layout.CARRY_OFFSET << 16;
        assertThat(operands + carried).isLessThan(KoalaBear.P);
        assertThat(operands >> 16).isLessThan(Secp256k1Layout.CARRY_OFFSET);
    }
}
