package dev.thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code setup}, {@code prove} and {@code verify} on a small program, and everything that is refused or rejected. */
class ProvingCommandsTest {
    private static final int T1 = 6;

    @TempDir
    static Path folder = Path.of("");

    private static Path elf = Path.of("");
    private static Path input = Path.of("");
    private static Path good = Path.of("");

    private record Proven(InProcess.Run run, Path out) {}

    /** Commits the first input word (its length in bytes) plus a constant, and zeros. */
    private static byte[] program(int constant) {
        var program = new Assembler();
        program.li(T1, Assembler.INPUT_BASE);
        program.lw(T1, 0, T1);
        program.addi(T1, T1, constant);
        program.commit(0, T1);
        program.finish(1);
        return program.elf();
    }

    @BeforeAll
    static void proveOnce() throws IOException {
        elf = Files.write(folder.resolve("program.elf"), program(1));
        input = Files.write(folder.resolve("input"), new byte[5]);
        var proven = prove("good");
        assertThat(proven.run.exitCode()).as(proven.run.toString()).isZero();
        good = proven.out;
    }

    private static InProcess.Run thimble(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--home", folder.resolve("home").toString()));
        return InProcess.run(Map.of("THIMBLE_PROFILE", "test"), all.toArray(String[]::new));
    }

