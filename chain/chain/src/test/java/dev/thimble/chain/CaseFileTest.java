package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms of published cases that the files in this repository do not show. */
class CaseFileTest {
    private static final Path GUEST = Path.of("../../guest/bin");
    private static final Bytes32 EMPTY_TRIE = new TrieBuilder(new MemoryContentStore()).root();
    private static final Bytes32 EMPTY_LIST = Bytes32.keccak(Rlp.list());
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(30_000_000);
    private static final long BLOB_FEE_UPDATE_FRACTION = 3_338_477;
    private static final long TARGET_BLOB_GAS = 393_216;

    @TempDir
    Path folder;

    private List<CaseResult> run(String line) throws IOException {
        StfMachine machine = EmulatorMachine.load(GUEST);
        List<CaseResult> results = new ArrayList<>();
        Path file = Files.writeString(folder.resolve("cases.ndjson"), line.replace('\n', ' '));
        CaseFile.read(file, each -> results.add(each.run(machine)));
        return results;
    }

    /** A header of a block without transactions, everything else zero or empty. */
    private static byte[] header(Bytes32 parent, Bytes32 stateRoot, long number, BigInteger gasLimit, long excess) {
        byte[] zeros = new byte[32];
        return Rlp.list(
                Rlp.encode(parent.bytes()),
                Rlp.encode(EMPTY_LIST.bytes()),
                Rlp.encode(new byte[20]),
                Rlp.encode(stateRoot.bytes()),
                Rlp.encode(EMPTY_TRIE.bytes()),
                Rlp.encode(EMPTY_TRIE.bytes()),
                Rlp.encode(new byte[256]),
                Rlp.encode(BigInteger.ZERO),
                Rlp.encode(number),
                Rlp.encode(gasLimit),
                Rlp.encode(BigInteger.ZERO),
                Rlp.encode(number),
                Rlp.encode(new byte[0]),
                Rlp.encode(zeros),
                Rlp.encode(new byte[8]),
                Rlp.encode(7),
                Rlp.encode(EMPTY_TRIE.bytes()),
                Rlp.encode(BigInteger.ZERO),
                Rlp.encode(excess),
                Rlp.encode(zeros));
    }

    private static byte[] block(byte[] header) {
        return Rlp.list(header, Rlp.list(), Rlp.list(), Rlp.list());
    }

    private static byte[] genesis(BigInteger gasLimit) {
        return header(Bytes32.ZERO, EMPTY_TRIE, 0, gasLimit, 0);
    }

    /** A case that ends with its genesis, since all its blocks are invalid. */
    private static String blockCase(byte[] genesis, String pre, String blocks, String post) {
        return "{\"a case\":{\"network\":\"Cancun\",\"genesisRLP\":\"" + Hex.data(block(genesis)) + "\",\"pre\":{"
                + pre + "},\"blocks\":[" + blocks + "],\"lastblockhash\":\"" + Bytes32.keccak(genesis) + "\"," + post
                + "}}";
    }

    private static String invalidBlock(byte[] rlp) {
        return "{\"rlp\":\"" + Hex.data(rlp) + "\",\"expectException\":\"BlockException.INCORRECT_BLOCK_FORMAT\"}";
    }

