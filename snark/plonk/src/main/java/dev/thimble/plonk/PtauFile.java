package dev.thimble.plonk;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.PrimeField;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** snarkjs' powers-of-tau files, version 1. The points are used where they lie. Format: iden3 snarkjs, powersoftau_utils. */
final class PtauFile {
    static final String MAGIC = "ptau";
    static final int HEADER = 1;
    static final int TAU_G1 = 2;
    static final int TAU_G2 = 3;
    static final int LAGRANGE_G1 = 12;

    /** A section of our own, unknown to other readers, that marks a string made from a seed. */
    static final int DEVELOPMENT_MARK = 0x7468;

    private static final int G2_BYTES = 128;
    private static final int HEADER_BYTES = 44;

    private PtauFile() {}

    static boolean isPtau(MemorySegment all) {
        return all.byteSize() >= 4 && all.get(SectionReader.INT, 0) == 0x75617470;
    }

    static Crs read(Path file, MemorySegment all) throws CrsException {
        SectionReader reader = new SectionReader(file, all);
        if (all.get(SectionReader.INT, 4) != 1) {
            throw new CrsException(file, "version " + all.get(SectionReader.INT, 4) + " of .ptau is not known");
        }
        int power = power(file, section(file, reader, HEADER));
        boolean development = reader.find(DEVELOPMENT_MARK) != null;
        MemorySegment tauG1 = section(file, reader, TAU_G1);
        MemorySegment tauG2 = section(file, reader, TAU_G2);
        requireSize(file, TAU_G1, tauG1, ((2L << power) - 1) * G1Points.POINT_BYTES);
        requireSize(file, TAU_G2, tauG2, development ? 2 * G2_BYTES : (1L << power) * G2_BYTES);
        if (!g2(file, tauG2, 0).equals(G2.GENERATOR)) {
            throw new CrsException(file, "its first G2 point is not the generator");
        }
        G2 tau = g2(file, tauG2, G2_BYTES);
        return new Crs(
                file,
                development ? CrsKind.DEVELOPMENT : Crs.kindOf(tau),
                power,
                G1Points.over(tauG1),
                lagrange(file, reader.find(LAGRANGE_G1), power),
                tau,
                Crs.sha256(all));
    }

    private static int power(Path file, MemorySegment header) throws CrsException {
        requireSize(file, HEADER, header, HEADER_BYTES);
        long[] modulus = new long[4];
        for (int i = 0; i < 4; i++) {
            modulus[i] = header.get(SectionReader.LONG, 4 + 8L * i);
        }
        long[] expected = new long[4];
        for (int i = 0; i < 4; i++) {
            expected[i] = PrimeField.FQ.modulus().shiftRight(64 * i).longValue();
        }
        if (header.get(SectionReader.INT, 0) != 32 || !Arrays.equals(modulus, expected)) {
            throw new CrsException(file, "not for the curve BN254");
        }
        int power = header.get(SectionReader.INT, 36);
        if (power < 3 || power > 28) {
            throw new CrsException(file, "power " + power + " is not in [3, 28]");
        }
        return power;
    }

    /** Files prepared for phase 2 hold one block more than needed here; it is left alone. */
    private static @Nullable G1Points lagrange(Path file, @Nullable MemorySegment section, int power)
            throws CrsException {
        if (section == null) {
            return null;
        }
        long needed = ((2L << power) - 1) * G1Points.POINT_BYTES;
        long more = ((4L << power) - 1) * G1Points.POINT_BYTES;
        if (section.byteSize() != needed && section.byteSize() != more) {
            throw new CrsException(
                    file, "section " + LAGRANGE_G1 + " has " + section.byteSize() + " bytes, not " + needed);
        }
        return G1Points.over(section.asSlice(0, needed));
    }

    private static MemorySegment section(Path file, SectionReader reader, int id) throws CrsException {
        MemorySegment section = reader.find(id);
        if (section == null) {
            throw new CrsException(file, "section " + id + " is missing");
        }
        return section;
    }

    private static void requireSize(Path file, int id, MemorySegment section, long size) throws CrsException {
        if (section.byteSize() != size) {
            throw new CrsException(file, "section " + id + " has " + section.byteSize() + " bytes, not " + size);
        }
    }

    private static G2 g2(Path file, MemorySegment section, long offset) throws CrsException {
        long[] limbs = new long[16];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = section.get(SectionReader.LONG, offset + 8L * i);
        }
        for (int i = 0; i < limbs.length; i += 4) {
            if (!PrimeField.FQ.isCanonical(limbs, i)) {
                throw new CrsException(file, "a G2 coordinate is not below the modulus");
            }
        }
        G2 point =
                new G2(new Fq2(Fq.load(limbs, 0), Fq.load(limbs, 4)), new Fq2(Fq.load(limbs, 8), Fq.load(limbs, 12)));
        if (!point.isInSubgroup()) {
            throw new CrsException(file, "a G2 point is not in the group of order r");
        }
        return point;
    }
}