    private static Proven prove(String name, String... more) {
        var out = folder.resolve(name);
        var arguments = new ArrayList<>(
                List.of("prove", "--program", elf.toString(), "--input", input.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return new Proven(thimble(arguments.toArray(String[]::new)), out);
    }

    private static InProcess.Run verify(Path batch, String... more) {
        var arguments = new ArrayList<>(List.of("verify", batch.toString(), "--program", elf.toString()));
        arguments.addAll(List.of(more));
        return thimble(arguments.toArray(String[]::new));
    }

    private static Path copy() throws IOException {
        var target = Files.createTempDirectory(folder, "copy-").resolve("batch");
        try (var files = Files.walk(good)) {
            for (var file : files.toList()) {
                Files.copy(file, target.resolve(good.relativize(file).toString()));
            }
        }
        return target;
    }

    private static Path proof(Path batch) throws IOException {
        try (var files = Files.list(batch.resolve("proofs"))) {
            return files.filter(file -> file.toString().endsWith("-MAIN_VM.proof"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertRejected(InProcess.Run run, String reason) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.json().get("verdict").asString()).isEqualTo("rejected");
        assertThat(run.json().get("reason").asString()).contains(reason);
        assertThat(run.json().get("output").isNull()).isTrue();
    }

    private static void assertError(InProcess.Run run, int exitCode, String code) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(run.json().get("error").get("message").asString().lines()).hasSize(1);
    }

    @Test
    void theProofsAreAcceptedByElfAndById() {
        var byElf = verify(good, "--expect-output", "0x06" + "00".repeat(31));
        assertThat(byElf.exitCode()).as(byElf.toString()).isZero();
        assertThat(byElf.json().get("verdict").asString()).isEqualTo("accepted");
        assertThat(byElf.json().get("exitCode").asInt()).isZero();
        assertThat(byElf.json().get("securityBits").asDouble()).isGreaterThanOrEqualTo(100);
        var id = byElf.json().get("programId").asString();
        var byId = thimble("verify", good.toString(), "--program-id", id, "--profile", "test");
        assertThat(byId.exitCode()).as(byId.toString()).isZero();
        assertThat(byId.json().get("vkSet")).isEqualTo(byElf.json().get("vkSet"));
    }

    @Test
    void threadsAndKernelsDoNotChangeABit() throws IOException {
        var other = prove("other", "--threads", "1", "--kernel", "scalar");
        assertThat(other.run.exitCode()).as(other.run.toString()).isZero();
        try (var files = Files.walk(good)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(other.out.resolve(good.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aVerifierWithoutAProgramRefuses() {
        assertError(thimble("verify", good.toString()), 2, "USAGE");
        assertError(verify(good, "--program-id", "0x" + "00".repeat(32)), 2, "USAGE");
        assertError(thimble("verify", good.toString(), "--program-id", "0x" + "00".repeat(32)), 3, "UNKNOWN_PROGRAM");
    }

    @Test
    void anotherOutputProgramOrProfileIsRejected() throws IOException {
        assertRejected(verify(good, "--expect-output", "07" + "00".repeat(31)), "output");
        assertRejected(verify(good, "--profile", "laptop"), "profile");
        var otherElf = Files.write(folder.resolve("other.elf"), program(2));
        assertRejected(thimble("verify", good.toString(), "--program", otherElf.toString()), "program");
    }

    @Test
    void damagedProofsAreRejected() throws IOException {
        var whole = Files.readAllBytes(proof(good));
        List<UnaryOperator<byte[]>> damages = List.of(
                bytes -> Arrays.copyOf(bytes, bytes.length - 1),
                bytes -> Arrays.copyOf(bytes, bytes.length + 4),
                bytes -> new byte[0],
                bytes -> flip(bytes, 9),
                bytes -> flip(bytes, 60),
                bytes -> flip(bytes, bytes.length / 2),
                bytes -> flip(bytes, bytes.length - 1));
        var batch = copy();
        for (var damage : damages) {
            Files.write(proof(batch), damage.apply(whole.clone()));
            assertRejected(verify(batch), "");
        }
        Files.delete(proof(batch));
        assertRejected(verify(batch), "proof");
    }

    private static byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= 1;
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"output\" : \"0x06=>\"output\" : \"0x07",
                "\"nonce\" : =>\"nonce\" : 1",
                "\"MAIN_VM\" : 1=>\"MAIN_VM\" : 2",
                "\"MAIN_VM\" : 1=>\"MAIN_VM\" : 2000000000",
                "\"MEMORY\" : 1=>\"MEMORY\" : 0",
                "\"protocolVersion\" : 1=>\"protocolVersion\" : 2",
                "\"profile\" : \"test=>\"profile\" : \"nothing",
                "\"format\" : 1=>\"format\" : 9",
                "{=>",
            })
    void aChangedClaimIsRejected(String change) throws IOException {
        var batch = copy();
        var parts = change.split("=>", -1);
        var claim = Files.readString(good.resolve("batch.json"));
        assertThat(claim).contains(parts[0]);
        Files.writeString(batch.resolve("batch.json"), claim.replace(parts[0], parts[1]));
        assertRejected(verify(batch), "");
    }

    @Test
    void aFolderThatIsNoBatchIsNamed() {
        assertError(verify(folder.resolve("nowhere")), 3, "NOT_A_BATCH");
    }

    @Test
    void anExistingFolderIsKept() {
        assertError(prove("good").run, 3, "OUTPUT_EXISTS");
        assertThat(verify(good).exitCode()).isZero();
    }

    @Test
    void whatCannotBeProvenLeavesNothing() throws IOException {
        var failing = new Assembler();
        failing.halt(7);
        assertNothingLeft(failing.elf(), "GUEST_EXIT");
        var trapping = new Assembler();
        trapping.lw(T1, 0, 0);
        assertNothingLeft(trapping.elf(), "GUEST_TRAP");
        assertNothingLeft(new byte[] {1, 2, 3}, "NOT_ELF");
        var large = new Assembler();
        for (int i = 0; i < 1 << 15; i++) {
            large.addi(T1, T1, 1);
        }
        large.finish(0);
        assertNothingLeft(large.elf(), "PROGRAM_TOO_LARGE");
    }

    private static void assertNothingLeft(byte[] program, String code) throws IOException {
        var file = Files.write(folder.resolve("bad.elf"), program);
        var parent = Files.createTempDirectory(folder, "parent");
        var out = parent.resolve("out");
        assertError(thimble("prove", "--program", file.toString(), "--out", out.toString()), 3, code);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void setupIsIdempotentAndRepairsDamage() throws IOException {
        var setup = new String[] {"setup", "--program", elf.toString()};
        var again = thimble(setup);
        assertThat(again.exitCode()).as(again.toString()).isZero();
        again.json()
                .get("circuits")
                .forEach(circuit ->
                        assertThat(circuit.get("skipped").asBoolean()).isTrue());
        var file = setupData();
        Files.write(file, flip(Files.readAllBytes(file), 1000));
        assertThat(thimble("setup", "--program", elf.toString(), "--check").exitCode())
                .isEqualTo(1);
        var repaired = thimble(setup);
        assertThat(repaired.json().get("manifestId")).isEqualTo(again.json().get("manifestId"));
        assertThat(thimble("setup", "--program", elf.toString(), "--check").exitCode())
                .isZero();
    }

    private static Path setupData() throws IOException {
        try (var files = Files.walk(folder.resolve("home/keys"))) {
            return files.filter(path -> path.endsWith("MEMORY.setup"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
