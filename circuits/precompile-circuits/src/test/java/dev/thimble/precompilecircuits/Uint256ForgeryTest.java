package dev.thimble.precompilecircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** For every constraint and look-up of U256 a claimed call that nothing else rejects: without it, it would pass. */
class Uint256ForgeryTest {
    private static final Uint256Circuit CIRCUIT = new Uint256Circuit(6);
    private static final Uint256Layout C = CIRCUIT.layout();
    private static final int[][] PREPROCESSED = CIRCUIT.preprocessed();
    private static final int LIMBS = Uint256Layout.LIMBS;
    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final SampleCalls SAMPLES = new SampleCalls(12);

    /** x·y + lack = q·m + r is claimed to be x·y = q·m + r. */
    private record Claim(BigInteger x, BigInteger y, BigInteger m, BigInteger r, BigInteger q, BigInteger lack) {
        static Claim honest() {
            return lacking(ZERO);
        }

        static Claim lacking(BigInteger lack) {
            BigInteger x = SAMPLES.number();
            BigInteger y = SAMPLES.number();
            BigInteger m = SAMPLES.number().setBit(255);
            BigInteger[] divided = x.multiply(y).add(lack).divideAndRemainder(m);
            return new Claim(x, y, m, divided[1], divided[0], lack);
        }

        /** r itself as the product r·1, whatever the modulus. */
        static Claim ofResult(BigInteger r, BigInteger m) {
            return new Claim(r, ONE, m, r, ZERO, ZERO);
        }

        PrecompileCall call(int clock) {
            int[] before = SampleCalls.words(y, m, x);
            int[] after = SampleCalls.words(y, m, r);
            return new PrecompileCall(Syscall.UINT256_MUL, 3, clock, before, after);
        }

        void write(Trace trace, int row) {
            int[] quotient = Numbers.bytes(q, 4 * LIMBS);
            for (int i = 0; i < 2 * LIMBS; i++) {
                int at = row + i / LIMBS;
                trace.set(C.quotientLow().get(i % LIMBS), at, quotient[2 * i]);
                trace.set(C.quotientHigh().get(i % LIMBS), at, quotient[2 * i + 1]);
            }
            long carry = 0;
            for (int k = 0; k < Uint256Layout.EQUATIONS - 1; k++) {
                long sum = LimbProducts.limb(bytes(x), bytes(y), k) - LimbProducts.limb(quotient, bytes(m), k);
                sum += carry + (lack.testBit(16 * k) ? 1 : 0) - (k < LIMBS ? Secp256k1Forger.limbs(r)[k] : 0);
                carry = sum >> 16;
                Column column = C.carry().get(k % Uint256Layout.CARRIES);
                trace.set(column, row + k / Uint256Layout.CARRIES, carry + Uint256Layout.CARRY_OFFSET);
            }
        }

        private static int[] bytes(BigInteger number) {
            return Numbers.bytes(number, 2 * LIMBS);
        }
    }

    /** What is done to the rows of a call after they are written. */
    @FunctionalInterface
    private interface Change {
        void apply(Trace trace, int row);
    }

    /** A claimed call, or a change of rows without one, and what alone rejects it. */
    private record Attack(String broken, Claim claim, boolean hasCall, Change change) {
        Attack(String broken, Claim claim, Change change) {
            this(broken, claim, true, change);
        }

        Attack(String broken, Claim claim) {
            this(broken, claim, (_, _) -> {});
        }
    }

    private static BigInteger unit(int limb) {
        return ONE.shiftLeft(16 * limb);
    }

    private static void mark(Trace trace, int row, long gap, int... markers) {
        for (int i = 0; i < LIMBS; i++) {
            trace.set(C.marker().get(i), row, markers.length > i ? markers[i] : 0);
        }
        trace.set(C.gap(), row, gap);
        trace.set(C.gapLow(), row, gap & 0xFF);
    }

    private static int[] markers(int plus, int minus, int alsoPlus) {
        int[] markers = new int[LIMBS];
        markers[plus] = 1;
        markers[minus] = -1;
        markers[alsoPlus] = 1;
        return markers;
    }

