package dev.thimble.chain;

import java.util.ArrayList;
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
 * @param postStateRoot published instead of {@code post} where there are many accounts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BlockCase(
        String name,
        long chainId,
        byte[] genesis,
        Map<Address, Account> pre,
        List<Step> steps,
        Bytes32 lastBlockHash,
        Map<Address, Account> post,
        Optional<Bytes32> postStateRoot)
        implements PublishedCase {
    private static final Set<Integer> INVALID = Set.of(11, 12);

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
                StateCase.chainIdOf(test),
                Hex.parseData(test.path("genesisRLP").asString()),
                Account.parseAll(test.path("pre")),
                steps,
                new Bytes32(test.path("lastblockhash").asString()),
                Account.parseAll(test.path("postState")),
                Optional.ofNullable(test.path("postStateHash").asString(null)).map(Bytes32::new));
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
    public Optional<ProvableRun> provable() {
        if (!steps.getFirst().exceptions.isEmpty()) {
            return Optional.empty();
        }
        try {
            ChainState chain = start();
            byte[] input = chain.input(List.of(steps.getFirst().rlp));
            return Optional.of(new ProvableRun(StfProgram.STF, input, chain.host()));
        } catch (MalformedBlockException e) {
            return Optional.empty();
        }
    }

    private ChainState start() throws MalformedBlockException {
        MemoryContentStore contents = new MemoryContentStore();
        BlockHeader first = Block.decode(genesis).header();
        return new ChainState(
                contents, BatchCommitment.genesis(chainId, first, Account.storeAll(pre, contents)), List.of(first));
    }

    private Bytes32 postRoot() {
        return postStateRoot.orElseGet(() -> Account.storeAll(post, new MemoryContentStore()));
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
        private final ChainState chain;
        private final List<String> refusals = new ArrayList<>();
        private long cycles;

        Run(StfMachine machine) throws MalformedBlockException {
            this.machine = machine;
            this.chain = start();
        }

        CaseResult run() {
            if (!chain.commitment().stateRoot().equals(chain.head().stateRoot())) {
                return failed("the pre-state does not have the genesis header's root");
            }
            for (Step step : steps) {
                StfRun run = chain.execute(machine, List.of(step.rlp));
                cycles += run.cost().map(StfCost::cycles).orElse(0L);
                Optional<CaseResult> end = take(step, run.result());
                if (end.isPresent()) {
                    return end.get();
                }
            }
            BlockHeader head = chain.head();
            if (!head.hash().equals(lastBlockHash)) {
                return failed("the last block is " + head.hash() + ", published " + lastBlockHash);
            }
            if (!postRoot().equals(head.stateRoot())) {
                return failed("the published state after the case does not have the last block's root");
            }
            return new CaseResult(
                    name,
                    CaseResult.Verdict.PASSED,
                    String.join("; ", refusals),
                    Optional.of(head.stateRoot()),
                    Optional.empty(),
                    cycles);
        }

        /** What a block's run means for the case: its end, or nothing. */
        private Optional<CaseResult> take(Step step, StfRun.Result result) {
            boolean valid = step.exceptions.isEmpty();
            return switch (result) {
                case StfRun.Result.Accepted _ when valid -> Optional.empty();
                case StfRun.Result.Accepted _ ->
                    Optional.of(failed("a block was accepted that is invalid: " + step.exceptions.getFirst()));
                case StfRun.Result.Refused refused
                when refused.unsupported() -> Optional.of(CaseResult.unsupported(name, refused.reason(), cycles));
                case StfRun.Result.Refused(int exitCode, String reason)
                when !valid && INVALID.contains(exitCode) -> {
                    refusals.add(reason);
                    yield Optional.empty();
                }
                case StfRun.Result.Refused(int exitCode, String reason) ->
                    Optional.of(failed("a block was refused with exit code " + exitCode + ": " + reason));
                case StfRun.Result.Trapped(String message) -> Optional.of(failed("trap: " + message));
            };
        }

        private CaseResult failed(String reason) {
            return CaseResult.failed(name, reason, cycles);
        }
    }
}
