package dev.thimble.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A blockchain test: blocks on a genesis, each its own batch; those that are invalid have to be refused, and what follows
 * them builds on the block before.
 *
 * @param name the test's name
 * @param genesis RLP of block 0
 * @param lastBlockHash hash of the last valid block
 * @param post all accounts afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BlockCase(
        String name,
        long chainId,
        byte[] genesis,
        Map<Address, Account> pre,
        List<Step> steps,
        Bytes32 lastBlockHash,
        Map<Address, Account> post)
        implements PublishedCase {
    private static final Set<Integer> INVALID = Set.of(10, 11, 12);

    /** One block and why it is invalid, empty if it is valid. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Step(byte[] rlp, List<String> exceptions) {}

    public BlockCase {
        pre = Map.copyOf(pre);
        post = Map.copyOf(post);
        steps = List.copyOf(steps);
    }

    /** The case of one test. */
    static BlockCase parse(String name, JsonNode test) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode block : test.path("blocks")) {
            steps.add(new Step(Hex.parseData(block.path("rlp").asString()), StateCase.exceptionOf(block)));
        }
        return new BlockCase(
                name,
                Hex.parseQuantity(test.path("config").path("chainid").asString())
                        .longValueExact(),
                Hex.parseData(test.path("genesisRLP").asString()),
                Account.parseAll(test.path("pre")),
                steps,
                new Bytes32(test.path("lastblockhash").asString()),
                Account.parseAll(test.path("postState")));
    }

    @Override
    public CaseResult run(StfMachine machine) {
        try {
            return new Run(machine).run();
        } catch (MalformedBlockException | IllegalArgumentException e) {
            return CaseResult.failed(name, "the case cannot be read: " + e.getMessage(), 0);
        }
    }

    @Override
    public List<String> exceptions() {
        return steps.stream().flatMap(step -> step.exceptions.stream()).toList();
    }

    @Override
    public Set<Integer> opcodes() {
        Set<Integer> opcodes = new TreeSet<>();
        pre.values().forEach(account -> Opcodes.collect(account.code(), opcodes));
        return opcodes;
    }

    /** The chain while the case runs. */
    private final class Run {
        private final StfMachine machine;
        private final MemoryContentStore state = new MemoryContentStore();
        private final Map<Long, byte[]> headers = new HashMap<>();
        private final BatchExecutor executor;
        private BlockHeader head;
        private BatchCommitment commitment;
        private final List<String> refusals = new ArrayList<>();
        private long cycles;

        Run(StfMachine machine) throws MalformedBlockException {
            this.machine = machine;
            this.executor = new BatchExecutor(state, number -> Optional.ofNullable(headers.get(number)));
            this.head = Block.decode(genesis).header();
            this.commitment = BatchCommitment.genesis(chainId, head, head.stateRoot());
            headers.put(head.number(), head.rlp());
        }

        CaseResult run() throws MalformedBlockException {
            if (!Account.storeAll(pre, state).equals(head.stateRoot())) {
                return failed("the pre-state does not have the genesis header's root");
            }
            for (Step step : steps) {
                StfRun run = executor.execute(machine, commitment, head, List.of(step.rlp));
                cycles += run.cost().map(StfCost::cycles).orElse(0L);
                Optional<CaseResult> end = take(step, run);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            if (!head.hash().equals(lastBlockHash)) {
                return failed("the last block is " + head.hash() + ", published " + lastBlockHash);
            }
            if (!Account.storeAll(post, new MemoryContentStore()).equals(head.stateRoot())) {
                return failed("the published accounts do not have the last block's root");
            }
            return new CaseResult(
                    name,
                    CaseResult.Verdict.PASSED,
                    String.join("; ", refusals),
                    Optional.of(head.stateRoot()),
                    Optional.empty(),
                    cycles);
        }

        /** What a block's run means for the case: an end, or nothing. */
        private Optional<CaseResult> take(Step step, StfRun run) throws MalformedBlockException {
            switch (run.result()) {
                case StfRun.Result.Accepted _ when step.exceptions.isEmpty() -> extend(step, run);
                case StfRun.Result.Accepted _ -> {
                    return Optional.of(failed("a block was accepted that is invalid: " + step.exceptions.getFirst()));
                }
                case StfRun.Result.Refused refused
                when refused.unsupported() -> {
                    return Optional.of(CaseResult.unsupported(name, refused.reason(), cycles));
                }
                case StfRun.Result.Refused(int exitCode, String reason)
                when !step.exceptions.isEmpty() && INVALID.contains(exitCode) -> refusals.add(reason);
                case StfRun.Result.Refused(int exitCode, String reason) -> {
                    return Optional.of(failed("a block was refused with exit code " + exitCode + ": " + reason));
                }
                case StfRun.Result.Trapped(String message) -> {
                    return Optional.of(failed("trap: " + message));
                }
            }
            return Optional.empty();
        }

        private void extend(Step step, StfRun run) throws MalformedBlockException {
            head = Block.decode(step.rlp).header();
            headers.put(head.number(), head.rlp());
            commitment = run.notes().commitment().orElseThrow();
        }

        private CaseResult failed(String reason) {
            return CaseResult.failed(name, reason, cycles);
        }
    }
}
