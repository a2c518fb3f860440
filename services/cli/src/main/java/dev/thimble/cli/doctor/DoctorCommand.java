package dev.thimble.cli.doctor;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: checks what the machine has; {@code --install} runs the commands that fix what is missing. */
@Command(name = "doctor", description = "Check this machine; --install fixes what is missing.")
public final class DoctorCommand implements Task {
    /** All checks of one run. */
    record Report(List<MachineCheck> checks) {}

    @Option(names = "--install", description = "Run the fixing commands.")
    private boolean install;

    @Override
    public Outcome run(Context context) throws IOException, InterruptedException {
        var checks = MachineChecks.all(context);
        if (install) {
            for (var check : checks) {
                if (!check.ok() && check.fix().matches("(apt-get|npm) .*")) {
                    context.terminal().err().println("thimble: " + check.fix());
                    runQuietly(check.fix());
                }
            }
            checks = MachineChecks.all(context);
        }
        boolean ok = checks.stream().allMatch(MachineCheck::ok);
        return new Outcome(ok ? ExitCode.DONE : ExitCode.ENVIRONMENT, new Report(checks), text(checks));
    }

    private static String text(List<MachineCheck> checks) {
        return checks.stream()
                .map(c -> String.format(Locale.ROOT, "%-8s %-8s %s", c.ok() ? "ok" : "MISSING", c.name(), c.found())
                        + (c.ok() ? "" : "\n         needed: " + c.needed() + "\n         fix:    " + c.fix()))
                .collect(Collectors.joining("\n"));
    }

    private static void runQuietly(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.waitFor();
    }
}
