package dev.thimble.plonk;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.PrimeField;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * ZKsync's setup_2^k.key: u64 number of G1 points, the points as x ‖ y, u64 two, two G2 points as x.c1 ‖ x.c0 ‖ y.c1 ‖ y.c0; everything big-endian,
 * coordinates plain. Format: matter-labs bellman, Crs<Bn256, Monomial>. It holds 2^k points, so circuits with blinding rows fit up to
 * 2^(k-1) rows. Points are converted into memory outside the heap.
 */
final class SetupKeyFile {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int G2_BYTES = 128;

    private SetupKeyFile() {}

    static Crs read(Path file, MemorySegment all) throws CrsException {
        if (all.byteSize() < 8) {
            throw new CrsException(file, "too short for a header");
        }
        long count = all.get(LONG, 0);
        boolean plausible = count >= 16 && count <= 1L << 28 && Long.bitCount(count) == 1;
        if (!plausible) {
            throw new CrsException(file, "neither a .ptau nor a setup_2^k.key file");
        }
        long size = 8 + count * G1Points.POINT_BYTES + 8 + 2 * G2_BYTES;
        if (all.byteSize() != size) {
            throw new CrsException(
                    file, "has " + all.byteSize() + " bytes, not " + size + " for " + count + " points: truncated?");
        }
        long g2Start = 8 + count * G1Points.POINT_BYTES;
        if (all.get(LONG, g2Start) != 2) {
            throw new CrsException(file, "does not hold two G2 points");
        }
        if (!g2(file, all, g2Start + 8).equals(G2.GENERATOR)) {
            throw new CrsException(file, "its first G2 point is not the generator");
        }
        G2 tau = g2(file, all, g2Start + 8 + G2_BYTES);
        int power = Long.numberOfTrailingZeros(count) - 1;
        return new Crs(file, Crs.kindOf(tau), power, convert(file, all, count), null, tau, Crs.sha256(all));
    }

    private static G1Points convert(Path file, MemorySegment all, long count) throws CrsException {
        G1Points points = G1Points.allocate(count);
        long[] limbs = new long[8];
        for (long i = 0; i < count; i++) {
            long at = 8 + i * G1Points.POINT_BYTES;
            for (int k = 0; k < 4; k++) {
                limbs[3 - k] = all.get(LONG, at + 8L * k);
                limbs[7 - k] = all.get(LONG, at + 32 + 8L * k);
            }
            if (!PrimeField.FQ.isCanonical(limbs, 0) || !PrimeField.FQ.isCanonical(limbs, 4)) {
                throw new CrsException(file, "G1 point " + i + " has a coordinate that is not below the modulus");
            }
            PrimeField.FQ.toMontgomery(limbs, 0);
            PrimeField.FQ.toMontgomery(limbs, 4);
            points.store(i, limbs, 0);
        }
        return points;
    }

    private static G2 g2(Path file, MemorySegment all, long offset) throws CrsException {
        Fq[] words = new Fq[4];
        for (int i = 0; i < words.length; i++) {
            byte[] bytes = all.asSlice(offset + 32L * i, 32).toArray(ValueLayout.JAVA_BYTE);
            BigInteger value = new BigInteger(1, bytes);
            if (!PrimeField.FQ.contains(value)) {
                throw new CrsException(file, "a G2 coordinate is not below the modulus");
            }
            words[i] = Fq.of(value);
        }
        G2 point = new G2(new Fq2(words[1], words[0]), new Fq2(words[3], words[2]));
        if (!point.isInSubgroup()) {
            throw new CrsException(file, "a G2 point is not in the group of order r");
        }
        return point;
    }
}
