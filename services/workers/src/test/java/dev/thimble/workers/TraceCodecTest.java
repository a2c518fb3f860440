package dev.thimble.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A trace from a vector generator: the very bytes are a trace of the circuit, and everything else is refused. */
class TraceCodecTest {
    private static final int HEADER_WORDS = 5;

    /** Squares: main = shared². */
    private static final class Squares implements Air {
        @Override
        public String name() {
            return "SQUARES";
        }

        @Override
        public int logHeight() {
            return 3;
        }

        @Override
        public void define(Constraints cs) {
            Column root = cs.shared("root");
            Column square = cs.main("square");
            cs.equal("square", square, root.times(root));
        }
    }

    private final AirProgram program = AirProgram.compile(new Squares());

    private byte[] bytes() throws IOException {
        Trace trace = new Trace(program, new int[0][]);
        for (int row = 0; row < program.height(); row++) {
            trace.stage(Stage.SHARED)[0][row] = row;
            trace.stage(Stage.MAIN)[0][row] = row * row;
        }
        var out = new ByteArrayOutputStream();
        TraceCodec.write(trace.toMontgomery(), out);
        return out.toByteArray();
    }

    private Trace read(byte[] bytes) throws IOException {
        return TraceCodec.read(program, new int[0][], new ByteArrayInputStream(bytes));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] bytes = bytes();
        assertThat(bytes).hasSize(4 * (HEADER_WORDS + 2 * program.height()));
        Trace trace = read(bytes);
        assertThat(trace.stage(Stage.MAIN)[0][7]).isEqualTo(KoalaBear.fromCanonical(49));
        var again = new ByteArrayOutputStream();
        TraceCodec.write(trace, again);
        assertThat(again.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void otherLengthsAreRefused() throws IOException {
        byte[] bytes = bytes();
        for (int length = 0; length < bytes.length + 4; length++) {
            byte[] other = Arrays.copyOf(bytes, length);
            if (length != bytes.length) {
                assertThatThrownBy(() -> read(other)).as("length %d", length).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void otherHeadersAndValuesOutsideTheFieldAreRefused() throws IOException {
        int[][] changes = {
            {0, 1},
            {1, 2},
            {2, 16},
            {3, 0},
            {4, 2},
            {4, Integer.MAX_VALUE},
            {HEADER_WORDS, KoalaBear.P},
            {HEADER_WORDS + 8, -1}
        };
        for (int[] change : changes) {
            byte[] other = bytes();
            ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * change[0], change[1]);
            assertThatThrownBy(() -> read(other))
                    .as("word %d = %d", change[0], change[1])
                    .isInstanceOf(IOException.class);
        }
    }
}
