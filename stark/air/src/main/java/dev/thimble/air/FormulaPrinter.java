package dev.thimble.air;

import dev.thimble.field.KoalaBear;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the author's constraints and messages as formulas, for the book and for reviewers. */
public final class FormulaPrinter {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int ATOM = 3;

    private record Text(String text, int precedence) {
        String in(int context) {
            return precedence < context ? "(" + text + ")" : text;
        }
    }

    private final AirProgram program;
    private final Text[] texts;

    private FormulaPrinter(AirProgram program) {
        this.program = program;
        Tape tape = program.tape();
        this.texts = new Text[tape.size()];
        for (int node = 0; node < tape.size(); node++) {
            if (!tape.extension()[node]) {
                texts[node] = text(tape, node);
            }
        }
    }

    /** One line per constraint and message. */
    public static String print(AirProgram program) {
        FormulaPrinter printer = new FormulaPrinter(program);
        String constraints = program.constraints().subList(0, program.authored()).stream()
                .map(c -> printer.constraint(c) + "\n")
                .collect(Collectors.joining());
        String messages = program.interactions().stream()
                .map(i -> printer.message(i) + "\n")
                .collect(Collectors.joining());
        return constraints + messages;
    }

    private String constraint(Constraint c) {
        String rows = switch (c.domain()) {
            case ALL -> "";
            case FIRST -> "first row: ";
            case LAST -> "last row: ";
            case TRANSITION -> "all rows but the last: ";
        };
        return c.name() + ": " + rows + texts[c.node()].text + " = 0";
    }

    private String message(Interaction i) {
        String tuple = i.tuple().stream().map(node -> texts[node].text).collect(Collectors.joining(", "));
        return i.name() + ": " + (i.sign() > 0 ? "give " : "take ") + i.bus().name() + "(" + tuple + ") × "
                + texts[i.multiplicity()].in(ATOM);
    }

    private Text text(Tape tape, int node) {
        int a = tape.a()[node];
        int b = tape.b()[node];
        return switch (tape.ops()[node]) {
            case CONSTANT -> new Text(constant(a), a > KoalaBear.P / 2 ? SUM : ATOM);
            case PREPROCESSED -> column(Stage.PREPROCESSED, tape, node);
            case SHARED -> column(Stage.SHARED, tape, node);
            case MAIN -> column(Stage.MAIN, tape, node);
            case PUBLIC -> new Text("public[" + a + "]", ATOM);
            case ADD -> new Text(texts[a].in(SUM) + " + " + texts[b].in(SUM), SUM);
            case SUB -> new Text(texts[a].in(SUM) + " − " + texts[b].in(PRODUCT), SUM);
            case MUL -> new Text(texts[a].in(PRODUCT) + "·" + texts[b].in(PRODUCT), PRODUCT);
            case LOOKUP, CHALLENGE -> throw new IllegalStateException("extension leaf");
        };
    }

    private Text column(Stage stage, Tape tape, int node) {
        Column column = program.columns().getOrDefault(stage, List.of()).get(tape.columnIndex(node));
        return new Text(column.name() + (tape.rotation(node) == 1 ? "'" : ""), ATOM);
    }

    private static String constant(int value) {
        return String.valueOf(value > KoalaBear.P / 2 ? value - KoalaBear.P : value);
    }
}
