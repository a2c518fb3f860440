package dev.thimble.air;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical encoding of a compiled circuit as field elements: shapes, tape, constraints, messages and lookup layout.
 * Names are left out: renaming a constraint does not change a verification key.
 */
public final class AirEncoding {
    private final List<Integer> words = new ArrayList<>();

    private AirEncoding() {}

    /** Canonical elements in [0, p); two circuits have equal encodings iff a verifier cannot tell them apart. */
    public static int[] encode(AirProgram program) {
        AirEncoding encoding = new AirEncoding();
        encoding.text(program.name());
        encoding.put(program.logHeight());
        for (Stage stage : Stage.values()) {
            encoding.put(program.width(stage));
        }
        encoding.put(program.publicInputs());
        encoding.put(program.maxDegree());
        encoding.tape(program.tape());
        encoding.constraints(program);
        encoding.lookup(program.lookup());
        return encoding.words.stream().mapToInt(Integer::intValue).toArray();
    }

    private void tape(Tape tape) {
        put(tape.size());
        for (int node = 0; node < tape.size(); node++) {
            put(tape.ops()[node].code());
            put(tape.a()[node]);
            put(tape.b()[node]);
        }
    }

    private void constraints(AirProgram program) {
        put(program.constraints().size());
        for (Constraint constraint : program.constraints()) {
            put(constraint.domain().code());
            put(constraint.node());
        }
        put(program.interactions().size());
        for (Interaction interaction : program.interactions()) {
            put(code(interaction.bus().scope()));
            put(interaction.bus().tag());
            put(interaction.sign() > 0 ? 1 : 0);
            put(interaction.multiplicity());
            put(interaction.fingerprint());
        }
    }

    private void lookup(LookupLayout layout) {
        put(layout.helpers().size());
        for (Helper helper : layout.helpers()) {
            put(code(helper.scope()));
            put(helper.interactions().size());
            helper.interactions().forEach(this::put);
        }
        put(layout.localAccumulator() + 1);
        put(layout.globalAccumulator() + 1);
    }

    private static int code(Bus.Scope scope) {
        return scope == Bus.Scope.LOCAL ? 0 : 1;
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes.length);
        for (byte value : bytes) {
            put(value & 0xff);
        }
    }

    private void put(int value) {
        words.add(value);
    }
}
