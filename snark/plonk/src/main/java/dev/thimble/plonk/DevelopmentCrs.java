package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.FixedBase;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes a common reference string from a seed, for development: as a .ptau file that snarkjs reads too, marked so that
 * production refuses it. τ is SHA-512 of a label and the seed, mod r; two runs give equal bytes.
 */
public final class DevelopmentCrs {
    private DevelopmentCrs() {}

    /**
     * Writes the file.
     *
     * @param power circuits of up to 2^power rows fit; 3 … 24
     */
    public static void make(int power, String seed, Path file, Parallel parallel) throws IOException {
        if (power < 3 || power > 24) {
            throw new IllegalArgumentException("power = " + power + " is not in [3, 24]");
        }
        Fr tau = tau(seed);
        FixedBase generator = new FixedBase(G1.GENERATOR);
        try (SectionWriter writer = new SectionWriter(file, PtauFile.MAGIC, 1, 5)) {
            writeHeader(writer, power);
            writePowers(writer, power, tau, generator, parallel);
            writeG2(writer, tau);
            writeLagrange(writer, power, tau, generator, parallel);
            writer.begin(PtauFile.DEVELOPMENT_MARK);
            writer.bytes(
                    "development: made from a seed, never use in production\n".getBytes(StandardCharsets.US_ASCII));
            writer.end();
            writer.finish();
        }
    }

    static Fr tau(String seed) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-512");
            sha.update("thimble development tau\n".getBytes(StandardCharsets.UTF_8));
            byte[] digest = sha.digest(seed.getBytes(StandardCharsets.UTF_8));
            return Fr.reduce(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static void writeHeader(SectionWriter writer, int power) throws IOException {
        writer.begin(PtauFile.HEADER);
        writer.int32(32).plain(PrimeField.FQ.modulus()).int32(power).int32(power);
        writer.end();
    }

    private static void writePowers(SectionWriter writer, int power, Fr tau, FixedBase generator, Parallel parallel)
            throws IOException {
        int count = (2 << power) - 1;
        long[] scalars = Fft.powers(Fr.ONE, tau, count, parallel);
        writer.begin(PtauFile.TAU_G1);
        writePoints(writer, scalars, generator, parallel);
        writer.end();
    }

    private static void writeG2(SectionWriter writer, Fr tau) throws IOException {
        writer.begin(PtauFile.TAU_G2);
        writer.montgomery(G2.GENERATOR).montgomery(G2.GENERATOR.multiply(tau));
        writer.end();
    }

    private static void writeLagrange(SectionWriter writer, int power, Fr tau, FixedBase generator, Parallel parallel)
            throws IOException {
        writer.begin(PtauFile.LAGRANGE_G1);
        for (int logSize = 0; logSize <= power; logSize++) {
            writePoints(writer, lagrangeAt(tau, logSize, parallel), generator, parallel);
        }
        writer.end();
    }

    /** Lᵢ(x) = ωⁱ(xⁿ - 1)/(n(x - ωⁱ)) for all i. */
    static long[] lagrangeAt(Fr x, int logSize, Parallel parallel) {
        int size = 1 << logSize;
        Fr root = Fft.root(logSize);
        Fr scale = x.pow(BigInteger.valueOf(size)).sub(Fr.ONE).mul(Fr.of(size).inverse());
        long[] numerators = Fft.powers(scale, root, size, parallel);
        long[] denominators = Fft.powers(Fr.ONE, root, size, parallel);
        long[] point = new long[4];
        x.store(point, 0);
        parallel.forRange(size, 1024, (from, to) -> {
            for (int i = from; i < to; i++) {
                PrimeField.FR.sub(denominators, 4 * i, point, 0, denominators, 4 * i);
            }
            PrimeField.FR.invertAll(denominators, 4 * from, to - from);
            for (int i = from; i < to; i++) {
                PrimeField.FR.mul(numerators, 4 * i, numerators, 4 * i, denominators, 4 * i);
            }
        });
        return numerators;
    }

    private static void writePoints(SectionWriter writer, long[] scalars, FixedBase generator, Parallel parallel)
            throws IOException {
        G1Points points = G1Points.allocate(scalars.length / 4);
        generator.multiplyAll(scalars, points, parallel);
        writer.memory(points.segment());
    }
}
