package dev.thimble.cli.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.ContentStore;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.MemoryContentStore;
import dev.thimble.chain.NativeMachine;
import dev.thimble.chain.Rlp;
import dev.thimble.chain.StfRun;
import dev.thimble.chain.TrieBuilder;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A block that anvil made, wrong in one thing at a time: the state transition function refuses each, so none can be proven.
 * Where the transactions change, the header's transactions root follows, so that it is not what gives it away.
 */
class WrongBlockTest {
    private static final int TRANSACTIONS_ROOT = 4;
    /** Fields that a block may choose: it is another block then, with another hash. */
    private static final List<Integer> FREE_FIELDS = List.of(12, 13, 19);

    @TempDir
    static Path folder;

    private static NativeMachine machine;
    private static Genesis genesis;
    private static BlockHeader genesisHeader;
    private static Block block;
    /** In the block's order: type 2 transfer, type 0 withdrawal with a log, type 1 transfer by the first one's sender. */
    private static final List<DevTransaction> SENT = List.of(
            DevTransaction.transfer(AnvilRollup.KEYS.get(2).address(), 1000),
            new DevTransaction(
                    0,
                    Optional.of(L2BridgeState.ADDRESS),
                    BigInteger.TEN,
                    ContractArtifact.L2_BRIDGE
                            .abi()
                            .encodeCall("withdraw", AnvilRollup.KEYS.get(3).address()),
                    1_000_000,
                    List.of()),
            new DevTransaction(
                    1,
                    Optional.of(AnvilRollup.KEYS.get(4).address()),
                    BigInteger.ONE,
                    new byte[] {1},
                    100_000,
                    List.of()));

    private static final List<Integer> SENDERS = List.of(1, 5, 1);

    @BeforeAll
    static void makeBlock() throws Exception {
        machine = Machines.nativeMachine();
        try (var rollup = AnvilRollup.start(folder)) {
            genesis = Genesis.parse(Files.readAllBytes(rollup.genesisFile()));
            genesisHeader = rollup.header(0);
            for (int i = 0; i < SENT.size(); i++) {
                rollup.send(AnvilRollup.KEYS.get(SENDERS.get(i)), SENT.get(i));
            }
            block = rollup.mine();
        }
    }

    private static StfRun.Result execute(byte[] rlp, ContentStore contents) {
        return ChainState.atGenesis(genesis, genesisHeader, contents)
                .execute(machine, List.of(rlp))
                .result();
    }

    private static StfRun.Result execute(byte[] rlp) {
        return execute(rlp, new MemoryContentStore());
    }

    private static void expectRefused(byte[] rlp, int... exitCodes) {
        assertThat(execute(rlp))
                .isInstanceOfSatisfying(
                        StfRun.Result.Refused.class,
                        refused -> assertThat(exitCodes).as(refused.reason()).contains(refused.exitCode()));
    }

    private static List<Rlp.Item> parts() {
        return Rlp.decode(block.rlp()).items();
    }

    /** The block with one header field replaced. */
    private static byte[] withField(int field, byte[] value) {
        var fields = new ArrayList<byte[]>();
        parts().getFirst().items().forEach(item -> fields.add(Rlp.encode(item)));
        fields.set(field, Rlp.encode(value));
        return Rlp.list(
                Rlp.list(fields), Rlp.encode(parts().get(1)), Rlp.encode(parts().get(2)), Rlp.encode(parts().get(3)));
    }

    /** The block with other transactions, whose root the header has. */
    private static byte[] withTransactions(List<byte[]> raw) throws MalformedBlockException {
        var trie = new TrieBuilder(new MemoryContentStore());
        for (int i = 0; i < raw.size(); i++) {
            trie.add(Rlp.encode(i), raw.get(i));
        }
        var header =
                Rlp.encode(Rlp.decode(withField(TRANSACTIONS_ROOT, trie.root().bytes()))
                        .items()
                        .getFirst());
        return Block.assemble(header, raw, List.of()).rlp();
    }

    private static List<byte[]> signed() {
        var raw = new ArrayList<byte[]>();
        block.transactions().forEach(transaction -> raw.add(transaction.bytes()));
        return raw;
    }

    private static byte[] withTransaction(int index, DevTransaction changed, long nonce)
            throws MalformedBlockException {
        var raw = signed();
        raw.set(index, changed.sign(AnvilRollup.KEYS.get(SENDERS.get(index)), AnvilRollup.CHAIN_ID, nonce));
        return withTransactions(raw);
    }

    @Test
    void theBlockItselfIsAccepted() throws MalformedBlockException {
        assertThat(execute(block.rlp())).isInstanceOf(StfRun.Result.Accepted.class);
        assertThat(withTransactions(signed())).isEqualTo(block.rlp());
    }