    private static List<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        Claim honest = Claim.honest();
        attacks.add(new Attack(
                "the second row follows the first", honest, (trace, row) -> trace.set(C.second(), row + 1, 0)));
        for (Column column : List.of(C.call().segment(), C.call().clock())) {
            attacks.add(new Attack(
                    column.name() + " is one per call", honest, (trace, row) -> trace.set(column, row + 1, 999)));
        }
        for (int k = 0; k < Uint256Layout.EQUATIONS; k++) {
            attacks.add(new Attack("x·y = q·m + r, limb " + k, Claim.lacking(unit(k))));
        }
        orderAttacks(attacks);
        attacks.add(new Attack("bytes of the gap", honest, (trace, row) -> trace.set(C.gapLow(), row, 333)));
        for (int i = 0; i < 2 * LIMBS; i++) {
            Column low = C.low().get(i);
            attacks.add(new Attack(
                    "bytes of limb" + i, honest, false, (trace, row) -> trace.set(low, row, 300 + low.index())));
        }
        for (int i = 0; i < LIMBS; i++) {
            Column low = C.quotientLow().get(i);
            attacks.add(new Attack(
                    "bytes of quotient limb " + i,
                    honest,
                    false,
                    (trace, row) -> trace.set(low, row, 300 + low.index())));
        }
        for (Column carry : C.carry()) {
            attacks.add(new Attack(
                    carry.name() + " is small",
                    honest,
                    false,
                    (trace, row) -> trace.set(carry, row, (1 << Uint256Layout.CARRY_BITS) + carry.index())));
        }
        return attacks;
    }

    /** Results that are not below the modulus. */
    private static void orderAttacks(List<Attack> attacks) {
        for (int i = 1; i < LIMBS; i++) {
            attacks.add(new Attack(
                    "r and m are equal above the marker, limb " + i,
                    Claim.ofResult(unit(i).shiftLeft(1), unit(i).add(ONE)),
                    (trace, row) -> mark(trace, row, 0, 1)));
        }
        attacks.add(new Attack(
                "one limb is marked", Claim.ofResult(unit(3), unit(3)), (trace, row) -> mark(trace, row, 0)));
        int[] top = new int[LIMBS];
        top[LIMBS - 1] = 1;
        attacks.add(new Attack(
                "r is below m in the marked limb",
                Claim.ofResult(unit(LIMBS - 1).shiftLeft(1), unit(LIMBS - 1)),
                (trace, row) -> mark(trace, row, 7, top)));
        // The modulus is 0: the gaps −1 of one limb and −3 of another are made a gap of 1 by markers 1, 1, −1.
        attacks.add(new Attack(
                "marker0 is a flag",
                Claim.ofResult(unit(2).add(unit(0).multiply(BigInteger.valueOf(3))), ZERO),
                (trace, row) -> mark(trace, row, 1, markers(2, 0, 1))));
        for (int i = 1; i < LIMBS - 1; i++) {
            int[] around = markers(i + 1, i, i - 1);
            attacks.add(new Attack(
                    "marker" + i + " is a flag",
                    Claim.ofResult(unit(i + 1), unit(i - 1).multiply(BigInteger.valueOf(5))),
                    (trace, row) -> mark(trace, row, 3, around)));
        }
        attacks.add(new Attack(
                "marker15 is a flag",
                Claim.ofResult(ONE, unit(13).multiply(BigInteger.valueOf(5))),
                (trace, row) -> mark(trace, row, 4, markers(14, 15, 13))));
    }

    private static final List<String> SEPARATE = List.of(
            "no call is open before the first row", "no call begins on the last row", "a row is one of the two");

    private static Trace trace(List<Claim> claims) {
        List<PrecompileCall> calls = new ArrayList<>();
        for (Claim claim : claims) {
            calls.add(claim.call(10 * calls.size()));
        }
        return CIRCUIT.trace(calls, PREPROCESSED);
    }

    @Test
    void everyConstraintAndLookupHasATraceThatItAloneRejects() {
        List<Attack> attacks = attacks();
        int capacity = CIRCUIT.capacity() / 2;
        for (int from = 0; from < attacks.size(); from += capacity) {
            List<Attack> batch = attacks.subList(from, Math.min(attacks.size(), from + capacity));
            Trace trace = trace(batch.stream().map(Attack::claim).toList());
            int[] rows = new int[batch.size()];
            for (int i = 0; i < batch.size(); i++) {
                // Look-ups are made on rows without a call, too: there nothing else reads what they check.
                rows[i] = batch.get(i).hasCall ? 2 * i : 2 * capacity + 2 * i;
                batch.get(i).claim.write(trace, 2 * i);
                batch.get(i).change.apply(trace, rows[i]);
            }
            List<Judgement.Finding> findings = Judgement.of(CIRCUIT.program(), CIRCUIT.table(), trace);
            for (int i = 0; i < batch.size(); i++) {
                int row = rows[i];
                assertThat(findings)
                        .filteredOn(finding -> finding.row() / 2 == row / 2)
                        .extracting(Judgement.Finding::name)
                        .containsOnly(batch.get(i).broken);
            }
        }
        Set<String> broken = new TreeSet<>(SEPARATE);
        attacks.forEach(attack -> broken.add(attack.broken));
        assertThat(broken).isEqualTo(Judgement.everything(CIRCUIT.program()));
    }

    @Test
    void aCallBeginsOnItsFirstRow() {
        Trace trace = trace(List.of());
        trace.set(C.second(), 0, 1);
        assertRejectedBy(trace, "no call is open before the first row");
    }

    @Test
    void noCallIsTakenTwiceAtOnce() {
        Trace trace = trace(List.of(Claim.ofResult(ONE, BigInteger.TEN)));
        trace.set(C.first(), 0, 2);
        trace.set(C.second(), 1, 2);
        mark(trace, 0, 7, 1, 1);
        assertThat(Judgement.onlySelectors(CIRCUIT.program(), CIRCUIT.table(), trace))
                .isTrue();
    }

    /** Row 0, the first row of 2·3 mod 100 = 6, serves the last row as the second of 0·2 mod 6 = 0. */
    @Test
    void aCallDoesNotWrapAroundTheTrace() {
        BigInteger[] n = {BigInteger.TWO, BigInteger.valueOf(3), BigInteger.valueOf(100), BigInteger.valueOf(6)};
        Trace trace = trace(List.of(new Claim(n[0], n[1], n[2], n[3], ZERO, ZERO)));
        int last = trace.height() - 1;
        trace.set(C.first(), last, 1);
        mark(trace, last, 5, 1);
        for (Column carry : C.carry()) {
            trace.set(carry, last, Uint256Layout.CARRY_OFFSET);
        }
        assertRejectedBy(trace, "no call begins on the last row");
    }

    /** The second row of 1·7 mod 14 = 7 is the first of 7·2 mod 15 = 14. */
    @Test
    void callsDoNotOverlap() {
        BigInteger seven = BigInteger.valueOf(7);
        BigInteger fourteen = BigInteger.valueOf(14);
        Claim upper = new Claim(ONE, seven, fourteen, seven, ZERO, ZERO);
        Claim lower = new Claim(seven, BigInteger.TWO, BigInteger.valueOf(15), fourteen, ZERO, ZERO);
        PrecompileCall call = lower.call(0);
        Trace trace = new Trace(CIRCUIT.program(), PREPROCESSED);
        CIRCUIT.fillShared(trace.stage(Stage.SHARED), List.of(upper.call(0)));
        Uint256Rows rows = new Uint256Rows(C, trace, CIRCUIT.table().counter());
        rows.call(0, upper.call(0));
        rows.call(1, call);
        for (int i = 0; i < LIMBS; i++) {
            trace.set(C.limbs().get(i), 2, Secp256k1Forger.limbs(lower.y)[i]);
            trace.set(C.limbs().get(LIMBS + i), 2, Secp256k1Forger.limbs(lower.m)[i]);
        }
        trace.set(C.first(), 1, 1);
        trace.set(C.second(), 2, 1);
        trace.set(C.call().segment(), 2, 3);
        assertRejectedBy(trace.toMontgomery(), "a row is one of the two");
    }

    private static void assertRejectedBy(Trace trace, String name) {
        assertThat(Judgement.names(CIRCUIT.program(), CIRCUIT.table(), trace)).containsExactly(name);
    }

    /** Modulus 0 has no result; modulus 1 has only 0; a result may be neither the modulus nor above it. */
    @Test
    void wrongResultsAreRejected() {
        List<Claim> claims = List.of(
                new Claim(ONE, ONE, ZERO, ZERO, ZERO, ZERO),
                new Claim(ONE, ONE, ZERO, ONE, ZERO, ZERO),
                new Claim(ZERO, ONE, ONE, ONE, ZERO, ZERO),
                new Claim(ONE, ONE, ONE, ONE, ZERO, ZERO),
                new Claim(ONE, BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, ZERO, ZERO),
                new Claim(BigInteger.TWO, BigInteger.TEN, BigInteger.TEN, ONE, ONE, ZERO));
        for (Claim claim : claims) {
            assertThat(Judgement.of(CIRCUIT.program(), CIRCUIT.table(), trace(List.of(claim))))
                    .isNotEmpty();
        }
        assertThat(Judgement.of(
                        CIRCUIT.program(), CIRCUIT.table(), trace(List.of(new Claim(ONE, ONE, ONE, ZERO, ONE, ZERO)))))
                .isEmpty();
    }

    /** In every limb, products and carries stay far enough apart not to wrap modulo p. */
    @Test
    void noEquationWraps() {
        int[] bytes = new int[2 * LIMBS];
        Arrays.fill(bytes, 255);
        long product = 0;
        for (int k = 0; k < 2 * LIMBS; k++) {
            product = Math.max(product, LimbProducts.limb(bytes, bytes, k));
        }
        long sum = product + 0xFFFF + Uint256Layout.CARRY_OFFSET;
        assertThat(sum + ((long) Uint256Layout.CARRY_OFFSET << 16)).isLessThan(KoalaBear.P);
        assertThat(sum >> 16).isLessThan(Uint256Layout.CARRY_OFFSET);
    }

    @Test
    void onlyTheCallsGivenAreTaken() {
        List<PrecompileCall> calls = new SampleCalls(13).uint256(3).calls();
        List<PrecompileCall> twice = new ArrayList<>(calls);
        twice.add(calls.getFirst());
        for (List<PrecompileCall> claimed : List.of(twice, calls.subList(1, 3))) {
            assertThat(Instances.failures(CIRCUIT.program(), CIRCUIT.trace(claimed, PREPROCESSED), calls))
                    .isNotEmpty();
        }
    }
}
