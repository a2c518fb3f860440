package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Withdrawals of a consensus layer (EIP-4895) are new ether, and on an L2 whoever makes the blocks writes them. Beside a bridge
 * that ether could be withdrawn to L1, where the deposits of others pay for it; the proof of such a batch was once accepted.
 */
class WithdrawalsTest {
    private static final Address BRIDGE = new Address("0x7468696d626c65" + "0".repeat(24) + "01");
    private static final int INVALID_BLOCK = 11;
    private static final long SEED = 20261127;

    private static boolean hasWithdrawals(BlockCase.Step step) {
        return step.exceptions().isEmpty()
                && !Rlp.decode(step.rlp()).items().get(3).items().isEmpty();
    }

    private static BlockCase withWithdrawals() throws Exception {
        List<BlockCase> found = new ArrayList<>();
        CaseFile.sample(PublishedVectors.BLOCKS, 300, SEED, each -> {
            if (found.isEmpty()
                    && each instanceof BlockCase block
                    && hasWithdrawals(block.steps().getFirst())) {
                found.add(block);
            }
        });
        return found.getFirst();
    }

    private static StfRun.Result firstBlock(BlockCase block, Map<Address, Account> accounts) throws Exception {
        MemoryContentStore contents = new MemoryContentStore();
        BlockHeader first = Block.decode(block.genesis()).header();
        BatchCommitment genesis = BatchCommitment.genesis(block.chainId(), first, Account.storeAll(accounts, contents));
        ChainState chain = new ChainState(contents, genesis, List.of(first));
        EmulatorMachine machine = EmulatorMachine.load(Path.of("../../guest/bin"));
        return chain.execute(machine, List.of(block.steps().getFirst().rlp())).result();
    }

    @Test
    void nobodyMintsEtherBesideABridge() throws Exception {
        BlockCase block = withWithdrawals();
        assertThat(firstBlock(block, block.pre())).isInstanceOf(StfRun.Result.Accepted.class);

        Map<Address, Account> accounts = new HashMap<>(block.pre());
        accounts.put(BRIDGE, new Account(BigInteger.ONE, BigInteger.ZERO, new byte[] {0}, Map.of()));
        assertThat(firstBlock(block, accounts))
                .isEqualTo(new StfRun.Result.Refused(INVALID_BLOCK, "withdrawals on a chain with a bridge"));
    }
}
