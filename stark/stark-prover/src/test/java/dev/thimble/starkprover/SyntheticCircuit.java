package dev.thimble.starkprover;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A circuit as wide as the main machine: 24 preprocessed, 24 shared and 96 main columns, 48 local and 4 global messages per row,
 * about 450 constraints of degree 3. Its constraints hold for flags, values and products of values.
 */
final class SyntheticCircuit implements Air {
    private static final int FLAGS = 32;
    private static final int VALUES = 40;
    private static final int PRODUCTS = 24;
    private static final Bus LOCAL = Bus.local("local", 1, 4);
    private static final Bus GLOBAL = Bus.global("global", 2, 5);

    private final int logHeight;

    SyntheticCircuit(int logHeight) {
        this.logHeight = logHeight;
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public int logHeight() {
        return logHeight;
    }

    @Override
    public void define(Constraints cs) {
        List<Column> fixed = cs.columns(Stage.PREPROCESSED, "fixed", 24);
        List<Column> shared = cs.columns(Stage.SHARED, "shared", 24);
        List<Column> flags = cs.columns(Stage.MAIN, "flag", FLAGS);
        List<Column> values = cs.columns(Stage.MAIN, "value", VALUES);
        List<Column> products = cs.columns(Stage.MAIN, "product", PRODUCTS);
        flags.forEach(flag -> cs.bool("flag " + flag, flag));
        for (int i = 0; i < 400; i++) {
            Column product = products.get(i % PRODUCTS);
            Column a = values.get(i % PRODUCTS);
            Column b = values.get(i % PRODUCTS + 1);
            Column flag = flags.get(i / PRODUCTS % FLAGS);
            cs.zero("product " + i, flag.times(product.minus(a.times(b))));
        }
        for (int i = 0; i < 24; i++) {
            Column flag = flags.get(i);
            Column a = values.get(i);
            Column b = values.get(i + 1);
            Column f = fixed.get(i);
            cs.give("local " + i, LOCAL, flag, a, b.plus(a), f, products.get(i));
            cs.take("local " + i + " back", LOCAL, flag, a, b.plus(a), f, products.get(i));
        }
        for (int i = 0; i < 4; i++) {
            cs.give(
                    "global " + i,
                    GLOBAL,
                    shared.get(0),
                    shared.get(i),
                    shared.get(i + 4),
                    shared.get(i + 8),
                    fixed.get(i),
                    shared.get(i + 12).next());
        }
    }

    static int[][] preprocessed(AirProgram program) {
        return random(program.width(Stage.PREPROCESSED), program.height(), 1);
    }

    static Trace trace(AirProgram program) {
        Trace trace = new Trace(program).toMontgomery();
        int[][] shared = random(24, program.height(), 2);
        int[][] main = trace.stage(Stage.MAIN);
        int[][] values = random(FLAGS + VALUES, program.height(), 3);
        for (int row = 0; row < program.height(); row++) {
            shared[0][row] = (shared[0][row] & 1) == 0 ? 0 : KoalaBear.ONE;
            for (int i = 0; i < FLAGS; i++) {
                main[i][row] = (values[i][row] & 1) == 0 ? 0 : KoalaBear.ONE;
            }
            for (int i = 0; i < VALUES; i++) {
                main[FLAGS + i][row] = values[FLAGS + i][row];
            }
            for (int i = 0; i < PRODUCTS; i++) {
                main[FLAGS + VALUES + i][row] = KoalaBear.mul(main[FLAGS + i][row], main[FLAGS + i + 1][row]);
            }
        }
        System.arraycopy(shared, 0, trace.stage(Stage.SHARED), 0, shared.length);
        return trace;
    }

    private static int[][] random(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] columns = new int[width][];
        for (int i = 0; i < width; i++) {
            columns[i] = random.ints(height, 0, KoalaBear.P).toArray();
        }
        return columns;
    }
}
