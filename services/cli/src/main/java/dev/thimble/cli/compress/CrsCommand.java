package dev.thimble.cli.compress;

import dev.thimble.bn254.Parallel;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.plonk.Crs;
import dev.thimble.plonk.CrsCheck;
import dev.thimble.plonk.CrsException;
import dev.thimble.plonk.DevelopmentCrs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crs check|make}: the common reference string of the final SNARK. */
@Command(
        name = "crs",
        description = "Check a common reference string, or make one for development.",
        subcommands = {CrsCommand.Check.class, CrsCommand.Make.class})
public final class CrsCommand {
    /**
     * A string.
     *
     * @param kind ceremony, unknown or development
     * @param power circuits of up to 2^power rows fit
     * @param points G1 points
     * @param lagrange whether it holds Lagrange bases
     * @param tau x.c0 of its [tau]_2: what to pin to vouch for an unknown one
     * @param accepted whether this mode may use it
     */
    record Report(
            String file,
            String kind,
            int power,
            long points,
            boolean lagrange,
            String tau,
            String sha256,
            boolean accepted,
            double seconds) {

        static Report of(Crs crs, boolean accepted, double seconds) {
            return new Report(
                    crs.file().toString(),
                    crs.kind().name().toLowerCase(Locale.ROOT),
                    crs.power(),
                    crs.monomial().size(),
                    crs.lagrangeBlocks() != null,
                    crs.tau().x().c0().toString(),
                    "0x" + crs.sha256(),
                    accepted,
                    seconds);
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "kind     %s%npower    %d (%,d points)%nsha256   %s%ntau      %s%nchecked  every point, in %.1f s",
                    kind,
                    power,
                    points,
                    sha256,
                    tau,
                    seconds);
        }
    }

    /** {@code crs check FILE}. */
    @Command(name = "check", description = "Check every point of a .ptau or setup_2^k.key file.")
    static final class Check implements Task {
        @Parameters(paramLabel = "FILE", description = ".ptau or setup_2^k.key")
        private Path file = Path.of("");

        @Option(names = "--threads", paramLabel = "N", description = "Threads; default: one per processor.")
        private String threads = "";

        @Override
        public Outcome run(Context context) throws IOException {
            try (var progress = context.terminal().progress();
                    var parallel = new Parallel(threads(context, threads))) {
                long start = System.nanoTime();
                var crs = Crs.open(file);
                boolean production = isProduction(context);
                if (production) {
                    crs.requireProduction(Set.of());
                }
                progress.step("checking " + crs.monomial().size() + " points");
                var random = new SecureRandom();
                new CrsCheck(crs, parallel, () -> new BigInteger(128, random)).run();
                var report = Report.of(crs, true, (System.nanoTime() - start) * 1e-9);
                return Outcome.done(report, report.text());
            } catch (CrsException e) {
                throw refused(e);
            }
        }
    }

    /** {@code crs make --power K --seed S --out F}. */
    @Command(name = "make", description = "Make a development string: whoever has the seed can forge proofs.")
    static final class Make implements Task {
        @Option(names = "--power", required = true, paramLabel = "K", description = "2^K rows fit; 3 to 24.")
        private int power;

        @Option(names = "--seed", required = true, paramLabel = "S", description = "Any text.")
        private String seed = "";

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .ptau file.")
        private Path out = Path.of("");

        @Option(names = "--threads", paramLabel = "N", description = "Threads; default: one per processor.")
        private String threads = "";

        @Override
        public Outcome run(Context context) throws IOException {
            if (power < 3 || power > 24) {
                throw CommandFailure.usage("--power " + power + " is not 3 to 24", "");
            }
            if (isProduction(context)) {
                throw CommandFailure.environment(
                        "DEVELOPMENT_CRS",
                        "a development string has no place in production",
                        "Use a string of a public ceremony, for example powersOfTau28_hez_final.");
            }
            if (Files.exists(out)) {
                throw CommandFailure.environment(
                        "OUTPUT_EXISTS", out + " exists already", "Choose another --out, or remove it first.");
            }
            try (var progress = context.terminal().progress();
                    var parallel = new Parallel(threads(context, threads))) {
                progress.step("making 2^" + (power + 2) + " points");
                long start = System.nanoTime();
                DevelopmentCrs.make(power, seed, out, parallel);
                var report = Report.of(Crs.open(out), true, (System.nanoTime() - start) * 1e-9);
                return Outcome.done(
                        report,
                        report.text().lines().limit(4).reduce("", (a, b) -> a + b + "\n")
                                + "for development only: whoever has the seed can forge proofs");
            } catch (CrsException e) {
                throw refused(e);
            }
        }
    }

    private static int threads(Context context, String flag) {
        var settings = flag.isEmpty() ? context.settings() : context.settings().withFlag(Setting.THREADS, flag);
        var text = settings.value(Setting.THREADS).text();
        return text.isEmpty() ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(text);
    }

    private static boolean isProduction(Context context) {
        return context.settings().value(Setting.PRODUCTION).text().equals("true");
    }

    private static CommandFailure refused(CrsException e) {
        return CommandFailure.environment(
                "CRS_REFUSED",
                String.valueOf(e.getMessage()),
                "Take a string of a public ceremony; for development: thimble crs make --power K --seed S --out FILE");
    }
}