    static IntStream fields() {
        return IntStream.range(0, BlockHeader.FIELDS);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aWrongHeaderFieldIsRefused(int field) {
        byte[] value = parts().getFirst().items().get(field).bytes();
        byte[] wrong = value.length == 0 ? new byte[] {1} : value.clone();
        wrong[0] ^= value.length == 0 ? 0 : (byte) 0x40;
        var rlp = withField(field, wrong);
        if (FREE_FIELDS.contains(field)) {
            assertThat(execute(rlp)).isInstanceOf(StfRun.Result.Accepted.class).isNotEqualTo(execute(block.rlp()));
        } else {
            expectRefused(rlp, 10, 11, 12);
        }
    }

    @Test
    void aMissingOrAdditionalFieldIsRefused() {
        var fields = new ArrayList<byte[]>();
        parts().getFirst().items().forEach(item -> fields.add(Rlp.encode(item)));
        var shorter = fields.subList(0, fields.size() - 1);
        var longer = new ArrayList<>(fields);
        longer.add(Rlp.encode(0));
        for (var wrong : List.of(shorter, longer)) {
            expectRefused(Rlp.list(Rlp.list(wrong), Rlp.encode(parts().get(1)), Rlp.list(), Rlp.list()), 10, 11);
        }
    }

    @Test
    void aWrongSignatureIsRefused() throws MalformedBlockException {
        for (int i = 0; i < SENT.size(); i++) {
            var raw = signed();
            byte[] changed = raw.get(i).clone();
            changed[changed.length - 1] ^= 1;
            raw.set(i, changed);
            expectRefused(withTransactions(raw), 11, 12);
        }
    }

    @Test
    void aWrongNonceIsRefused() throws MalformedBlockException {
        expectRefused(withTransaction(0, SENT.getFirst(), 1), 12);
        expectRefused(withTransaction(2, SENT.get(2), 0), 12);
        expectRefused(withTransaction(1, SENT.get(1), 1L << 40), 12);
    }

    @Test
    void moreThanTheBalanceIsRefused() throws MalformedBlockException {
        var rich = new DevTransaction(2, SENT.getFirst().to(), BigInteger.TEN.pow(22), new byte[0], 21_000, List.of());
        expectRefused(withTransaction(0, rich, 0), 12);
    }

    @Test
    void anotherAmountIsRefused() throws MalformedBlockException {
        var other = DevTransaction.transfer(AnvilRollup.KEYS.get(2).address(), 1001);
        expectRefused(withTransaction(0, other, 0), 11);
    }

    @Test
    void anotherOrderIsRefused() throws MalformedBlockException {
        for (int i = 0; i < SENT.size(); i++) {
            var raw = signed();
            Collections.swap(raw, i, (i + 1) % raw.size());
            expectRefused(withTransactions(raw), 11, 12);
        }
    }

    @Test
    void aTransactionLessOrTwiceIsRefused() throws MalformedBlockException {
        expectRefused(withTransactions(signed().subList(0, 2)), 11);
        var twice = signed();
        twice.add(twice.getLast());
        expectRefused(withTransactions(twice), 12);
    }

    @Test
    void anotherParentIsRefused() throws Exception {
        var fields = new ArrayList<byte[]>();
        Rlp.decode(genesisHeader.rlp()).items().forEach(item -> fields.add(Rlp.encode(item)));
        fields.set(12, Rlp.encode(new byte[] {9}));
        var other = BlockHeader.decode(Rlp.list(fields));
        var chain = ChainState.atGenesis(genesis, other, new MemoryContentStore());
        assertThat(chain.execute(machine, List.of(block.rlp())).result()).isInstanceOf(StfRun.Result.Refused.class);
    }

    @Test
    void theSameBlockTwiceIsRefused() {
        var chain = ChainState.atGenesis(genesis, genesisHeader, new MemoryContentStore());
        var result = chain.execute(machine, List.of(block.rlp(), block.rlp())).result();
        assertThat(result).isInstanceOf(StfRun.Result.Refused.class);
        assertThat(chain.head()).isEqualTo(genesisHeader);
    }

    /** Answers one question with other bytes, or not at all. */
    private static final class Liar implements ContentStore {
        private final ContentStore truth = new MemoryContentStore();
        private final int victim;
        private final boolean silent;
        private int asked;

        Liar(int victim, boolean silent) {
            this.victim = victim;
            this.silent = silent;
        }

        @Override
        public Optional<byte[]> get(Bytes32 hash) {
            var found = truth.get(hash);
            if (asked++ != victim || silent) {
                return asked - 1 == victim ? Optional.empty() : found;
            }
            byte[] changed = found.orElseThrow();
            changed[changed.length / 2] ^= 1;
            return Optional.of(changed);
        }

        @Override
        public Bytes32 put(byte[] bytes) {
            return truth.put(bytes);
        }
    }

    @Test
    void aWrongOrMissingWitnessNodeIsRefused() {
        var honest = new Liar(-1, false);
        assertThat(execute(block.rlp(), honest)).isInstanceOf(StfRun.Result.Accepted.class);
        assertThat(honest.asked).isGreaterThan(5);
        for (int victim = 0; victim < honest.asked; victim++) {
            for (boolean silent : new boolean[] {true, false}) {
                int expected = silent ? 13 : 14;
                assertThat(execute(block.rlp(), new Liar(victim, silent)))
                        .isInstanceOfSatisfying(
                                StfRun.Result.Refused.class,
                                refused -> assertThat(refused.exitCode()).isEqualTo(expected));
            }
        }
    }
}
