package dev.thimble.cli.bench;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.MemoryContentStore;
import dev.thimble.chain.StfRun;
import dev.thimble.cli.block.GenesisFile;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.BlockReader;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A chain to measure on: anvil on a genesis file with 10,000 funded accounts, and the same chain as Thimble sees it. Real
 * transactions, each of a block from another sender to another recipient. The node makes blocks as soon as they are asked
 * for; the chain follows when it is told to.
 */
final class BenchRollup implements AutoCloseable {
    static final int ACCOUNTS = 10_000;
    /** Accounts with keys; a block has at most so many transactions. */
    static final int SENDERS = 100;

    /** The receiver of fees and the precompiled contracts: see {@link GenesisFile}. */
    private static final int INHABITED = 11;

    /** What a holder gets, and what a transfer moves: anvil 1.7.1 keeps slots that become zero in its storage roots. */
    private static final long HOLDING = 1_000_000;

    private static final long AMOUNT = 1_000;

    private static final long CHAIN_ID = 31_337;
    private static final BigInteger FUNDS_WEI = BigInteger.TEN.pow(21);
    private static final BigInteger FEE_WEI = BigInteger.valueOf(1_000_000_000);
    private static final long TRANSFER_GAS = 21_000;
    private static final long CALL_GAS = 120_000;
    private static final long CREATION_GAS = 1_500_000;

    private final AnvilProcess node;
    private final EthereumClient client;
    private final EmulatorMachine machine;
    private final List<PrivateKey> senders;
    private final List<Address> accounts;
    private final MemoryContentStore contents = new MemoryContentStore();
    private final ChainState chain;
    private final Map<Address, Long> nonces = new HashMap<>();
    private int nextRecipient;
    private int holders;

    private BenchRollup(
            AnvilProcess node, Path genesis, List<PrivateKey> senders, List<Address> accounts, EmulatorMachine machine)
            throws IOException, MalformedBlockException {
        this.node = node;
        this.client = node.client();
        this.machine = machine;
        this.senders = senders;
        this.accounts = accounts;
        var header = new BlockReader(client).header(0).orElseThrow();
        this.chain = ChainState.atGenesis(Genesis.parse(Files.readAllBytes(genesis)), header, contents);
    }

