package dev.thimble.starkprover;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.Grinding;
import dev.thimble.fri.Regime;
import dev.thimble.hash.HashKernels;
import dev.thimble.starkverifier.Protocol;
import java.util.List;
import java.util.SplittableRandom;

/** Small circuits that together use every part of the proof system. */
final class Circuits {
    /** Full queries, some grinding before every challenge. */
    static final FriParameters PARAMETERS =
            new FriParameters(1, 196, 3, 4, 5, new Grinding(3, 2, 2, 3, List.of(2, 1), 4), Regime.uniqueDecoding());

    static final Engine ENGINE = new Engine(Workers.single(), FieldKernels.scalar(), HashKernels.scalar());

    private Circuits() {}

    /** Given public a₀ and b_last, proves knowledge of a Fibonacci sequence between them. No bus, nothing preprocessed. */
    static final class Fibonacci implements Air {
        private final int logHeight;

        Fibonacci(int logHeight) {
            this.logHeight = logHeight;
        }

        @Override
        public String name() {
            return "fibonacci";
        }

        @Override
        public int logHeight() {
            return logHeight;
        }

        @Override
        public void define(Constraints cs) {
            Column a = cs.main("a");
            Column b = cs.main("b");
            cs.first("a starts at the public value", a.minus(cs.publicInput(0)));
            cs.first("b starts at 1", b.minus(1));
            cs.transition("a moves on", a.next().minus(b));
            cs.transition("b is the sum", b.next().minus(a.plus(b)));
            cs.last("b ends at the public value", b.minus(cs.publicInput(1)));
        }

        static Trace trace(AirProgram program) {
            Trace trace = new Trace(program);
            int[] a = trace.stage(Stage.MAIN)[0];
            int[] b = trace.stage(Stage.MAIN)[1];
            b[0] = 1;
            for (int row = 1; row < a.length; row++) {
                a[row] = b[row - 1];
                b[row] = (int) (((long) a[row - 1] + b[row - 1]) % KoalaBear.P);
            }
            return trace.toMontgomery();
        }
    }

    /**
     * All stages: a preprocessed table, local lookups in it, global messages given and taken by flag, constraints of
     * degree 3 on all domains, next-row reads in every stage.
     */
    static final class Everything implements Air {
        private static final Bus RANGE = Bus.local("range", 1, 1);
        private static final Bus PAIR = Bus.local("pair", 2, 2);
        private static final Bus LINK = Bus.global("link", 3, 2);

        private final int logHeight;

        Everything(int logHeight) {
            this.logHeight = logHeight;
        }

        @Override
        public String name() {
            return "everything";
        }

        @Override
        public int logHeight() {
            return logHeight;
        }

        @Override
        public void define(Constraints cs) {
            Column index = cs.preprocessed("index");
            Column square = cs.preprocessed("square");
            Column given = cs.shared("given");
            Column taken = cs.shared("taken");
            Column value = cs.shared("value");
            Column x = cs.main("x");
            Column y = cs.main("y");
            Column cube = cs.main("cube");
            Column copies = cs.main("copies");
            Column pairCopies = cs.main("pairCopies");
            cs.zero("cube is x³", cube.minus(x.times(x).times(x)));
            cs.transition("table counts up", index.next().minus(index).minus(1));
            cs.first("x starts at 0", x.times(x.plus(1)));
            cs.last("y ends at the public value", y.minus(cs.publicInput(0)));
            cs.transition(
                    "y follows x", y.next().minus(x.next().times(x.next())).times(index.plus(1)));
            cs.zero("given and taken exclude each other", given.times(taken));
            cs.take("x is in the table", RANGE, cs.constant(1), x);
            cs.take("next x is in the table", RANGE, cs.constant(1), x.next());
            cs.give("the table", RANGE, copies, index);
            cs.take("y is the square of x", PAIR, cs.constant(1), x, y);
            cs.give("the squares", PAIR, pairCopies, index, square);
            cs.give("sent", LINK, given, index, value);
            cs.take("received", LINK, taken, index, value);
            cs.give("sent on", LINK, taken.next(), square, value.next());
            cs.take("received on", LINK, given.next(), square, value.next());
        }

        /** A satisfying trace; {@code gives} says whether this instance gives or takes the messages. */
        static Trace trace(AirProgram program, boolean gives, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Trace trace = new Trace(program);
            int height = program.height();
            int[][] preprocessed = preprocessed(program);
            System.arraycopy(preprocessed, 0, trace.stage(Stage.PREPROCESSED), 0, 2);
            int[][] shared = trace.stage(Stage.SHARED);
            int[][] main = trace.stage(Stage.MAIN);
            SplittableRandom values = new SplittableRandom(99);
            for (int row = 0; row < height; row++) {
                shared[0][row] = gives ? 1 : 0;
                shared[1][row] = gives ? 0 : 1;
                shared[2][row] = values.nextInt(KoalaBear.P);
                int x = row == 0 ? 0 : random.nextInt(height);
                main[0][row] = x;
                main[1][row] = x * x;
                main[2][row] = (int) ((long) x * x % KoalaBear.P * x % KoalaBear.P);
                main[3][x] += 2;
                main[4][x] += 1;
            }
            return trace.toMontgomery();
        }

        /** Canonical preprocessed columns. */
        static int[][] preprocessed(AirProgram program) {
            int[][] columns = new int[2][program.height()];
            for (int row = 0; row < program.height(); row++) {
                columns[0][row] = row;
                columns[1][row] = row * row;
            }
            return columns;
        }

        static int lastY(Trace trace) {
            return trace.stage(Stage.MAIN)[1][trace.height() - 1];
        }
    }

    static int[][] toMontgomery(int[][] columns) {
        int[][] result = new int[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            result[i] = columns[i].clone();
            FieldKernels.scalar().toMontgomery(result[i], 0, result[i], 0, result[i].length);
        }
        return result;
    }

    static ProvingKey fibonacciKey(int logHeight) {
        AirProgram program = AirProgram.compile(new Fibonacci(logHeight));
        return ProvingKey.generate(Protocol.V1, 7, program, PARAMETERS, new int[0][], ENGINE);
    }

    static ProvingKey everythingKey(int logHeight) {
        return everythingKey(logHeight, PARAMETERS, ENGINE);
    }

    static ProvingKey everythingKey(int logHeight, FriParameters parameters, Engine engine) {
        AirProgram program = AirProgram.compile(new Everything(logHeight));
        return ProvingKey.generate(
                Protocol.V1, 8, program, parameters, toMontgomery(Everything.preprocessed(program)), engine);
    }
}