    @Test
    void aStateCaseWithoutConfigurationIsOnChainOne() throws IOException {
        String line = """
            {"a case":{"env":{"currentNumber":"0x01","currentTimestamp":"0x03e8","currentGasLimit":"0x01c9c380",
            "currentBaseFee":"0x07","currentCoinbase":"0x00000000000000000000000000000000000000c0",
            "currentRandom":"0x0000000000000000000000000000000000000000000000000000000000000000"},
            "pre":{},"post":{"Cancun":[{"hash":"%s","logs":"%s","txbytes":"0x05c0","expectException":
            "TransactionException.TYPE_NOT_SUPPORTED|TransactionException.INSUFFICIENT_ACCOUNT_FUNDS"}]}}}\
            """.replaceFirst("%s", EMPTY_TRIE.hex()).replaceFirst("%s", EMPTY_LIST.hex());
        assertThat(run(line)).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(CaseResult.Verdict.PASSED);
            assertThat(result.reason()).isEqualTo("type");
        });
    }

    @Test
    void theStateAfterABlockCaseMayBeGivenByItsRoot() throws IOException {
        assertThat(run(blockCase(genesis(GAS_LIMIT), "", "", "\"postStateHash\":\"" + EMPTY_TRIE + "\"")))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(CaseResult.Verdict.PASSED));
        assertThat(run(blockCase(genesis(GAS_LIMIT), "", "", "\"postStateHash\":\"" + EMPTY_LIST + "\"")))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(CaseResult.Verdict.FAILED));
    }

    @Test
    void bytesThatAreNoBlockAreRefused() throws IOException {
        String nonsense = """
            {"rlp":"0x","expectException":"BlockException.RLP_STRUCTURES_ENCODING"},
            {"rlp":"0xc0","expectException":"BlockException.RLP_STRUCTURES_ENCODING"},
            {"rlp":"0xf8","expectException":"BlockException.RLP_INVALID_FIELD_OVERFLOW_64"},
            {"rlp":"0xc4c0c0c0c0","expectException":"BlockException.RLP_STRUCTURES_ENCODING"}\
            """;
        assertThat(run(blockCase(genesis(GAS_LIMIT), "", nonsense, "\"postState\":{}")))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.verdict()).isEqualTo(CaseResult.Verdict.PASSED);
                    assertThat(result.reason()).isEqualTo("malformed RLP; malformed RLP; malformed RLP; malformed RLP");
                });
    }

    /** The guest once accepted 2^63. */
    @Test
    void aGasLimitIsBelowTwoToThe63() throws IOException {
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        byte[] genesis = genesis(most);
        String blocks = invalidBlock(block(header(Bytes32.keccak(genesis), EMPTY_TRIE, 1, most.add(BigInteger.ONE), 0)))
                + "," + invalidBlock(block(header(Bytes32.keccak(genesis), EMPTY_LIST, 1, most, 0)));
        assertThat(run(blockCase(genesis, "", blocks, "\"postState\":{}")))
                .singleElement()
                .satisfies(result -> assertThat(result.reason()).isEqualTo("gas limit; state root"));
    }

    /**
     * The guest once computed e^x for x up to 160 with products that 256 bits do not hold. BLOBBASEFEE is executed by the
     * system call, as the code of the contract of beacon roots.
     */
    @Test
    void aBlobBaseFeeWhoseProductsOverflowHaltsTheGuest() throws IOException {
        assertThat(blobBaseFee(145 * BLOB_FEE_UPDATE_FRACTION)).isEqualTo("state root");
        assertThat(blobBaseFee(145 * BLOB_FEE_UPDATE_FRACTION + 1))
                .isEqualTo("a block was refused with exit code 16: excess blob gas");
    }

    private String blobBaseFee(long excess) throws IOException {
        Account contract = new Account(BigInteger.ONE, BigInteger.ZERO, new byte[] {0x4a, 0x50, 0x00}, Map.of());
        Address address = new Address("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
        Bytes32 root = Account.storeAll(Map.of(address, contract), new MemoryContentStore());
        byte[] genesis = header(Bytes32.ZERO, root, 0, GAS_LIMIT, excess + TARGET_BLOB_GAS);
        String blocks = invalidBlock(block(header(Bytes32.keccak(genesis), EMPTY_LIST, 1, GAS_LIMIT, excess)));
        String pre = "\"" + address + "\":{\"nonce\":\"0x1\",\"code\":\"0x4a5000\"}";
        return run(blockCase(genesis, pre, blocks, "\"postStateHash\":\"" + root + "\""))
                .getFirst()
                .reason();
    }

    @Test
    void theCaseThatCannotBeReadIsNamed() {
        String line = "{\"the broken one\":{\"network\":\"Cancun\",\"genesisRLP\":\"zz\"}}";
        assertThatThrownBy(() -> run(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the broken one: hex data without 0x: zz");
    }
}
