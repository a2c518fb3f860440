package dev.thimble.chain;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A published execution test of the Ethereum project (execution-spec-tests, formats "state test" and "blockchain test"), as
 * the state transition function has to pass it.
 */
public sealed interface PublishedCase permits StateCase, BlockCase {
    /** The name, unique in its file. */
    String name();

    /** Executes the case and compares everything that is published. */
    CaseResult run(StfMachine machine);

    /** The run that proves the case, of a block case its first block; empty if that is invalid. */
    Optional<ProvableRun> provable();

    /** What the case says has to be rejected, and why: {@code TransactionException.…} or {@code BlockException.…}. */
    List<String> exceptions();

    /** The opcodes in the codes that the case starts from. */
    Set<Integer> opcodes();
}
