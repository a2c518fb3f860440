package dev.thimble.cli.proving;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Sha256;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProvingKey;
import dev.thimble.starkprover.SetupData;
import dev.thimble.starkverifier.Protocol;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.EnumMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Setup data in the state folder: {@code keys/PROFILE/PROGRAM/TYPE.setup} with {@code TYPE.json} beside it (hash of the file,
 * digest of the verification key, finalization hints). A file is used only if its hash and its key's digest match; otherwise
 * it is made again.
 */
public final class KeyFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Beside each file of setup data. Finalization hints: rows, and how many of them an instance can use. */
    record Entry(
            String circuit,
            String profile,
            String programId,
            int protocolVersion,
            String vk,
            String sha256,
            long setupBytes,
            int rows,
            int capacity) {}

    /** One circuit's setup data: its entry, whether it was there already, and the time it took. */
    record Made(Entry entry, ProvingKey key, boolean skipped, double seconds) {}

    private final Path keys;
    private final Progress progress;

    public KeyFolder(Context context, Progress progress) {
        this.keys = context.home().resolve("keys");
        this.progress = progress;
    }

    /** The setup of a program: read where it is there, made and kept where it is not. */
    public ProvingSetup load(Profile profile, Program program, Engine engine) throws IOException {
        var circuits = GuestFiles.circuits(profile, program);
        var provingKeys = new EnumMap<CircuitType, ProvingKey>(CircuitType.class);
        for (var type : CircuitType.values()) {
            StopSignal.check();
            provingKeys.put(type, make(circuits, type, engine, false).key());
        }
        return ProvingSetup.of(circuits, provingKeys);
    }

    /**
     * Makes the setup data of one circuit unless it is there and matches.
     *
     * @param force make it in any case
     */
    Made make(BasicCircuits circuits, CircuitType type, Engine engine, boolean force) throws IOException {
        long start = System.nanoTime();
        if (!force) {
            var kept = read(circuits, type);
            if (kept.isPresent()) {
                var entry = entry(circuits, type).orElseThrow();
                return new Made(entry, kept.get(), true, (System.nanoTime() - start) * 1e-9);
            }
        }
        progress.step("making setup data of " + type + " in profile "
                + circuits.profile().id());
        var key = ProvingSetup.provingKey(circuits, type, engine);
        var entry = write(circuits, type, key);
        return new Made(entry, key, false, (System.nanoTime() - start) * 1e-9);
    }

    /** Whether the setup data of a circuit is there and whole. */
    boolean isGood(BasicCircuits circuits, CircuitType type) throws IOException {
        return read(circuits, type).isPresent();
    }

    private Path file(BasicCircuits circuits, CircuitType type, String ending) {
        return keys.resolve(circuits.profile().id())
                .resolve(ProgramCodec.id(circuits.program()).substring(2))
                .resolve(type + ending);
    }

    /** What is recorded about a circuit's setup data. */
    Optional<Entry> entry(BasicCircuits circuits, CircuitType type) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(circuits, type, ".json")), Entry.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<ProvingKey> read(BasicCircuits circuits, CircuitType type) throws IOException {
        var entry = entry(circuits, type);
        var file = file(circuits, type, ".setup");
        if (entry.isEmpty() || !Files.isRegularFile(file) || Files.size(file) != size(circuits, type)) {
            return Optional.empty();
        }
        var hash = Sha256.start();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var hashed = new DigestInputStream(Channels.newInputStream(channel), hash)) {
            var key = SetupData.read(
                    Protocol.V1,
                    type.id(circuits.profile()),
                    circuits.air(type),
                    circuits.profile().parameters(),
                    Channels.newChannel(hashed));
            boolean whole = Sha256.hex(hash).equals(entry.get().sha256())
                    && key.verifyingKey().digest().toString().equals(entry.get().vk());
            return whole ? Optional.of(key) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long size(BasicCircuits circuits, CircuitType type) {
        return SetupData.sizeBytes(circuits.air(type), circuits.profile().parameters());
    }

    private Entry write(BasicCircuits circuits, CircuitType type, ProvingKey key) throws IOException {
        var file = file(circuits, type, ".setup");
        Files.createDirectories(file.getParent());
        var temporary = Files.createTempFile(file.getParent(), ".", ".partial");
        var hash = Sha256.start();
        try (var out = Channels.newChannel(new DigestOutputStream(Files.newOutputStream(temporary), hash))) {
            SetupData.write(key, out);
        }
        var entry = new Entry(
                type.name(),
                circuits.profile().id(),
                ProgramCodec.id(circuits.program()),
                Protocol.V1.number(),
                key.verifyingKey().digest().toString(),
                Sha256.hex(hash),
                Files.size(temporary),
                circuits.profile().height(),
                circuits.profile().height() - 1);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(
                file(circuits, type, ".json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entry) + "\n");
        return entry;
    }
}
