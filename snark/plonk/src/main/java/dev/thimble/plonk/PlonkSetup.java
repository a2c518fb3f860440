package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonk.PlonkCircuit.Selector;
import dev.thimble.plonk.ProvingKey.Fixed;
import dev.thimble.plonkverifier.VerificationKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Makes the keys of a circuit from a universal common reference string. Deterministic: no secret, no randomness; anyone with circuit and string gets the
 * same bytes, and so does snarkjs for the verification key.
 */
public final class PlonkSetup {
    private final PlonkCircuit circuit;
    private final Crs crs;
    private final Parallel parallel;
    private final Progress progress;
    private final Fft fft;
    private final Cosets cosets;
    private final Committer committer;

    /**
     * @throws IllegalArgumentException if the circuit has more rows than the string allows
     */
    public PlonkSetup(PlonkCircuit circuit, Crs crs, Parallel parallel, Progress progress) {
        this.circuit = circuit;
        this.crs = crs;
        this.parallel = parallel;
        this.progress = progress;
        this.committer = new Committer(crs, circuit.power(), parallel);
        this.fft = new Fft(circuit.power(), parallel);
        this.cosets = new Cosets(fft, circuit.power(), parallel);
    }

    /** Writes the proving key, which holds the verification key, and opens it. */
    public ProvingKey writeProvingKey(Path file) throws IOException {
        int sections = 4 + Fixed.values().length;
        Permutation permutation = new Permutation(circuit);
        try (SectionWriter writer = new SectionWriter(file, ProvingKey.MAGIC, ProvingKey.VERSION, sections)) {
            writer.begin(ProvingKey.HEADER_SECTION);
            writer.int32(circuit.signals()).bytes(circuit.digest());
            writer.end();
            writeWires(writer);
            writeDomain(writer, permutation);
            G1[] commitments = new G1[Fixed.values().length];
            for (Fixed polynomial : Fixed.values()) {
                progress.report("setup " + polynomial, (double) polynomial.index / commitments.length);
                commitments[polynomial.index] = writeFixed(writer, polynomial, permutation);
            }
            writer.begin(ProvingKey.KEY_SECTION);
            writer.bytes(verificationKey(commitments).toJson().getBytes(StandardCharsets.UTF_8));
            writer.end();
            writer.finish();
        }
        return ProvingKey.open(file);
    }

    /** The verification key alone. */
    public VerificationKey verificationKey() {
        Permutation permutation = new Permutation(circuit);
        G1[] commitments = new G1[Fixed.values().length];
        for (Fixed polynomial : Fixed.values()) {
            progress.report("setup " + polynomial, (double) polynomial.index / commitments.length);
            long[] values = values(polynomial, permutation);
            commitments[polynomial.index] = committer.commit(values, coefficients(values));
        }
        return verificationKey(commitments);
    }

    private VerificationKey verificationKey(G1[] c) {
        return new VerificationKey(
                circuit.publicInputs(),
                circuit.power(),
                VerificationKey.K1,
                VerificationKey.K2,
                c[0],
                c[1],
                c[2],
                c[3],
                c[4],
                c[5],
                c[6],
                c[7],
                crs.tau());
    }

    private void writeWires(SectionWriter writer) throws IOException {
        writer.begin(ProvingKey.WIRES_SECTION);
        for (int column = 0; column < 3; column++) {
            for (int row = 0; row < fft.size(); row++) {
                writer.int32(row < circuit.gates() ? circuit.signal(column, row) : 0);
            }
        }
        writer.end();
    }

    private void writeDomain(SectionWriter writer, Permutation permutation) throws IOException {
        writer.begin(ProvingKey.DOMAIN_SECTION);
        for (int column = 0; column < 3; column++) {
            writeVector(writer, permutation.values(column, parallel));
        }
        writer.end();
    }

    private G1 writeFixed(SectionWriter writer, Fixed polynomial, Permutation permutation) throws IOException {
        long[] values = values(polynomial, permutation);
        long[] coefficients = coefficients(values);
        writer.begin(ProvingKey.FIXED_SECTION + polynomial.index);
        writeVector(writer, coefficients);
        for (int coset = 0; coset < ProvingKey.COSETS; coset++) {
            writeVector(writer, cosets.evaluate(coefficients, coset));
        }
        writer.end();
        return committer.commit(values, coefficients);
    }

    private long[] coefficients(long[] values) {
        long[] coefficients = values.clone();
        fft.inverse(coefficients);
        return coefficients;
    }

    private long[] values(Fixed polynomial, Permutation permutation) {
        return switch (polynomial) {
            case QM -> selectorValues(Selector.QM);
            case QL -> selectorValues(Selector.QL);
            case QR -> selectorValues(Selector.QR);
            case QO -> selectorValues(Selector.QO);
            case QC -> selectorValues(Selector.QC);
            case S1 -> permutation.values(0, parallel);
            case S2 -> permutation.values(1, parallel);
            case S3 -> permutation.values(2, parallel);
        };
    }

    private long[] selectorValues(Selector selector) {
        long[] values = new long[4 * fft.size()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            circuit.loadSelector(selector, gate, values, 4 * gate);
        }
        return values;
    }

    private static void writeVector(SectionWriter writer, long[] vector) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(8L * vector.length, 8);
            MemorySegment.copy(vector, 0, copy, SectionReader.LONG, 0, vector.length);
            writer.memory(copy);
        }
    }
}
