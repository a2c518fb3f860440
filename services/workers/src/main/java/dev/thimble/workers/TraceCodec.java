package dev.thimble.workers;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A trace as it goes from a witness vector generator to a prover: little-endian words magic, version, height, shared width,
 * main width; then the shared and the main columns, column after column, in Montgomery form.
 */
final class TraceCodec {
    private static final int MAGIC = 0x4352_5454;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 20;
    private static final List<Stage> STAGES = List.of(Stage.SHARED, Stage.MAIN);

    private TraceCodec() {}

    static void write(Trace trace, OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(MAGIC).putInt(VERSION).putInt(trace.height());
        STAGES.forEach(stage -> header.putInt(trace.stage(stage).length));
        out.write(header.array());
        ByteBuffer column = ByteBuffer.allocate(4 * trace.height()).order(ByteOrder.LITTLE_ENDIAN);
        for (Stage stage : STAGES) {
            for (int[] values : trace.stage(stage)) {
                column.asIntBuffer().put(values);
                out.write(column.array());
            }
        }
    }

    /**
     * Reads the trace of a circuit.
     *
     * @param preprocessed the circuit's preprocessed columns, which do not travel
     * @throws IOException if the bytes are not a trace of this circuit, or end early
     */
    static Trace read(AirProgram program, int[][] preprocessed, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.readFully(header.array());
        boolean fits = header.getInt() == MAGIC && header.getInt() == VERSION && header.getInt() == program.height();
        for (Stage stage : STAGES) {
            fits &= header.getInt() == program.width(stage);
        }
        if (!fits) {
            throw new IOException("not a trace of " + program.name());
        }
        Trace trace = Trace.inMontgomery(program, preprocessed);
        ByteBuffer column = ByteBuffer.allocate(4 * program.height()).order(ByteOrder.LITTLE_ENDIAN);
        for (Stage stage : STAGES) {
            for (int[] values : trace.stage(stage)) {
                data.readFully(column.array());
                column.asIntBuffer().get(values);
                requireElements(values);
            }
        }
        if (in.read() >= 0) {
            throw new IOException("bytes after the trace");
        }
        return trace;
    }

    private static void requireElements(int[] values) throws IOException {
        for (int value : values) {
            if (!KoalaBear.isCanonical(value)) {
                throw new IOException("a value of the trace is no field element");
            }
        }
    }
}
