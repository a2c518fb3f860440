package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.PrimeField;
import dev.thimble.plonk.PlonkCircuit.Selector;
import dev.thimble.plonkverifier.VerificationKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Exports for snarkjs: a circuit as .r1cs, a witness as .wtns, a verification key as .zkey of its header alone. With the first two, snarkjs makes
 * its own setup and proof; the last is enough for its exports of key and Solidity verifier. Formats: iden3 r1csfile, circom's wtns
 * version 2, snarkjs zkey_utils.
 */
public final class SnarkjsFiles {
    private SnarkjsFiles() {}

    /** Every gate as one constraint A·B = C from which snarkjs' PLONK setup makes exactly this gate again. */
    public static void writeR1cs(PlonkCircuit circuit, Path file) throws IOException {
        int constraints = circuit.gates() - circuit.publicInputs();
        try (SectionWriter writer = new SectionWriter(file, "r1cs", 1, 3)) {
            writer.begin(1);
            writer.int32(32).plain(PrimeField.FR.modulus()).int32(circuit.signals());
            writer.int32(0).int32(circuit.publicInputs()).int32(circuit.signals() - 1 - circuit.publicInputs());
            writer.int64(circuit.signals()).int32(constraints);
            writer.end();
            writer.begin(2);
            for (int gate = circuit.publicInputs(); gate < circuit.gates(); gate++) {
                writeConstraint(writer, circuit, gate);
            }
            writer.end();
            writer.begin(3);
            for (int signal = 0; signal < circuit.signals(); signal++) {
                writer.int64(signal);
            }
            writer.end();
            writer.finish();
        }
    }

    /** (qM·a + qR)·(b + qL/qM) = -qO·c + qL·qR/qM - qC, or 0·0 = qL·a + qR·b + qO·c + qC. */
    private static void writeConstraint(SectionWriter writer, PlonkCircuit circuit, int gate) throws IOException {
        Fr qm = circuit.selector(Selector.QM, gate);
        Fr ql = circuit.selector(Selector.QL, gate);
        Fr qr = circuit.selector(Selector.QR, gate);
        Fr qo = circuit.selector(Selector.QO, gate);
        Fr qc = circuit.selector(Selector.QC, gate);
        int a = circuit.signal(0, gate);
        int b = circuit.signal(1, gate);
        int c = circuit.signal(2, gate);
        if (qm.isZero()) {
            writer.int32(0).int32(0);
            writeCombination(writer, qc, new int[] {a, b, c}, ql, qr, qo);
            return;
        }
        Fr shift = ql.mul(qm.inverse());
        writeCombination(writer, qr, new int[] {a}, qm);
        writeCombination(writer, shift, new int[] {b}, Fr.ONE);
        writeCombination(writer, shift.mul(qr).sub(qc), new int[] {c}, qo.negate());
    }

    private static void writeCombination(SectionWriter writer, Fr constant, int[] signals, Fr... coefficients)
            throws IOException {
        int terms = constant.isZero() ? 0 : 1;
        for (Fr coefficient : coefficients) {
            terms += coefficient.isZero() ? 0 : 1;
        }
        writer.int32(terms);
        if (!constant.isZero()) {
            writer.int32(0).plain(constant);
        }
        for (int i = 0; i < signals.length; i++) {
            if (!coefficients[i].isZero()) {
                writer.int32(signals[i]).plain(coefficients[i]);
            }
        }
    }

    /** The witness; signal 0 is written as 1, the constant of R1CS. */
    public static void writeWtns(Witness witness, Path file) throws IOException {
        try (SectionWriter writer = new SectionWriter(file, "wtns", 2, 2)) {
            writer.begin(1);
            writer.int32(32).plain(PrimeField.FR.modulus()).int32(witness.size());
            writer.end();
            writer.begin(2);
            writer.plain(Fr.ONE);
            for (int signal = 1; signal < witness.size(); signal++) {
                writer.plain(witness.get(signal));
            }
            writer.end();
            writer.finish();
        }
    }

    /** A .zkey of sections 1 and 2 only. */
    public static void writeHeaderZkey(VerificationKey key, PlonkCircuit circuit, Path file) throws IOException {
        try (SectionWriter writer = new SectionWriter(file, "zkey", 1, 2)) {
            writer.begin(1);
            writer.int32(2);
            writer.end();
            writer.begin(2);
            writer.int32(32).plain(PrimeField.FQ.modulus()).int32(32).plain(PrimeField.FR.modulus());
            writer.int32(circuit.signals()).int32(key.publicInputs()).int32(1 << key.power());
            writer.int32(0).int32(circuit.gates());
            writer.montgomery(key.k1()).montgomery(key.k2());
            for (G1 point : List.of(key.qm(), key.ql(), key.qr(), key.qo(), key.qc(), key.s1(), key.s2(), key.s3())) {
                writer.montgomery(point);
            }
            writer.montgomery(key.tau());
            writer.end();
            writer.finish();
        }
    }
}
