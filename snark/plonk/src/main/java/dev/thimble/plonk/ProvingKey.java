package dev.thimble.plonk;

import dev.thimble.plonkverifier.MalformedException;
import dev.thimble.plonkverifier.VerificationKey;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What the prover needs of a circuit, mapped from a file: which signal stands on each wire, and the eight fixed polynomials as coefficients and as
 * values on the four cosets of the quotient, the permutation's also on the domain. 43 vectors of n field elements: 1.4 GB at n = 2^20. The system's
 * file cache keeps what fits; nothing of it is on the heap.
 *
 * <p>Made by {@link PlonkSetup}. The prover checks each proof with the verification key inside, so a damaged file can spoil a proof but not
 * make a wrong one pass.
 */
public final class ProvingKey {
    /** The fixed polynomials in the order of the file. */
    enum Fixed {
        QM(0),
        QL(1),
        QR(2),
        QO(3),
        QC(4),
        S1(5),
        S2(6),
        S3(7);

        final int index;

        Fixed(int index) {
            this.index = index;
        }
    }

    static final String MAGIC = "thpk";
    static final int VERSION = 1;
    static final int COSETS = 4;
    static final int HEADER_SECTION = 1;
    static final int KEY_SECTION = 2;
    static final int WIRES_SECTION = 3;
    static final int DOMAIN_SECTION = 4;
    static final int FIXED_SECTION = 16;

    private final VerificationKey verificationKey;
    private final String circuitDigest;
    private final int signals;
    private final MemorySegment wires;
    private final MemorySegment onDomain;
    private final MemorySegment[] fixed = new MemorySegment[Fixed.values().length];

    private ProvingKey(Path file, SectionReader reader) throws IOException {
        MemorySegment header = section(file, reader, HEADER_SECTION, 36);
        signals = header.get(SectionReader.INT, 0);
        circuitDigest = HexFormat.of().formatHex(header.asSlice(4, 32).toArray(ValueLayout.JAVA_BYTE));
        MemorySegment json = section(file, reader, KEY_SECTION, -1);
        try {
            verificationKey =
                    VerificationKey.fromJson(new String(json.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            throw new IOException(
                    file + ": its verification key is damaged, run the setup again: " + e.getMessage(), e);
        }
        long rows = 1L << verificationKey.power();
        wires = section(file, reader, WIRES_SECTION, 12 * rows);
        onDomain = section(file, reader, DOMAIN_SECTION, 3 * 32 * rows);
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = section(file, reader, FIXED_SECTION + i, (1 + COSETS) * 32 * rows);
        }
    }

    private static MemorySegment section(Path file, SectionReader reader, int id, long size) throws IOException {
        MemorySegment section = reader.find(id);
        if (section == null || (size >= 0 && section.byteSize() != size)) {
            throw new IOException(file + ": section " + id + " is missing or damaged, run the setup again");
        }
        return section;
    }

    /**
     * Maps a key file.
     *
     * @throws IOException if it cannot be read, is not a key of this version, or is damaged; the message says what to do
     */
    public static ProvingKey open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such proving key, run the setup");
        }
        MemorySegment all = SectionReader.map(file);
        byte[] magic = all.asSlice(0, Math.min(4, all.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        if (!MAGIC.equals(new String(magic, StandardCharsets.US_ASCII))
                || all.byteSize() < 12
                || all.get(SectionReader.INT, 4) != VERSION) {
            throw new IOException(file + ": not a proving key of version " + VERSION + ", run the setup again");
        }
        try {
            return new ProvingKey(file, new SectionReader(file, all));
        } catch (CrsException e) {
            throw new IOException(e.getMessage() + ", run the setup again", e);
        }
    }

    /** The key to verify proofs with. */
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** SHA-256 of the circuit, hex; equal to that of {@link PlonkCircuit#digest()}. */
    public String circuitDigest() {
        return circuitDigest;
    }

    /** Number of signals of a witness. */
    public int signals() {
        return signals;
    }

    int rows() {
        return 1 << verificationKey.power();
    }

    /** The values of a column of wires, from a witness. */
    long[] wireValues(int column, Witness witness) {
        int rows = rows();
        long[] values = new long[4 * rows];
        long[] limbs = witness.limbs();
        long start = 4L * column * rows;
        for (int i = 0; i < rows; i++) {
            int signal = wires.get(SectionReader.INT, start + 4L * i);
            System.arraycopy(limbs, 4 * signal, values, 4 * i, 4);
        }
        return values;
    }

    /** Copies values of Sⱼ on the domain, j = 0, 1, 2. */
    void loadSigma(int column, int from, int count, long[] target) {
        long start = ((long) column * rows() + from) * 32;
        MemorySegment.copy(onDomain, SectionReader.LONG, start, target, 0, 4 * count);
    }

    /** Copies coefficients of a fixed polynomial. */
    void loadCoefficients(Fixed polynomial, int from, int count, long[] target) {
        MemorySegment.copy(fixed[polynomial.index], SectionReader.LONG, 32L * from, target, 0, 4 * count);
    }

    /** Copies values of a fixed polynomial on one of the four cosets. */
    void loadCoset(Fixed polynomial, int coset, int from, int count, long[] target, int offset) {
        long start = 32L * ((1L + coset) * rows() + from);
        MemorySegment.copy(fixed[polynomial.index], SectionReader.LONG, start, target, offset, 4 * count);
    }
}
