package dev.thimble.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.riscv.MalformedSegmentException;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscv.SyscallTable;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls are gathered by type, an instance is handed out when it is full, and what is left at the end. */
class CallInstancesTest {
    private static PrecompileCall call(int number, int clock) {
        Syscall syscall = SyscallTable.standard().find(number).orElseThrow();
        int[] before = new int[syscall.transfers().size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = 1 + i / 8 + clock;
        }
        int[] after = before.clone();
        assertThat(syscall.precompile().apply(before, after)).isTrue();
        return new PrecompileCall(number, 2, clock, before, after);
    }

    @Test
    void instancesAreFilledInTheOrderOfTheCalls() throws MalformedSegmentException {
        List<CircuitInput> inputs = new ArrayList<>();
        CallInstances instances = new CallInstances(Profile.TEST, inputs::add);
        int capacity = Profile.TEST.calls(CircuitType.KECCAK_F);
        for (int i = 0; i < 2 * capacity + 1; i++) {
            instances.add(call(Syscall.KECCAK_PERMUTE, i));
        }
        assertThat(inputs).hasSize(2);
        instances.add(call(Syscall.SECP256K1_DOUBLE, 500));
        instances.add(call(Syscall.SECP256K1_ADD, 600));
        instances.finish();
        assertThat(inputs)
                .extracting(CircuitInput::type)
                .containsExactly(
                        CircuitType.KECCAK_F, CircuitType.KECCAK_F, CircuitType.KECCAK_F, CircuitType.SECP256K1);
        assertThat(inputs).extracting(CircuitInput::index).containsExactly(0, 1, 2, 0);
        int calls = 0;
        for (CircuitInput input : inputs) {
            CircuitInput decoded = CircuitInput.decode(input.type(), input.encode());
            assertThat(decoded.encode()).isEqualTo(input.encode());
            calls += ((CircuitInput.Calls) decoded).input().calls().size();
        }
        assertThat(calls).isEqualTo(2 * capacity + 3);
    }

    @Test
    void withoutCallsThereAreNoInstances() {
        List<CircuitInput> inputs = new ArrayList<>();
        new CallInstances(Profile.TEST, inputs::add).finish();
        assertThat(inputs).isEmpty();
    }
}
