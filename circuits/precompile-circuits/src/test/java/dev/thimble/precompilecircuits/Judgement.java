package dev.thimble.precompilecircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.BusChecker;
import dev.thimble.air.Column;
import dev.thimble.air.Constraint;
import dev.thimble.air.Interaction;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What rejects a trace inside its instance: constraints that fail, and look-ups of values that are not in the table. */
final class Judgement {
    private static final Pattern SEEN = Pattern.compile(".* row (\\d+) '(.*)'");

    /** A constraint or a look-up that rejects a row. */
    record Finding(int row, String name) {}

    private Judgement() {}

    /** All findings. The attacker chooses multiplicities: they are first set to what the look-ups ask for. */
    static List<Finding> of(AirProgram program, @Nullable LimbTable table, Trace trace) {
        List<Finding> findings = new ArrayList<>();
        for (RowChecker.Failure failure : RowChecker.check(program, trace, new int[0], Integer.MAX_VALUE)) {
            findings.add(new Finding(failure.row(), failure.constraint()));
        }
        for (BusChecker.Unbalanced unbalanced : BusChecker.local(program, trace, new int[0])) {
            List<Integer> tuple = unbalanced.tuple();
            int at = table == null ? -1 : table.position(tuple.get(0), tuple.get(1), tuple.get(2));
            if (at < 0) {
                unbalanced.seenAt().forEach(seen -> findings.add(finding(seen)));
            } else {
                balance(program, trace, at, unbalanced.net());
            }
        }
        return findings;
    }

    /** The names of all findings, each once. */
    static Set<String> names(AirProgram program, @Nullable LimbTable table, Trace trace) {
        Set<String> names = new TreeSet<>();
        of(program, table, trace).forEach(finding -> names.add(finding.name));
        return names;
    }

    private static void balance(AirProgram program, Trace trace, int at, int net) {
        String name = "table" + at / trace.height() + ".multiplicity";
        Column column = program.columns().getOrDefault(Stage.MAIN, List.of()).stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        int row = at % trace.height();
        trace.set(column, row, (long) trace.get(column, row) - net + KoalaBear.P);
    }

    private static Finding finding(String seen) {
        Matcher matcher = SEEN.matcher(seen);
        if (!matcher.matches()) {
            throw new AssertionError("no row in " + seen);
        }
        return new Finding(Integer.parseInt(matcher.group(1)), matcher.group(2));
    }

    /** Whether only the constraints reject that messages add to their selectors. */
    static boolean onlySelectors(AirProgram program, @Nullable LimbTable table, Trace trace) {
        Set<String> names = names(program, table, trace);
        return !names.isEmpty() && names.stream().allMatch(name -> name.startsWith("selector of "));
    }

    /** All constraints of an author, without those that a message adds to its selector, and all look-ups. */
    static Set<String> everything(AirProgram program) {
        Set<String> names = new TreeSet<>();
        for (Constraint constraint : program.constraints().subList(0, program.authored())) {
            if (!constraint.name().startsWith("selector of ")) {
                names.add(constraint.name());
            }
        }
        for (Interaction interaction : program.interactions()) {
            if (interaction.bus().equals(LimbTable.TABLE) && interaction.sign() < 0) {
                names.add(interaction.name());
            }
        }
        return names;
    }
}
