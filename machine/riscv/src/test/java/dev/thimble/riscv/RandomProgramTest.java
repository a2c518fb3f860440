package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.testkit.Assembler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs: fast loop against replay against {@link Oracle}, and against QEMU where it is installed. */
class RandomProgramTest {
    private static final int LINUX_WRITE = 64;
    private static final int LINUX_EXIT = 93;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRowAgreesWithTheOracle(long seed) {
        Assembler a = RandomProgram.of(seed, 400, 5);
        a.finish(0);
        SegmentLimits limits = new SegmentLimits(300 + (int) seed * 50, 200);
        TestMachine machine =
                TestMachine.run(a, new byte[0], ExecutionOptions.defaults().withLimits(limits));
        machine.assertHalted();
        assertThat(machine.segments).hasSizeGreaterThan(3);
        Decoder decoder = new Decoder(WordWidth.RV32);
        for (SegmentLog log : machine.logs) {
            for (int row = 0; row < log.rows(); row++) {
                assertRow(log, row, decoder.decode(log.instructionWord()[row]));
            }
        }
    }

    private static void assertRow(SegmentLog log, int row, Instruction instruction) {
        int left = log.rs1Value()[row];
        int right = log.rs2Value()[row];
        Operation operation = instruction.operation();
        String name = operation.base().name().toLowerCase(Locale.ROOT);
        if (operation.isAlu() && instruction.rd() != 0) {
            int expected = Oracle.compute(name, left, right + instruction.immediate());
            assertThat(log.rdNewValue()[row]).as("%s %x %x", name, left, right).isEqualTo(expected);
        } else if (operation.format() == Format.BRANCH) {
            int offset = Oracle.taken(name, left, right) ? instruction.immediate() : 4;
            assertThat(log.nextPc()[row]).isEqualTo(log.pc()[row] + offset);
        } else if (operation.format() == Format.LOAD || operation.format() == Format.STORE) {
            assertThat(log.memoryAddress()[row]).isEqualTo((left + instruction.immediate()) >>> 2);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103, 104, 105, 106})
    void qemuAgrees(long seed) throws IOException, InterruptedException {
        Optional<Path> qemu = findQemu();
        assumeTrue(
                qemu.isPresent() || System.getenv("CI") != null,
                "qemu-riscv32 is not installed (apt-get install qemu-user)");
        assertThat(qemu).as("CI needs qemu-user").isPresent();
        Assembler ours = RandomProgram.of(seed, 1500, 40);
        ours.finish(0);
        TestMachine machine = TestMachine.run(ours);
        machine.assertHalted();

        Assembler theirs = RandomProgram.of(seed, 1500, 40);
        theirs.li(17, LINUX_WRITE);
        theirs.li(Assembler.A0, 1);
        theirs.li(Assembler.A1, Assembler.DATA_BASE);
        theirs.li(Assembler.A2, 4 * (RandomProgram.BUFFER_WORDS + 32));
        theirs.ecall();
        theirs.li(17, LINUX_EXIT);
        theirs.li(Assembler.A0, 0);
        theirs.ecall();
        int[] words = runQemu(qemu.orElseThrow(), theirs.elf());
        for (int i = 1; i < 32; i++) {
            int index = RandomProgram.BUFFER_WORDS + i;
            assertThat(machine.word(Assembler.DATA_BASE + 4 * index))
                    .as("x%d", i)
                    .isEqualTo(words[index]);
        }
        MemorySummary memory = machine.execution.memory();
        for (int i = 0; i < memory.size(); i++) {
            if (memory.space(i) == MemoryMap.SPACE_MEMORY) {
                int index = memory.address(i) - (Assembler.DATA_BASE >>> 2);
                assertThat(memory.finalValue(i)).as("word %d", index).isEqualTo(words[index]);
            }
        }
    }

    private int[] runQemu(Path qemu, byte[] elf) throws IOException, InterruptedException {
        Path program = Files.write(folder.resolve("program.elf"), elf);
        Path output = folder.resolve("output");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Process process = new ProcessBuilder(qemu.toString(), program.toString())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        byte[] bytes = Files.readAllBytes(output);
        assertThat(process.exitValue())
                .as(new String(bytes, StandardCharsets.ISO_8859_1))
                .isZero();
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static Optional<Path> findQemu() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .flatMap(entry ->
                        Stream.of("qemu-riscv32", "qemu-riscv32-static").map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
