package dev.thimble.cli.command;

import java.nio.file.Path;

/**
 * What every command gets.
 *
 * @param settings flags, environment, configuration file, defaults
 * @param terminal where progress goes and what it can show
 * @param root the folder of this copy of Thimble (guest programs, documentation)
 * @param results for a command that goes on after it has said what it has to say
 */
public record Context(Settings settings, Terminal terminal, Path root, ResultWriter results) {
    /** The state folder, {@code $THIMBLE_HOME}; made with mode 0700 when missing. */
    public Path home() {
        return HomeFolder.open(Path.of(settings.value(Setting.HOME).text()));
    }
}
