package dev.thimble.plonk;

import dev.thimble.bn254.Fq;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.G2;
import dev.thimble.plonkverifier.PublicCeremony;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A universal common reference string: [1]₁, [τ]₁, [τ²]₁ … and [τ]₂, where nobody may know τ. Opening checks form and sizes;
 * {@link CrsCheck} checks that the points are what they claim.
 *
 * @param file where it was read
 * @param kind how far it can be trusted
 * @param power circuits of up to 2^power rows fit, with their blinding rows
 * @param monomial [τⁱ]₁
 * @param lagrangeBlocks the Lagrange bases of sizes 1, 2, 4 … 2^power one after another, or null
 * @param tau [τ]₂
 * @param sha256 of the file
 */
public record Crs(
        Path file,
        CrsKind kind,
        int power,
        G1Points monomial,
        @Nullable G1Points lagrangeBlocks,
        G2 tau,
        String sha256) {

    /** Points beyond 2^power that a blinded proof needs. */
    static final int EXTRA_POINTS = 6;

    /**
     * Opens a snarkjs .ptau file or a ZKsync setup_2^k.key file, told apart by content.
     *
     * @throws CrsException if it is neither, is truncated, does not start with the generators, or [τ]₂ is not in G2
     * @throws IOException if it cannot be read
     */
    public static Crs open(Path file) throws IOException, CrsException {
        if (!Files.isRegularFile(file)) {
            throw new CrsException(file, "no such file");
        }
        MemorySegment all = SectionReader.map(file);
        Crs crs = PtauFile.isPtau(all) ? PtauFile.read(file, all) : SetupKeyFile.read(file, all);
        if (!crs.monomial.get(0).equals(G1.GENERATOR)) {
            throw new CrsException(file, "its first G1 point is not the generator");
        }
        return crs;
    }

    /** CEREMONY if this is the [τ]₂ of a known ceremony, else UNKNOWN. */
    static CrsKind kindOf(G2 tau) {
        return PublicCeremony.of(tau).isPresent() ? CrsKind.CEREMONY : CrsKind.UNKNOWN;
    }

    /**
     * Refuses what production must not use.
     *
     * @param pinned [τ]₂.x.c0 of strings the operator vouches for
     * @throws CrsException for a development string always, and for an unknown one unless pinned
     */
    public void requireProduction(Set<Fq> pinned) throws CrsException {
        if (kind == CrsKind.DEVELOPMENT) {
            throw new CrsException(
                    file, "a development string, anyone with its seed forges proofs; production refuses it");
        }
        if (kind == CrsKind.UNKNOWN && !pinned.contains(tau.x().c0())) {
            throw new CrsException(
                    file,
                    "not of a known ceremony; pin its [tau]_2 (x.c0 = "
                            + tau.x().c0() + ") if you vouch for it");
        }
    }

    /** The Lagrange basis of size 2^logSize, if the file has it. */
    @Nullable
    G1Points lagrange(int logSize) {
        if (lagrangeBlocks == null || logSize > power) {
            return null;
        }
        long start = (1L << logSize) - 1;
        return lagrangeBlocks.slice(start, start + (1L << logSize));
    }

    /** The first {@code count} powers. */
    G1Points monomial(long count) {
        return monomial.slice(0, count);
    }

    static String sha256(MemorySegment all) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            int slice = 1 << 26;
            for (long at = 0; at < all.byteSize(); at += slice) {
                digest.update(
                        all.asSlice(at, Math.min(slice, all.byteSize() - at)).asByteBuffer());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
