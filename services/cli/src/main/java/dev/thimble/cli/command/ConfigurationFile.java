package dev.thimble.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A YAML file of settings: one {@code name: value} a line. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads and checks names; values are checked by {@link Settings}.
     *
     * @throws CommandFailure CONFIG_UNREADABLE, CONFIG_INVALID or CONFIG_UNKNOWN_SETTING
     */
    public static Map<String, String> read(Path file) {
        if (!Files.isReadable(file)) {
            throw CommandFailure.environment(
                    "CONFIG_UNREADABLE", "the configuration file " + file + " cannot be read", "Check --config.");
        }
        JsonNode tree;
        try {
            tree = new YAMLMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            throw invalid(file, e.getOriginalMessage().lines().findFirst().orElse("not YAML"));
        }
        if (tree.isMissingNode() || tree.isNull()) {
            return Map.of();
        }
        if (!tree.isObject()) {
            throw invalid(file, "expected lines of name: value");
        }
        return settings(file, tree);
    }

    private static Map<String, String> settings(Path file, JsonNode tree) {
        var result = new LinkedHashMap<String, String>();
        List<String> unknown = new ArrayList<>();
        for (var entry : tree.properties()) {
            if (Setting.named(entry.getKey()).isEmpty()) {
                unknown.add(entry.getKey());
            } else if (!entry.getValue().isValueNode()) {
                throw invalid(file, entry.getKey() + " must have one value");
            } else {
                result.put(entry.getKey(), entry.getValue().asString());
            }
        }
        if (!unknown.isEmpty()) {
            throw CommandFailure.environment(
                    "CONFIG_UNKNOWN_SETTING",
                    "the configuration file " + file + " has unknown settings: " + String.join(", ", unknown),
                    "thimble config show lists all settings.");
        }
        return result;
    }

    private static CommandFailure invalid(Path file, String why) {
        return CommandFailure.environment(
                "CONFIG_INVALID",
                "the configuration file " + file + " is not valid: " + why,
                "Mend it or drop --config.");
    }
}
