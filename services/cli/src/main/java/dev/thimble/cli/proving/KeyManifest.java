package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verification keys of the guest programs that come with this build: a file in the source tree, so that a change of a
 * circuit, a parameter or a guest shows up as a change of keys. Keys are always computed; this is what they must come out as.
 */
final class KeyManifest {
    private static final String RESOURCE = "verification-keys.json";
    private static final Path SOURCE =
            Path.of("services/cli/src/main/resources/dev/thimble/cli/proving").resolve(RESOURCE);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The keys of one program in one profile, digests by circuit. */
    record Entry(String programId, String profile, int protocolVersion, Map<String, String> keys) {
        Entry {
            keys = new TreeMap<>(keys);
        }
    }

    /** The file. */
    record Manifest(int schema, List<Entry> entries) {}

    private final List<Entry> entries;

    private KeyManifest(List<Entry> entries) {
        this.entries = entries;
    }

    /** The manifest of this build. */
    static KeyManifest ofBuild() {
        try (var in = KeyManifest.class.getResourceAsStream(RESOURCE)) {
            return in == null
                    ? new KeyManifest(List.of())
                    : new KeyManifest(
                            JSON.readValue(in.readAllBytes(), Manifest.class).entries());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    private Optional<Entry> find(String programId, String profile) {
        return entries.stream()
                .filter(entry -> entry.programId.equals(programId) && entry.profile.equals(profile))
                .findFirst();
    }

    /**
     * Compares computed keys with those recorded for the program, if any are.
     *
     * @throws CommandFailure KEYS_DIFFER if one differs
     */
    void require(String programId, String profile, Map<String, String> computed) {
        find(programId, profile)
                .ifPresent(entry -> computed.forEach((circuit, vk) -> {
                    if (!vk.equals(entry.keys.get(circuit))) {
                        throw CommandFailure.environment(
                                "KEYS_DIFFER",
                                "the key of " + circuit + " in profile " + profile + " is " + vk
                                        + ", this build's manifest has " + entry.keys.get(circuit),
                                "This copy is changed: take a clean one, or record the new keys with thimble setup --record.");
                    }
                }));
    }

    /** Writes the source tree's manifest with one entry replaced; entries of programs that are gone are left out. */
    static void record(Path root, Entry entry, List<String> programIds) throws IOException {
        var file = root.resolve(SOURCE);
        var all = new ArrayList<Entry>();
        if (Files.exists(file)) {
            all.addAll(JSON.readValue(Files.readAllBytes(file), Manifest.class).entries());
        }
        all.removeIf(old -> !programIds.contains(old.programId)
                || (old.programId.equals(entry.programId) && old.profile.equals(entry.profile)));
        all.add(entry);
        var sorted = all.stream()
                .sorted(Comparator.comparing(Entry::programId).thenComparing(Entry::profile))
                .toList();
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Manifest(1, sorted)) + "\n");
    }
}
