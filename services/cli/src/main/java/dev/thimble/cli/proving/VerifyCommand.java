package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.MissingCommand;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscvcircuits.BasicKeys;
import dev.thimble.riscvcircuits.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code verify}: accepts or rejects the proofs in a folder. The verification keys are computed here from the program; nothing
 * in the folder is trusted.
 */
@Command(name = "verify", description = "Verify the proofs in a folder; 1 if they are rejected.")
public final class VerifyCommand implements Task {
    /** The verdict. {@code output} and {@code exitCode} are proven only if it is accepted. */
    record Report(
            String verdict,
            @Nullable String reason,
            String programId,
            @Nullable String profile,
            @Nullable String vkSet,
            @Nullable String output,
            @Nullable Integer exitCode,
            @Nullable Double securityBits,
            int proofs,
            double seconds) {}

    @Parameters(paramLabel = "DIR", description = "What prove --out made.")
    private Path folder = Path.of("");

    @Option(names = "--program", paramLabel = "ELF", description = "The program that must have run.")
    private @Nullable Path elf;

    @Option(names = "--program-id", paramLabel = "H", description = "Its id instead, for a program known here.")
    private @Nullable String programId;

    @Option(
            names = "--profile",
            paramLabel = "test|laptop|server",
            description = "The profile that must have been used.")
    private @Nullable String profile;

    @Option(names = "--expect-output", paramLabel = "HEX", description = "The 32 output bytes that must have come out.")
    private @Nullable String expectedOutput;

    @Option(
            names = "--batch-public",
            paramLabel = "B.json",
            description = "Verify the proof of a whole batch (not yet available).")
    private @Nullable Path batchPublic;

    @Override
    public Outcome run(Context context) throws IOException {
        long start = System.nanoTime();
        if (batchPublic != null) {
            throw MissingCommand.failure("the proof of a whole batch");
        }
        var program = program(context);
        var expected = expected();
        if (profile != null) {
            context.settings().withFlag(Setting.PROFILE, profile); // refuses a profile that does not exist
        }
        try (var workers = Engines.workers(context.settings())) {
            var report = new Check(context, program, workers, start).report(expected);
            var code = report.verdict().equals("accepted") ? ExitCode.DONE : ExitCode.NEGATIVE;
            return new Outcome(code, report, text(report));
        }
    }

    private Program program(Context context) throws IOException {
        if ((elf == null) == (programId == null)) {
            throw CommandFailure.usage(
                    "verify needs the program: --program ELF or --program-id H",
                    "Without it a proof of any program would do.");
        }
        return elf != null
                ? GuestFiles.program(elf).program()
                : new Programs(context).byId(String.valueOf(programId).toLowerCase(Locale.ROOT));
    }

    private Optional<String> expected() {
        if (expectedOutput == null) {
            return Optional.empty();
        }
        var hex = expectedOutput.toLowerCase(Locale.ROOT);
        var text = hex.startsWith("0x") ? hex : "0x" + hex;
        if (!text.matches("0x[0-9a-f]{64}")) {
            throw CommandFailure.usage("--expect-output must be 64 hexadecimal digits: " + expectedOutput, "");
        }
        return Optional.of(text);
    }

    private static String text(Report report) {
        return report.verdict().equals("accepted")
                ? String.format(
                        Locale.ROOT,
                        "accepted%noutput   %s%nprogram  %s, exit code 0%nproofs   %d under profile %s, %.1f bits, %.2f s",
                        report.output(),
                        report.programId(),
                        report.proofs(),
                        report.profile(),
                        report.securityBits(),
                        report.seconds())
                : "rejected: " + report.reason();
    }

    /** One verification. */
    private final class Check {
        private final Context context;
        private final Program program;
        private final Workers workers;
        private final long start;

        Check(Context context, Program program, Workers workers, long start) {
            this.context = context;
            this.program = program;
            this.workers = workers;
            this.start = start;
        }

        Report report(Optional<String> expected) {
            try {
                var batch = BatchFolder.open(folder);
                var claimed = batch.claim();
                var chosen = profile(claimed);
                var keys = keys(chosen);
                requireSame("program", claimed.programId(), ProgramCodec.id(program));
                requireSame(
                        "protocol version",
                        claimed.protocolVersion(),
                        keys.protocol().number());
                requireSame(
                        "set of verification keys",
                        claimed.vkSet(),
                        keys.vkSet().toString());
                if (expected.isPresent()) {
                    requireSame("output", claimed.output(), expected.get());
                }
                var verdict = BasicRound.verify(keys, program.entryPc(), claimed.toClaim(), batch, workers);
                return switch (verdict) {
                    case Verdict.Accepted ignored -> accepted(batch, keys);
                    case Verdict.Rejected(String reason) -> rejected(reason);
                };
            } catch (BatchFolder.Malformed e) {
                return rejected(e.reason());
            }
        }

        private Profile profile(BatchFolder.Claim claimed) throws BatchFolder.Malformed {
            if (profile != null) {
                requireSame("profile", claimed.profile(), profile);
            }
            try {
                return Profile.of(claimed.profile());
            } catch (IllegalArgumentException e) {
                throw new BatchFolder.Malformed("there is no profile " + claimed.profile());
            }
        }

        private BasicKeys keys(Profile chosen) throws BatchFolder.Malformed {
            try {
                var engine = Engines.engine(context.settings(), workers);
                return ProvingSetup.generate(chosen, program, engine).keys();
            } catch (IllegalArgumentException e) {
                throw new BatchFolder.Malformed(String.valueOf(e.getMessage()));
            }
        }

        private static void requireSame(String what, Object claimed, Object expected) throws BatchFolder.Malformed {
            if (!claimed.equals(expected)) {
                throw new BatchFolder.Malformed("the batch is of " + what + " " + claimed + ", expected " + expected);
            }
        }

        private Report accepted(BatchFolder batch, BasicKeys keys) {
            return new Report(
                    "accepted",
                    null,
                    ProgramCodec.id(program),
                    keys.profile().id(),
                    keys.vkSet().toString(),
                    batch.claim().output(),
                    0,
                    SecurityBits.of(keys),
                    batch.proofs(),
                    seconds());
        }

        private Report rejected(String reason) {
            return new Report(
                    "rejected", reason, ProgramCodec.id(program), profile, null, null, null, null, 0, seconds());
        }

        private double seconds() {
            return (System.nanoTime() - start) * 1e-9;
        }
    }
}