    /**
     * Starts the node.
     *
     * @param folder takes the genesis file
     */
    static BenchRollup start(Path anvil, Path folder, EmulatorMachine machine)
            throws IOException, MalformedBlockException {
        var senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> PrivateKey.parse(Hex.data(Keccak256.hash("bench sender " + i))))
                .toList();
        var accounts = new ArrayList<>(senders.stream().map(PrivateKey::address).toList());
        for (int i = SENDERS; i < ACCOUNTS; i++) {
            accounts.add(Address.of(Arrays.copyOfRange(Keccak256.hash("bench account " + i), 12, 32)));
        }
        var genesis = folder.resolve("genesis.json");
        Files.write(genesis, genesis(accounts));
        var node = AnvilProcess.startFrom(
                anvil, genesis, "--chain-id", Long.toString(CHAIN_ID), "--no-mining", "--order", "fifo");
        try {
            return new BenchRollup(node, genesis, senders, accounts, machine);
        } catch (IOException | MalformedBlockException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static byte[] genesis(List<Address> accounts) {
        var balances = new LinkedHashMap<Address, BigInteger>();
        accounts.forEach(account -> balances.put(account, FUNDS_WEI));
        for (int i = 0; i < INHABITED; i++) {
            balances.put(Address.of(Hex.toBytes(BigInteger.valueOf(i), 20)), BigInteger.ONE);
        }
        return L2Genesis.file(
                CHAIN_ID, Instant.now().getEpochSecond(), accounts.getFirst(), BigInteger.TEN.pow(24), balances);
    }

    // ---------------------------------------------------------------- blocks

    /** A block without transactions. */
    Block empty() throws MalformedBlockException {
        return mine();
    }

    /** A block of so many transfers of ether. */
    Block transfers(int count) throws MalformedBlockException {
        for (int i = 0; i < count; i++) {
            send(i, Optional.of(recipient(ACCOUNTS)), BigInteger.ONE, new byte[0], TRANSFER_GAS);
        }
        return mine();
    }

    /** A block of so many transfers of a token, to accounts that hold some. */
    Block tokenTransfers(Address token, int count) throws MalformedBlockException {
        for (int i = 0; i < count; i++) {
            sendToken(token, i, recipient(holders), AMOUNT);
        }
        return mine();
    }

    /** A block of so many transfers, of ether and of a token in turns. */
    Block mixed(Address token, int count) throws MalformedBlockException {
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                send(i, Optional.of(recipient(ACCOUNTS)), BigInteger.ONE, new byte[0], TRANSFER_GAS);
            } else {
                sendToken(token, i, recipient(holders), AMOUNT);
            }
        }
        return mine();
    }

    /** A block with one call. */
    Block call(Address to, byte[] data) throws MalformedBlockException {
        send(0, Optional.of(to), BigInteger.ZERO, data, CALL_GAS);
        return mine();
    }

    /** Creates a contract; the chain follows. */
    Address create(byte[] code) throws MalformedBlockException {
        long nonce = send(0, Optional.empty(), BigInteger.ZERO, code, CREATION_GAS);
        follow(mine());
        return senders.getFirst().address().created(nonce);
    }

    /** The demo's token; the first {@code count} accounts, all senders among them, get some. The chain follows. */
    Address token(int count) throws MalformedBlockException {
        var token = create(ContractArtifact.DEMO_TOKEN.creation(BigInteger.TEN.pow(24)));
        for (holders = 1; holders < count; holders++) { // the first account is the creator
            sendToken(token, 0, accounts.get(holders), HOLDING);
            if (holders % SENDERS == 0) {
                follow(mine());
            }
        }
        follow(mine());
        return token;
    }

    private void sendToken(Address token, int sender, Address to, long amount) {
        var call = ContractArtifact.DEMO_TOKEN.abi().encodeCall("transfer", to, BigInteger.valueOf(amount));
        send(sender, Optional.of(token), BigInteger.ZERO, call, CALL_GAS);
    }

    /** Another one each time: 617 has no factor in common with round numbers. */
    private Address recipient(int among) {
        nextRecipient += 617;
        return accounts.get(nextRecipient % among);
    }

    private long send(int sender, Optional<Address> to, BigInteger value, byte[] data, long gas) {
        var key = senders.get(sender);
        long nonce = nonces.merge(key.address(), 1L, Long::sum) - 1;
        var transaction = new FeeMarketTransaction(
                CHAIN_ID, nonce, BigInteger.ONE, FEE_WEI, BigInteger.valueOf(gas), to, value, data);
        client.sendRaw(key.sign(transaction).raw());
        return nonce;
    }

    private Block mine() throws MalformedBlockException {
        client.rpc().call("evm_mine");
        return read(client.blockNumber());
    }

    /** Reads a block from the node. */
    Block read(long number) throws MalformedBlockException {
        return new BlockReader(client).read(number).orElseThrow();
    }

    // ---------------------------------------------------------------- the chain

    /** Executes the next block in the emulator, as a batch of its own; every transaction must succeed. */
    StfRun follow(Block block) {
        return require(chain.execute(machine, List.of(block.rlp())), block);
    }

    /** The same without moving the chain. */
    StfRun execute(Block block) {
        return require(fork().execute(machine, List.of(block.rlp())), block);
    }

    private static StfRun require(StfRun run, Block block) {
        long succeeded = run.notes().transactions().stream()
                .filter(note -> note.status() == 1)
                .count();
        if (!(run.result() instanceof StfRun.Result.Accepted)
                || succeeded != block.transactions().size()) {
            throw new IllegalStateException("block " + block.header().number() + " gave " + run.result() + ", "
                    + succeeded + " of " + block.transactions().size() + " transactions succeeded");
        }
        return run;
    }

    /** A chain with this one's state, which goes on by itself. */
    ChainState fork() {
        return new ChainState(contents, chain.commitment(), List.of(chain.head()));
    }

    @Override
    public void close() {
        node.close();
    }
}
