package dev.thimble.cli.proving;

import dev.thimble.air.AirProgram;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.fri.Regime;
import dev.thimble.fri.Soundness;
import dev.thimble.fri.SoundnessReport;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkverifier.ProofShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code security}: every error term of every circuit, with the parameters it follows from. */
@Command(name = "security", description = "Print the proven security of every circuit; 1 if below the target.")
public final class SecurityCommand implements Task {
    private static final String LAYER = "basic_circuits";
    private static final String ASSUMPTION =
            "assumed: Poseidon2 (width 16, 8+20 rounds) behaves as a random oracle and is collision resistant";

    /** One error term. */
    record TermReport(String name, double bits, int grinding, String theorem) {}

    /** Committed base columns per stage. */
    record ColumnsReport(int preprocessed, int shared, int main, int lookup, int quotient) {}

    /** One circuit in one profile; {@code bits} is −log₂ of the sum of all its errors. */
    record LayerReport(
            String layer,
            String circuit,
            String profile,
            int height,
            ColumnsReport columns,
            int interactions,
            int constraints,
            int degree,
            int batchedFunctions,
            int blowup,
            int queries,
            int foldingFactor,
            int finalPolynomial,
            String regime,
            String theorem,
            double challengeFieldBits,
            List<TermReport> terms,
            double bits) {}

    /** Everything. */
    record Report(
            double target,
            double minimumBits,
            List<LayerReport> layers,
            GlobalBusSoundness globalBus,
            List<String> assumptions) {}

    @Option(names = "--profile", paramLabel = "test|laptop|server", description = "One profile; default: all.")
    private @Nullable String profile;

    @Override
    public Outcome run(Context context) {
        var layers = new ArrayList<LayerReport>();
        var all = new ArrayList<AirProgram>();
        for (var chosen : profiles(context)) {
            var circuits = BasicCircuits.programs(chosen).values();
            circuits.forEach(circuit -> layers.add(layer(circuit, chosen)));
            all.addAll(circuits);
        }
        var bus = GlobalBusSoundness.of(all);
        double circuits = layers.stream().mapToDouble(LayerReport::bits).min().orElseThrow();
        double minimum = Math.min(circuits, bus.bits());
        var report = new Report(Soundness.TARGET_BITS, minimum, layers, bus, List.of(ASSUMPTION));
        var code = minimum >= Soundness.TARGET_BITS ? ExitCode.DONE : ExitCode.NEGATIVE;
        return new Outcome(code, report, text(report));
    }

    private List<Profile> profiles(Context context) {
        if (profile == null) {
            return List.of(Profile.values());
        }
        var settings = context.settings().withFlag(Setting.PROFILE, profile);
        return List.of(Profile.of(settings.value(Setting.PROFILE).text()));
    }

    private static LayerReport layer(AirProgram circuit, Profile profile) {
        var soundness = new ProofShape(circuit, profile.parameters()).soundness();
        var parameters = soundness.parameters();
        var shape = soundness.shape();
        return new LayerReport(
                LAYER,
                soundness.circuit(),
                profile.id(),
                circuit.height(),
                columns(soundness.columns()),
                shape.slotsPerRow(),
                shape.constraints(),
                shape.degree(),
                shape.batchedFunctions(),
                1 << parameters.logBlowup(),
                parameters.queries(),
                1 << parameters.logArity(),
                1 << parameters.logFinalPolynomial(),
                regime(parameters.regime()),
                soundness.theorem(),
                Soundness.CHALLENGE_FIELD_BITS,
                soundness.terms().stream()
                        .map(term -> new TermReport(term.name(), term.bits(), term.grinding(), term.theorem()))
                        .toList(),
                soundness.sumBits());
    }

    private static ColumnsReport columns(SoundnessReport.Columns columns) {
        return new ColumnsReport(
                columns.preprocessed(), columns.shared(), columns.main(), columns.lookup(), columns.quotient());
    }

    private static String regime(Regime regime) {
        return switch (regime) {
            case Regime.UniqueDecoding ignored -> "unique decoding";
            case Regime.Johnson(int multiplicity) -> "Johnson m=" + multiplicity;
        };
    }

    private static String text(Report report) {
        var text = new StringBuilder();
        for (var layer : report.layers()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %s: %d rows, %d queries, blow-up %d, %s: %.2f bits%n",
                    layer.circuit(),
                    layer.profile(),
                    layer.height(),
                    layer.queries(),
                    layer.blowup(),
                    layer.regime(),
                    layer.bits()));
            for (var term : layer.terms()) {
                text.append(String.format(
                        Locale.ROOT,
                        "    %-14s %7.2f bits (%2d grinding)  %s%n",
                        term.name(),
                        term.bits(),
                        term.grinding(),
                        term.theorem()));
            }
        }
        var bus = report.globalBus();
        text.append(String.format(
                Locale.ROOT,
                "global bus: %.2f bits (%d grinding), below %d messages, at most %d instances of the largest circuit%n",
                bus.bits(),
                bus.grinding(),
                bus.maxMessages(),
                bus.maxInstances()));
        report.assumptions().forEach(line -> text.append(line).append(String.format(Locale.ROOT, "%n")));
        return text.append(String.format(
                        Locale.ROOT, "minimum %.2f bits, target %.0f", report.minimumBits(), report.target()))
                .toString();
    }
}
