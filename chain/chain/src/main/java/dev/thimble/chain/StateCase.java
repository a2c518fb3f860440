package dev.thimble.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A state test: one transaction on a pre-state.
 *
 * @param name the test's name, with the number of the expectation if it has several
 * @param transaction the signed bytes
 * @param postRoot the state root afterwards
 * @param logsHash keccak256 of the RLP of all logs
 * @param exceptions why the transaction is invalid, empty if it is valid
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StateCase(
        String name,
        long chainId,
        StfInput.Environment environment,
        Map<Address, Account> pre,
        byte[] transaction,
        Bytes32 postRoot,
        Bytes32 logsHash,
        List<String> exceptions)
        implements PublishedCase {
    private static final byte[] OUTPUT_PREFIX = "thimble state test".getBytes(StandardCharsets.US_ASCII);
    private static final int INVALID_TRANSACTION = 12;

    public StateCase {
        pre = Map.copyOf(pre);
        exceptions = List.copyOf(exceptions);
    }

    /** The cases of one test: one for each expectation of this fork. */
    static List<PublishedCase> parse(String name, JsonNode test, String fork) {
        List<PublishedCase> cases = new ArrayList<>();
        JsonNode expectations = test.path("post").path(fork);
        for (JsonNode expected : expectations) {
            String suffix = expectations.size() == 1 ? "" : "#" + cases.size();
            cases.add(new StateCase(
                    name + suffix,
                    chainIdOf(test),
                    environment(test.path("env")),
                    Account.parseAll(test.path("pre")),
                    Hex.parseData(expected.path("txbytes").asString()),
                    new Bytes32(expected.path("hash").asString()),
                    new Bytes32(expected.path("logs").asString()),
                    exceptionOf(expected)));
        }
        return cases;
    }

    /** Older tests have no configuration: they are on chain 1. */
    static long chainIdOf(JsonNode test) {
        return Hex.parseQuantity(test.path("config").path("chainid").asString("0x1"))
                .longValueExact();
    }

    static List<String> exceptionOf(JsonNode expected) {
        String exception = expected.path("expectException").asString("");
        return exception.isEmpty() ? List.of() : List.of(exception);
    }

    private static StfInput.Environment environment(JsonNode env) {
        return new StfInput.Environment(
                number(env, "currentNumber"),
                number(env, "currentTimestamp"),
                number(env, "currentGasLimit"),
                number(env, "currentBaseFee"),
                number(env, "currentExcessBlobGas"),
                new Address(env.path("currentCoinbase").asString()),
                new Bytes32(env.path("currentRandom").asString()));
    }

    private static long number(JsonNode env, String field) {
        BigInteger value = Hex.parseQuantity(env.path(field).asString("0x0"));
        return StfInput.Environment.unsigned(value);
    }

    @Override
    public CaseResult run(StfMachine machine) {
        MemoryContentStore state = new MemoryContentStore();
        Bytes32 preRoot = Account.storeAll(pre, state);
        byte[] input = StfInput.stateTest(chainId, preRoot, environment, transaction);
        StfRun run = machine.run(StfProgram.STATE_TEST, input, new StfHost(state, StfHost.Ancestors.NONE));
        long cycles = run.cost().map(StfCost::cycles).orElse(0L);
        return switch (run.result()) {
            case StfRun.Result.Accepted(Bytes32 output) -> compare(run.notes(), preRoot, input, output, cycles);
            case StfRun.Result.Refused refused
            when refused.unsupported() -> CaseResult.unsupported(name, refused.reason(), cycles);
            case StfRun.Result.Refused refused -> refused(refused, preRoot, cycles);
            case StfRun.Result.Trapped(String message) -> CaseResult.failed(name, "trap: " + message, cycles);
        };
    }

    private CaseResult refused(StfRun.Result.Refused refused, Bytes32 preRoot, long cycles) {
        String what = "refused with exit code " + refused.exitCode() + ": " + refused.reason();
        if (exceptions.isEmpty() || refused.exitCode() != INVALID_TRANSACTION) {
            return CaseResult.failed(name, what, cycles);
        }
        if (!preRoot.equals(postRoot)) {
            return CaseResult.failed(name, "an invalid transaction that changes the state is published", cycles);
        }
        return new CaseResult(
                name, CaseResult.Verdict.PASSED, refused.reason(), Optional.of(preRoot), Optional.empty(), cycles);
    }

    private CaseResult compare(StfNotes notes, Bytes32 preRoot, byte[] input, Bytes32 output, long cycles) {
        Bytes32 root = notes.stateRoot().orElse(Bytes32.ZERO);
        Bytes32 logs = notes.logsHash().orElse(Bytes32.ZERO);
        String reason;
        if (!exceptions.isEmpty()) {
            reason = "accepted, but it is invalid: " + exceptions.getFirst();
        } else if (!root.equals(postRoot)) {
            reason = "state root " + root + ", published " + postRoot;
        } else if (!logs.equals(logsHash)) {
            reason = "logs hash " + logs + ", published " + logsHash;
        } else if (!isOutput(output, preRoot, input)) {
            reason = "the output is not the digest of what was executed";
        } else {
            return new CaseResult(name, CaseResult.Verdict.PASSED, "", Optional.of(root), Optional.of(logs), cycles);
        }
        return new CaseResult(name, CaseResult.Verdict.FAILED, reason, Optional.of(root), Optional.of(logs), cycles);
    }

    /** The status is not published: either will do. */
    private boolean isOutput(Bytes32 output, Bytes32 preRoot, byte[] input) {
        byte[] inputHash = Keccak256.hash(input);
        for (byte status = 0; status < 2; status++) {
            Bytes32 expected = Bytes32.keccak(
                    OUTPUT_PREFIX, preRoot.bytes(), inputHash, postRoot.bytes(), logsHash.bytes(), new byte[] {status});
            if (expected.equals(output)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<ProvableRun> provable() {
        MemoryContentStore state = new MemoryContentStore();
        byte[] input = StfInput.stateTest(chainId, Account.storeAll(pre, state), environment, transaction);
        return exceptions.isEmpty()
                ? Optional.of(new ProvableRun(StfProgram.STATE_TEST, input, new StfHost(state, StfHost.Ancestors.NONE)))
                : Optional.empty();
    }

    @Override
    public Set<Integer> opcodes() {
        Set<Integer> opcodes = new TreeSet<>();
        pre.values().forEach(account -> Opcodes.collect(account.code(), opcodes));
        return opcodes;
    }
}
