package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.Parallel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Common reference strings, good and bad: negative test 13 of snark-wrap. */
class CrsTest {
    private static final int POWER = 4;
    private static final int HEADER = 12 + 12 + 44; // file header, section header, section 1
    private static final int FIRST_POINT = HEADER + 12;
    private static final int G1_POINTS = (2 << POWER) - 1;
    private static final int G2_START = FIRST_POINT + 64 * G1_POINTS + 12;
    private static final int LAGRANGE_START = G2_START + 256 + 12;

    @TempDir
    static Path folder;

    private static byte[] ptau;

    @BeforeAll
    static void make() throws Exception {
        try (Parallel parallel = new Parallel(2)) {
            DevelopmentCrs.make(POWER, "crs test", folder.resolve("good.ptau"), parallel);
        }
        ptau = Files.readAllBytes(folder.resolve("good.ptau"));
    }

    private static Crs open(byte[] bytes) throws IOException, CrsException {
        return Crs.open(Files.write(folder.resolve("file"), bytes));
    }

    private static void check(byte[] bytes) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        try (Parallel parallel = new Parallel(2)) {
            new CrsCheck(open(bytes), parallel, () -> {
                        byte[] number = new byte[20];
                        random.nextBytes(number);
                        return new BigInteger(1, number);
                    })
                    .run();
        }
    }

    private static void refused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(CrsException.class).hasMessageContaining(why);
    }

    private static byte[] with(int at, byte[] patch) {
        byte[] changed = ptau.clone();
        System.arraycopy(patch, 0, changed, at, patch.length);
        return changed;
    }

    private static byte[] point(G1 point) {
        long[] limbs = new long[8];
        point.store(limbs, 0);
        ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (long limb : limbs) {
            buffer.putLong(limb);
        }
        return buffer.array();
    }

    @Test
    void aDevelopmentStringIsWhatItClaims() throws Exception {
        Crs crs = open(ptau);
        Fr tau = DevelopmentCrs.tau("crs test");
        assertThat(crs.kind()).isEqualTo(CrsKind.DEVELOPMENT);
        assertThat(crs.power()).isEqualTo(POWER);
        assertThat(crs.tau()).isEqualTo(G2.GENERATOR.multiply(tau));
        assertThat(crs.monomial().get(5)).isEqualTo(G1.GENERATOR.multiply(tau.pow(BigInteger.valueOf(5))));
        check(ptau);
        try (Parallel parallel = new Parallel(1)) {
            DevelopmentCrs.make(POWER, "crs test", folder.resolve("again.ptau"), parallel);
        }
        assertThat(Files.readAllBytes(folder.resolve("again.ptau"))).isEqualTo(ptau);
    }

    @Test
    void productionRefusesDevelopmentAndUnknownStrings() throws Exception {
        Crs development = open(ptau);
        Set<Fq> pinned = Set.of(development.tau().x().c0());
        refused(() -> development.requireProduction(Set.of()), "production refuses");
        refused(() -> development.requireProduction(pinned), "production refuses");
        Crs unknown = open(setupKey(POWER + 1));
        assertThat(unknown.kind()).isEqualTo(CrsKind.UNKNOWN);
        refused(() -> unknown.requireProduction(Set.of()), "not of a known ceremony");
        assertThatCode(() -> unknown.requireProduction(pinned)).doesNotThrowAnyException();
    }

    /** The same string in ZKsync's format gives the same points. */
    @Test
    void readsSetupKeys() throws Exception {
        byte[] key = setupKey(POWER + 1);
        Crs crs = open(key);
        Crs expected = open(ptau);
        assertThat(crs.power()).isEqualTo(POWER);
        assertThat(crs.tau()).isEqualTo(expected.tau());
        for (int i = 0; i < G1_POINTS; i++) {
            assertThat(crs.monomial().get(i)).isEqualTo(expected.monomial().get(i));
        }
        check(key);
        for (int cut : new int[] {1, 64, 256, key.length - 8, key.length - 7}) {
            refused(() -> open(java.util.Arrays.copyOf(key, key.length - cut)), "file");
        }
        byte[] off = key.clone();
        off[8 + 64 + 31] ^= 1;
        refused(() -> check(off), "point 1 is not on the curve");
        byte[] large = key.clone();
        java.util.Arrays.fill(large, 8 + 64, 8 + 96, (byte) 0xff);
        refused(() -> open(large), "not below the modulus");
        byte[] swapped = key.clone();
        System.arraycopy(key, 8 + 64 * 3, swapped, 8 + 64 * 2, 64);
        refused(() -> check(swapped), "not consecutive powers");
    }

    private static byte[] setupKey(int logPoints) throws Exception {
        Crs crs = open(ptau);
        Fr tau = DevelopmentCrs.tau("crs test");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(1L << logPoints).array());
        for (int i = 0; i < 1 << logPoints; i++) {
            G1 point = G1.GENERATOR.multiply(tau.pow(BigInteger.valueOf(i)));
            out.writeBytes(point.x().toBytes());
            out.writeBytes(point.y().toBytes());
        }
        out.writeBytes(ByteBuffer.allocate(8).putLong(2).array());
        for (G2 point : new G2[] {G2.GENERATOR, crs.tau()}) {
            for (Fq2 coordinate : new Fq2[] {point.x(), point.y()}) {
                out.writeBytes(coordinate.c1().toBytes());
                out.writeBytes(coordinate.c0().toBytes());
            }
        }
        return out.toByteArray();
    }

    @Test
    void truncatedAndForeignFilesAreRefused() {
        for (int length : new int[] {0, 3, 11, 12, 30, HEADER, FIRST_POINT + 64, ptau.length - 1}) {
            assertThatThrownBy(() -> open(java.util.Arrays.copyOf(ptau, length)))
                    .isInstanceOf(CrsException.class);
        }
        refused(() -> open(java.util.Arrays.copyOf(ptau, ptau.length + 1)), "bytes follow");
        refused(() -> open(with(4, new byte[] {2})), "version 2");
        refused(() -> open(with(24 + 4, new byte[] {1})), "not for the curve");
        refused(() -> open(with(24 + 36, new byte[] {29})), "power 29");
        refused(() -> open(with(24 + 36, new byte[] {5})), "section 2 has");
        refused(() -> Crs.open(folder.resolve("absent")), "no such file");
    }

    @Test
    void everyPointIsChecked() {
        Fr tau = DevelopmentCrs.tau("crs test");
        refused(() -> open(with(FIRST_POINT, point(G1.GENERATOR.negate()))), "not the generator");
        refused(() -> check(with(FIRST_POINT + 64 * 7, new byte[] {1})), "point 7 is not on the curve");
        refused(() -> check(with(FIRST_POINT + 64 * 7, new byte[64])), "point 7 is not on the curve");
        refused(() -> check(with(FIRST_POINT + 64, point(G1.GENERATOR))), "tau is 1 or -1");
        // A smaller ceremony, filled up with the generator; one power left out; a point of another tau.
        refused(() -> check(with(FIRST_POINT + 64 * 20, point(G1.GENERATOR))), "not consecutive powers");
        refused(
                () -> check(with(FIRST_POINT + 64 * (G1_POINTS - 1), point(G1.GENERATOR.multiply(tau)))),
                "not consecutive powers");
        refused(() -> check(with(LAGRANGE_START + 64, point(G1.GENERATOR))), "does not belong to the powers");
    }

    @Test
    void theG2PointsAreChecked() {
        refused(() -> open(with(G2_START, new byte[] {1})), "G2 point");
        refused(() -> open(with(G2_START + 128, new byte[] {1})), "G2 point is not in the group");
        byte[] generator = java.util.Arrays.copyOfRange(ptau, G2_START, G2_START + 128);
        refused(() -> check(with(G2_START + 128, generator)), "not consecutive powers");
        byte[] large = new byte[32];
        java.util.Arrays.fill(large, (byte) 0xff);
        refused(() -> open(with(G2_START + 128, large)), "not below the modulus");
    }

    /** On the twist (x = 1) but not in the group of order r: small-subgroup points must not pass. */
    @Test
    void aTwistPointOutsideTheGroupIsRefused() {
        G2 outside = new G2(
                new Fq2(Fq.of(1), Fq.of(0)),
                new Fq2(
                        Fq.of(new BigInteger(
                                "18278151005453108793778860132295291098363647455926340152056652516292830556603")),
                        Fq.of(new BigInteger(
                                "5912654199736721486680175016176231956195085055698687135131307249486702594212"))));
        assertThat(outside.isInSubgroup()).isFalse();
        refused(() -> open(with(G2_START + 128, bytes(outside))), "not in the group of order r");
    }

    private static byte[] bytes(G2 point) {
        long[] limbs = new long[16];
        point.x().c0().store(limbs, 0);
        point.x().c1().store(limbs, 4);
        point.y().c0().store(limbs, 8);
        point.y().c1().store(limbs, 12);
        ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        for (long limb : limbs) {
            bytes.putLong(limb);
        }
        return bytes.array();
    }
}
