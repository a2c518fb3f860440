package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.Assembler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads and stores of every width at every offset, and the traps of the memory map. */
class LoadStoreTest {
    private static final int RESULTS = 0x0180_0000;
    private static final int[] PATTERNS = {0x8180_7F01, 0x0102_0304, 0xFFFE_FDFC, 0x7F80_00FF};

    @Test
    void everyWidthAtEveryOffset() {
        Assembler a = new Assembler();
        a.data("patterns", PATTERNS);
        a.la(20, "patterns");
        a.li(Assembler.S0, RESULTS);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 16; i++) {
            bytes[i] = (byte) (PATTERNS[i / 4] >>> (8 * (i % 4)));
        }
        int[] expected = new int[200];
        int count = 0;
        for (int offset = 0; offset < 16; offset++) {
            a.lb(21, offset, 20);
            a.lbu(22, offset, 20);
            expected[count++] = bytes[offset];
            expected[count++] = bytes[offset] & 0xFF;
            save(a, 21, 22);
            if (offset % 2 == 0) {
                int half = (bytes[offset] & 0xFF) | (bytes[offset + 1] << 8);
                a.lh(21, offset, 20);
                a.lhu(22, offset, 20);
                expected[count++] = half;
                expected[count++] = half & 0xFFFF;
                save(a, 21, 22);
            }
            if (offset % 4 == 0) {
                a.lw(21, offset, 20);
                a.mv(22, 21);
                expected[count++] = PATTERNS[offset / 4];
                expected[count++] = PATTERNS[offset / 4];
                save(a, 21, 22);
            }
        }
        a.finish(0);
        TestMachine machine = TestMachine.run(a);
        machine.assertHalted();
        for (int i = 0; i < count; i++) {
            assertThat(machine.word(RESULTS + 4 * i)).as("result %d", i).isEqualTo(expected[i]);
        }
    }

    private static void save(Assembler a, int first, int second) {
        a.sw(first, 0, Assembler.S0);
        a.sw(second, 4, Assembler.S0);
        a.addi(Assembler.S0, Assembler.S0, 8);
    }

    @Test
    void storesChangeOnlyTheirBytes() {
        Assembler a = new Assembler();
        int[] words = new int[8];
        Arrays.fill(words, 0x1122_3344);
        int base = a.data("words", words);
        a.la(20, "words");
        a.li(21, 0xA1B2_C3D4);
        for (int offset = 0; offset < 4; offset++) {
            a.sb(21, 5 * offset, 20);
        }
        a.sh(21, 16, 20);
        a.sh(21, 22, 20);
        a.sw(21, 24, 20);
        a.addi(22, 20, 32);
        a.sw(21, -4, 22);
        a.finish(0);
        TestMachine machine = TestMachine.run(a);
        machine.assertHalted();
        int[] expected = {
            0x1122_33D4, 0x1122_D444, 0x11D4_3344, 0xD422_3344, 0x1122_C3D4, 0xC3D4_3344, 0xA1B2_C3D4, 0xA1B2_C3D4
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat(machine.word(base + 4 * i)).as("word %d", i).isEqualTo(expected[i]);
        }
    }

    private static void assertTrap(TrapKind kind, int address, java.util.function.Consumer<Assembler> access) {
        Assembler a = new Assembler();
        a.li(20, address);
        int pc = a.pc();
        access.accept(a);
        TestMachine machine = TestMachine.run(a);
        assertThat(machine.trap().kind()).isEqualTo(kind);
        assertThat(machine.trap().pc()).isEqualTo(pc);
        assertThat(machine.trap().address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void misalignedAccessTraps(int offset) {
        int address = 0x0100_0000 + offset;
        assertTrap(TrapKind.LOAD_MISALIGNED, address, a -> a.lw(21, 0, 20));
        assertTrap(TrapKind.STORE_MISALIGNED, address, a -> a.sw(21, 0, 20));
        if (offset % 2 == 1) {
            assertTrap(TrapKind.LOAD_MISALIGNED, address, a -> a.lh(21, 0, 20));
            assertTrap(TrapKind.LOAD_MISALIGNED, address, a -> a.lhu(21, 0, 20));
            assertTrap(TrapKind.STORE_MISALIGNED, address, a -> a.sh(21, 0, 20));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 0x1_0000, 0x00FF_FFFC, 0x4000_0000, 0x7FFF_FFFC, 0x8000_0000, 0xFFFF_FFFC})
    void loadsOutsideRamAndInputTrap(int address) {
        assertTrap(TrapKind.LOAD_FAULT, address, a -> a.lw(21, 0, 20));
        assertTrap(TrapKind.LOAD_FAULT, address, a -> a.lbu(21, 0, 20));
        assertTrap(TrapKind.LOAD_FAULT, address, a -> a.lh(0, 0, 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1_0000, 0x00FF_FFFC, 0x2000_0000, 0x3FFF_FFFC, 0x4000_0000, 0xFFFF_FFFC})
    void storesOutsideRamTrap(int address) {
        assertTrap(TrapKind.STORE_FAULT, address, a -> a.sw(21, 0, 20));
        assertTrap(TrapKind.STORE_FAULT, address, a -> a.sb(21, 0, 20));
    }

    @Test
    void bordersOfTheRegionsAreAccessible() {
        Assembler a = new Assembler();
        a.li(20, 0x0100_0000);
        a.li(21, 0x1FFF_FFFC);
        a.li(22, 0x2000_0000);
        a.li(23, 0x3FFF_FFFC);
        a.sw(20, 0, 20);
        a.sw(21, 0, 21);
        a.lw(24, 0, 22);
        a.lw(25, 0, 23);
        a.commit(0, 24);
        a.commit(1, 25);
        a.finish(2);
        byte[] input = {1, 2, 3, 4, 5};
        TestMachine machine = TestMachine.run(a, input, ExecutionOptions.defaults());
        assertThat(((Outcome.Halted) machine.execution.outcome()).output()).startsWith(5, 0);
        assertThat(machine.word(0x1FFF_FFFC)).isEqualTo(0x1FFF_FFFC);
    }

    @Test
    void inputLiesInMemory() {
        Assembler a = new Assembler();
        a.li(20, Assembler.INPUT_BASE);
        a.lw(21, 0, 20);
        a.lw(22, 4, 20);
        a.lw(23, 8, 20);
        for (int i = 0; i < 3; i++) {
            a.commit(i, 21 + i);
        }
        a.finish(3);
        byte[] input = {1, 2, 3, 4, (byte) 0xFF};
        TestMachine machine = TestMachine.run(a, input, ExecutionOptions.defaults());
        assertThat(((Outcome.Halted) machine.execution.outcome()).output()).startsWith(5, 0x0403_0201, 0xFF);
    }

    @Test
    void aTrappingStoreChangesNothing() {
        Assembler a = new Assembler();
        a.li(20, 0x0100_0000);
        a.li(21, 7);
        a.sw(21, 0, 20);
        a.li(21, 9);
        a.sw(21, 2, 20);
        TestMachine machine = TestMachine.run(a);
        assertThat(machine.trap().kind()).isEqualTo(TrapKind.STORE_MISALIGNED);
        assertThat(machine.word(0x0100_0000)).isEqualTo(7);
        assertThat(machine.execution.cycles()).isEqualTo(5);
    }
}
