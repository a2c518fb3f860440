package dev.thimble.cli.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.StfMachine;
import dev.thimble.chain.StfRun;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.RpcException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random transactions of all three types, random bytecode and calls of Solidity contracts, executed by anvil (revm) and by the
 * state transition function: it accepts each of anvil's blocks only if state root, receipts, gas, bloom and hash are equal.
 */
class DifferentialTest {
    private static final int TRANSACTIONS_PER_BLOCK = 10;
    private static final long ENOUGH_GAS = 2_000_000;

    @TempDir
    Path folder;

    private final List<Address> known = new ArrayList<>();
    private final List<Address> created = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom(0);

    @Test
    void randomTransactionsGiveEqualBlocks() throws Exception {
        compare(20261127, 10, Machines.nativeMachine());
    }

    @Test
    void randomTransactionsGiveEqualBlocksInTheEmulator() throws Exception {
        compare(20261128, 2, Machines.emulator());
    }

    @Test
    @Tag("full")
    void manyRandomTransactionsGiveEqualBlocks() throws Exception {
        compare(1, 220, Machines.nativeMachine());
    }

    private void compare(long seed, int blocks, StfMachine machine) throws Exception {
        random = new SplittableRandom(seed);
        int succeeded = 0;
        int transactions = 0;
        try (var rollup = AnvilRollup.start(folder)) {
            AnvilRollup.KEYS.forEach(key -> known.add(key.address()));
            known.add(L2BridgeState.ADDRESS);
            var chain = rollup.chain();
            for (int i = 0; i < blocks; i++) {
                var block = randomBlock(rollup);
                var run = expectAccepted(chain, machine, block, seed);
                transactions += block.transactions().size();
                succeeded += (int) run.notes().transactions().stream()
                        .filter(note -> note.status() == 1)
                        .count();
            }
        }
        // The node may leave out a transaction whose sender cannot pay any more when its turn comes: at least 2,000 of
        // 2,200
        // have to be in. Neither failure nor success may be rare, or the test would say little.
        int sent = blocks * TRANSACTIONS_PER_BLOCK;
        assertThat(transactions).isBetween(sent * 10 / 11, sent);
        assertThat(succeeded).isBetween(transactions / 4, transactions - 1);
    }

    private static StfRun expectAccepted(ChainState chain, StfMachine machine, Block block, long seed) {
        var run = chain.execute(machine, List.of(block.rlp()));
        assertThat(run.result())
                .as("seed %d, block %d", seed, block.header().number())
                .isInstanceOf(StfRun.Result.Accepted.class);
        return run;
    }

    private Block randomBlock(AnvilRollup rollup) throws Exception {
        for (int sent = 0; sent < TRANSACTIONS_PER_BLOCK; ) {
            var key = AnvilRollup.KEYS.get(random.nextInt(AnvilRollup.KEYS.size()));
            sent += trySend(rollup, key, randomTransaction()) ? 1 : 0;
        }
        var block = rollup.mine();
        created.stream()
                .filter(address -> rollup.client().code(address).length > 0)
                .forEach(known::add);
        created.clear();
        return block;
    }

    /** The node refuses some transactions at once, such as one with too little gas for its data. */
    private boolean trySend(AnvilRollup rollup, PrivateKey key, DevTransaction transaction) {
        try {
            long nonce = rollup.send(key, transaction);
            if (transaction.to().isEmpty()) {
                created.add(key.address().created(nonce));
            }
            return true;
        } catch (RpcException e) {
            return false;
        }
    }

    private DevTransaction randomTransaction() {
        int type = random.nextInt(3);
        long gas = random.nextInt(5) == 0 ? random.nextInt(45_000, 70_000) : random.nextInt(100_000, 1_200_000);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> create(type, random.nextInt(1000), RandomContract.creation(random, known));
            case 3 -> transaction(type, L2BridgeState.ADDRESS, random.nextInt(1000), withdrawal(), ENOUGH_GAS);
            case 4 -> create(type, 0, ContractArtifact.L2_BRIDGE.creationCode());
            case 5 -> transaction(type, randomKnown(), random.nextInt(1_000_000), new byte[0], gas);
            default -> transaction(type, randomKnown(), random.nextInt(3), randomData(), gas);
        };
    }

    /** Creations succeed: anvil keeps an empty account where one failed (see {@link RandomContract}). */
    private DevTransaction create(int type, long value, byte[] code) {
        return new DevTransaction(
                type, Optional.empty(), BigInteger.valueOf(value), code, ENOUGH_GAS, accessList(type));
    }

    private DevTransaction transaction(int type, Address to, long value, byte[] data, long gas) {
        return new DevTransaction(type, Optional.of(to), BigInteger.valueOf(value), data, gas, accessList(type));
    }

    private byte[] withdrawal() {
        return ContractArtifact.L2_BRIDGE.abi().encodeCall("withdraw", randomKnown());
    }

    private byte[] randomData() {
        byte[] data = new byte[random.nextInt(100)];
        random.nextBytes(data);
        return data;
    }

    private Address randomKnown() {
        return known.get(random.nextInt(known.size()));
    }

    private List<DevTransaction.Access> accessList(int type) {
        var list = new ArrayList<DevTransaction.Access>();
        while (type > 0 && list.size() < 4 && random.nextBoolean()) {
            byte[] slot = new byte[32];
            slot[31] = (byte) random.nextInt(6);
            list.add(new DevTransaction.Access(randomKnown(), random.nextBoolean() ? List.of(slot) : List.of()));
        }
        return list;
    }
}
