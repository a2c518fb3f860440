package dev.thimble.cli.doctor;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.database.KeptPorts;
import dev.thimble.cli.proving.ProvingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code config show}: every setting, its value and where it comes from. */
@Command(name = "config", description = "Settings.", subcommands = ConfigCommand.Show.class)
public final class ConfigCommand {
    record Row(String name, String value, String origin, String environment, String meaning) {}

    record Report(List<Row> settings) {}

    /** Prints the settings. */
    @Command(name = "show", description = "Print each setting's value and origin.")
    static final class Show implements Task {
        @Mixin
        private final ProvingOptions options = new ProvingOptions();

        @Override
        public Outcome run(Context context) {
            var given = options.over(context.settings());
            var settings = KeptPorts.withDatabase(given, Path.of(given.text(Setting.HOME)));
            var rows = new ArrayList<Row>();
            for (var setting : Setting.values()) {
                var value = settings.value(setting);
                rows.add(new Row(
                        setting.text(),
                        setting.shown(value.text()),
                        value.origin(),
                        setting.environmentName(),
                        setting.meaning()));
            }
            var text = new StringBuilder();
            for (var row : rows) {
                text.append(String.format(
                        Locale.ROOT, "%-18s %-22s %-40s %s%n", row.name(), row.value(), row.origin(), row.meaning()));
            }
            return Outcome.done(new Report(List.copyOf(rows)), text.toString().stripTrailing());
        }
    }
}
