package dev.thimble.cli.command;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The value of every {@link Setting} with where it comes from. Flag over environment over file over default. */
public final class Settings {
    /**
     * One setting's value.
     *
     * @param text the value as written
     * @param origin "flag", "environment THIMBLE_…", "file …" or "default"
     */
    public record Value(String text, String origin) {}

    private final Map<Setting, Value> values;

    private Settings(Map<Setting, Value> values) {
        this.values = values;
    }

    /**
     * Joins the sources.
     *
     * @param environment the process environment
     * @param file what the configuration file says; empty without one
     * @param fileName its name for origins and complaints
     * @throws CommandFailure INVALID_SETTING naming origin and value
     */
    public static Settings of(Map<String, String> environment, Map<String, String> file, String fileName) {
        var values = new EnumMap<Setting, Value>(Setting.class);
        for (var setting : Setting.values()) {
            var fromEnvironment = environment.get(setting.environmentName());
            var fromFile = file.get(setting.text());
            Value value;
            if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
                value = new Value(fromEnvironment, "environment " + setting.environmentName());
            } else if (fromFile != null) {
                value = new Value(fromFile, "file " + fileName);
            } else {
                value = new Value(setting.byDefault(), "default");
            }
            values.put(setting, checked(setting, value));
        }
        return new Settings(values);
    }

    /** These settings with one value given by a flag. */
    public Settings withFlag(Setting setting, String text) {
        return with(setting, text, "flag");
    }

    /** These settings with one value from another place. */
    public Settings with(Setting setting, String text, String origin) {
        var changed = new EnumMap<>(values);
        changed.put(setting, checked(setting, new Value(text, origin)));
        return new Settings(changed);
    }

    /** These settings with the values that flags give. */
    public Settings withFlags(Map<Setting, Optional<String>> flags) {
        var result = this;
        for (var flag : flags.entrySet()) {
            var text = flag.getValue();
            result = text.isEmpty() ? result : result.withFlag(flag.getKey(), text.get());
        }
        return result;
    }

    public Value value(Setting setting) {
        return Objects.requireNonNull(values.get(setting));
    }

    /** A setting's text. */
    public String text(Setting setting) {
        return value(setting).text();
    }

    /** A setting that is a number. */
    public long number(Setting setting) {
        return Long.parseLong(text(setting));
    }

    /** A setting that is a port. */
    public int port(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    private static Value checked(Setting setting, Value value) {
        var complaint = setting.complaintAbout(value.text());
        if (complaint.isPresent()) {
            var message = setting.text() + " = " + setting.shown(value.text()) + " (" + value.origin() + ") "
                    + complaint.get();
            throw value.origin().equals("flag")
                    ? CommandFailure.usage(
                            "--" + setting.text() + " " + setting.shown(value.text()) + " " + complaint.get(), "")
                    : CommandFailure.environment("INVALID_SETTING", message, "thimble config show lists all settings.");
        }
        return value;
    }
}
