package dev.thimble.air;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks the author's constraints of a circuit row by row and names what fails. Messages are the business of
 * {@link BusChecker}; both together accept exactly the traces that a proof of the circuit accepts, up to the soundness
 * error of LogUp.
 */
public final class RowChecker {
    /** A constraint that does not hold on a row. */
    public record Failure(String circuit, String constraint, int row) {
        @Override
        public String toString() {
            return circuit + ": '" + constraint + "' fails on row " + row;
        }
    }

    private RowChecker() {}

    /** All failures, by row, at most {@code limit}. */
    public static List<Failure> check(AirProgram program, Trace trace, int[] publicInputs, int limit) {
        BaseRow reader = new BaseRow(program, trace, publicInputs);
        List<Constraint> authored = program.constraints().subList(0, program.authored());
        List<Failure> failures = new ArrayList<>();
        for (int row = 0; row < trace.height() && failures.size() < limit; row++) {
            reader.evaluate(row);
            for (Constraint constraint : authored) {
                if (holdsOn(constraint.domain(), row, trace.height()) && reader.value(constraint.node()) != 0) {
                    failures.add(new Failure(program.name(), constraint.name(), row));
                }
            }
        }
        return failures;
    }

    /** As {@link #check(AirProgram, Trace, int[], int)} for a circuit without public inputs. */
    public static List<Failure> check(AirProgram program, Trace trace) {
        return check(program, trace, new int[0], 100);
    }

    private static boolean holdsOn(Domain domain, int row, int height) {
        return switch (domain) {
            case ALL -> true;
            case FIRST -> row == 0;
            case LAST -> row == height - 1;
            case TRANSITION -> row < height - 1;
        };
    }
}
