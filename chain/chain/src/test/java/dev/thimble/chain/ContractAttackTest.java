package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contracts that want the state transition function to execute them otherwise than the rules say. Each once succeeded. */
class ContractAttackTest {
    private static final Address CALLER = new Address("0x" + "0".repeat(36) + "c0de");
    private static final Address JUMPER = new Address("0x" + "0".repeat(36) + "beef");
    private static final int OUT_OF_MEMORY = 16;

    /** 64 bytes: jumps where the call data says; the last byte is a JUMPDEST in the data of a PUSH32. */
    private static final String JUMPER_CODE = "5f3556" + "00".repeat(59) + "7f5b";

    /** Goes on if the result of a call is 1; otherwise it asks for 2^255 bytes of memory, which fails. */
    private static final String REQUIRE = "1560ff1b5f9052";

    private static Account contract(String code) {
        return new Account(BigInteger.ONE, BigInteger.ZERO, Hex.parseData("0x" + code), Map.of());
    }

    /** Costs nothing, so that it may be sent by whomever the signature (1, 1) belongs to. */
    private static byte[] transaction(long gas) {
        byte[] zero = Rlp.encode(0);
        byte[] one = Rlp.encode(1);
        return Rlp.list(zero, zero, Rlp.encode(gas), Rlp.encode(CALLER.bytes()), zero, zero, Rlp.encode(27), one, one);
    }

    private static StfRun run(String code, long gas) throws IOException {
        MemoryContentStore state = new MemoryContentStore();
        Bytes32 root = Account.storeAll(Map.of(CALLER, contract(code), JUMPER, contract(JUMPER_CODE)), state);
        var environment = new StfInput.Environment(1, 1, Long.MAX_VALUE, 0, 0, Address.ZERO, Bytes32.ZERO);
        byte[] input = StfInput.stateTest(1, root, environment, transaction(gas));
        EmulatorMachine machine = EmulatorMachine.load(Path.of("../../guest/bin"));
        return machine.run(StfProgram.STATE_TEST, input, new StfHost(state, StfHost.Ancestors.NONE));
    }

    private static void assertFails(StfRun run) {
        assertThat(run.result()).isInstanceOf(StfRun.Result.Accepted.class);
        assertThat(run.notes().transactions()).hasSize(1);
        assertThat(run.notes().transactions().getFirst().status()).isZero();
    }

    private static void assertCannotBeProven(StfRun run) {
        assertThat(run.result())
                .isInstanceOfSatisfying(
                        StfRun.Result.Refused.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(OUT_OF_MEMORY));
    }

    /** Calls the jumper with a target; leaves the result on the stack. */
    private static String jump(int target) {
        String data = String.format(Locale.ROOT, "60%02x5f52", target);
        return data + "5f5f60205f5f73" + JUMPER.hex().substring(2) + "61fffff1";
    }

    /**
     * The jump to 63, into the data of the PUSH32, fails, but let the analysis of jump targets run to 95. The jump to 65, behind
     * the end, then found the bit of a JUMPDEST in what was allocated behind the table, and zeros behind the code: STOP. Here it
     * is the result of MODEXP, 2^25 mod 2^32 − 1. A call that must fail succeeded, and no honest block with it could be proven.
     */
    @Test
    void aJumpBehindTheEndOfACodeFails() throws IOException {
        String operands =
                "6004602052" + "6001604052" + "6004606052" + "7f0200000001ffffffff" + "00".repeat(23) + "608052";
        String keepABit = "5f5f606960205f600561fffff150";
        String code = operands + keepABit + jump(63) + "50" + keepABit + jump(65) + REQUIRE + "00";
        assertFails(run(code, 1_000_000));
    }

    /** An exponent of 2^32 bytes costs 11 billion gas and was taken for one that nobody can pay. */
    @Test
    void aLongExponentThatIsPaidForEndsTheRun() throws IOException {
        String operands = "60015f52" + "640100000000602052" + "6001604052";
        String code = operands + "5f5f60605f5f60055af1" + REQUIRE + "00";
        assertFails(run(code, 10_000_000_000L));
        assertCannotBeProven(run(code, 20_000_000_000L));
    }

    /** Memory at 2^32 costs 2^45 gas and was taken for what nobody can pay. */
    @Test
    void farMemoryThatIsPaidForEndsTheRun() throws IOException {
        String code = "5f64010000000052" + "00";
        assertFails(run(code, 1L << 43));
        assertCannotBeProven(run(code, 1L << 46));
        String copy = "640100000000" + "5f5f3700"; // CALLDATACOPY of 2^32 bytes
        assertFails(run(copy, 1L << 43));
        assertCannotBeProven(run(copy, 1L << 46));
    }
}
