package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Jumps behind the end of a code. A PUSH32 near the end once let the analysis of jump targets run up to 31 bytes too far:
 * a later jump there read the bit of a JUMPDEST from whatever lay behind the table, and went to the zeros behind the code,
 * which are STOPs. So a call that has to fail could be made to succeed, and an honest block be made unprovable.
 */
class JumpTargetTest {
    private static final Address CALLER = new Address("0x" + "0".repeat(36) + "c0de");
    private static final Address JUMPER = new Address("0x" + "0".repeat(36) + "beef");

    /** 64 bytes: jumps where the call data says; the last byte is a JUMPDEST in the data of a PUSH32. */
    private static final String JUMPER_CODE = "5f3556" + "00".repeat(59) + "7f5b";

    /** A call of MODEXP: 2^25 mod 2^32 − 1, four bytes that are kept behind what was allocated last. */
    private static final String KEEP_A_BIT = "5f5f606960205f600561fffff150";

    private static final String OPERANDS =
            "6004602052" + "6001604052" + "6004606052" + "7f0200000001ffffffff" + "00".repeat(23) + "608052";

    /** Calls the jumper with the low byte of the target; leaves the result on the stack. */
    private static String jump(int target) {
        return String.format(Locale.ROOT, "60%02x5f52", target) + "5f5f60205f5f73" + JUMPER.hex().substring(2) + "61fffff1";
    }

    /** Succeeds if and only if the jump to 65 does: otherwise it asks for 2^255 bytes of memory. */
    private static final String CALLER_CODE =
            OPERANDS + KEEP_A_BIT + jump(63) + "50" + KEEP_A_BIT + jump(65) + "1560ff1b5f905200";

    private static Account contract(String code) {
        return new Account(BigInteger.ONE, BigInteger.ZERO, Hex.parseData("0x" + code), Map.of());
    }

    /** Costs nothing, so that it may be sent by whomever the signature (1, 1) belongs to. */
    private static byte[] transaction() {
        byte[] zero = Rlp.encode(0);
        byte[] one = Rlp.encode(1);
        return Rlp.list(
                zero, zero, Rlp.encode(1_000_000), Rlp.encode(CALLER.bytes()), zero, zero, Rlp.encode(27), one, one);
    }

    private static StfRun run(StfMachine machine) {
        MemoryContentStore state = new MemoryContentStore();
        Bytes32 root = Account.storeAll(Map.of(CALLER, contract(CALLER_CODE), JUMPER, contract(JUMPER_CODE)), state);
        var environment = new StfInput.Environment(1, 1, 30_000_000, 0, 0, Address.ZERO, Bytes32.ZERO);
        byte[] input = StfInput.stateTest(1, root, environment, transaction());
        return machine.run(StfProgram.STATE_TEST, input, new StfHost(state, StfHost.Ancestors.NONE));
    }

    @Test
    void aJumpBehindTheEndOfACodeFails() throws IOException {
        StfRun run = run(EmulatorMachine.load(Path.of("../../guest/bin")));
        assertThat(run.result()).isInstanceOf(StfRun.Result.Accepted.class);
        assertThat(run.notes().transactions()).hasSize(1);
        assertThat(run.notes().transactions().getFirst().status()).isZero();
    }
}
