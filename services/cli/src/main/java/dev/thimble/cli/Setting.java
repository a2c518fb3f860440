package dev.thimble.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that a flag, the environment or a configuration file may set. The flag has the setting's name. */
enum Setting {
    HOME("home", ".thimble", "state folder", ".+", "must not be empty"),
    PROFILE("profile", "laptop", "geometry profile", "test|laptop|server", "must be one of test, laptop, server"),
    THREADS("threads", "", "proving threads; empty: one per processor", "|[1-9][0-9]{0,2}", "must be 1 to 999"),
    KERNEL("kernel", "auto", "arithmetic kernels", "auto|scalar|vector", "must be one of auto, scalar, vector");

    private final String text;
    private final String byDefault;
    private final String meaning;
    private final String pattern;
    private final String complaint;

    Setting(String text, String byDefault, String meaning, String pattern, String complaint) {
        this.text = text;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.pattern = pattern;
        this.complaint = complaint;
    }

    /** The name in configuration files, and of the flag without its dashes. */
    String text() {
        return text;
    }

    String byDefault() {
        return byDefault;
    }

    String meaning() {
        return meaning;
    }

    /** The environment variable. */
    String environmentName() {
        return "THIMBLE_" + text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What is wrong with a value, if anything: a sentence's end, such as "must be one of …". */
    Optional<String> complaintAbout(String value) {
        return value.matches(pattern) ? Optional.empty() : Optional.of(complaint);
    }

    static Optional<Setting> named(String text) {
        return List.of(values()).stream().filter(s -> s.text.equals(text)).findFirst();
    }
}
