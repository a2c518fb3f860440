package dev.thimble.l1;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.Receipt;
import dev.thimble.ethereum.SignedTransaction;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.plonkverifier.VerificationKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** An anvil with the contracts deployed on it, a database, and what a component needs. Blocks are final two blocks later. */
final class LocalL1 implements AutoCloseable {
    static final long L2_CHAIN_ID = 31_338;
    static final PrivateKey OWNER = DevelopmentAccounts.OWNER;
    static final PrivateKey OPERATOR = DevelopmentAccounts.OPERATOR;
    static final PrivateKey USER = DevelopmentAccounts.USER;
    static final FeePolicy PATIENT = new FeePolicy(Duration.ofHours(1), 15, BigInteger.valueOf(1_000_000_000_000L));

    final DatabaseAddress address = TemporaryPostgres.ofThisProcess().newDatabase();
    final List<L1Event> events = new CopyOnWriteArrayList<>();
    private final AnvilProcess node;
    private final List<QueueDatabase> databases = new ArrayList<>();
    private final ChainGenesis genesis;

    private LocalL1(AnvilProcess node) {
        this.node = node;
        long now = Hex.parseQuantity(client().block("latest").path("timestamp").asString())
                .longValueExact();
        this.genesis = new ChainGenesis(
                L2_CHAIN_ID, now - 10_000, new Bytes32("0x" + "11".repeat(32)), new Bytes32("0x" + "22".repeat(32)));
    }

    /** Starts a node; the test is skipped where there is none to start, unless CI=true. */
    static LocalL1 start(String... options) throws IOException {
        Optional<Path> anvil = AnvilProcess.locate();
        if (anvil.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("anvil is not installed: npm ci in services/ethereum");
        }
        assumeTrue(anvil.isPresent(), "anvil is not installed: npm ci in services/ethereum");
        List<String> all = new ArrayList<>(List.of(options));
        if (!all.contains("--slots-in-an-epoch")) {
            all.addAll(List.of("--slots-in-an-epoch", "1"));
        }
        return new LocalL1(AnvilProcess.start(anvil.orElseThrow(), all.toArray(String[]::new)));
    }

    ChainGenesis genesis() {
        return genesis;
    }

    URI url() {
        return node.url();
    }

    EthereumClient client() {
        return node.client();
    }

    /** A pool of its own, as another process has it. */
    QueueDatabase database() {
        databases.add(QueueDatabase.open(address, 4));
        return databases.getLast();
    }

    L1Deployer.Plan plan(VerificationKey key, VerifierParams params) {
        return new L1Deployer.Plan(genesis, key, params, OWNER.address(), OPERATOR.address(), Duration.ofSeconds(1000));
    }

    L1Deployer deployer() {
        return deployer(OWNER);
    }

    L1Deployer deployer(PrivateKey account) {
        Outbox outbox = new Outbox(database(), client().chainId(), account.address());
        return new L1Deployer(
                client(),
                outbox,
                new TransactionSender(client(), client().chainId(), account, outbox, PATIENT, events::add));
    }

    Deployment deploy() {
        return deployer().deploy(plan(TestBatches.SNARK.key(), TestBatches.PARAMS), Duration.ofSeconds(20));
    }

    /** By hand, where {@link L1Deployer} refuses the key of a development string. */
    Deployment deployUnchecked() {
        DirectSender sender = new DirectSender(client(), OWNER, hash -> {});
        var key = dev.thimble.contracts.VerificationKey.parseSnarkjs(
                JsonMapper.shared().readTree(TestBatches.SNARK.key().toJson()));
        Duration patience = Duration.ofSeconds(20);
        Address verifier = sender.create(ContractArtifact.PLONK_VERIFIER.creation(key.toAbi()), patience)
                .contractAddress()
                .orElseThrow();
        Receipt chain = sender.create(
                ContractArtifact.THIMBLE_CHAIN.creation(
                        L2_CHAIN_ID,
                        OWNER.address(),
                        OPERATOR.address(),
                        1000,
                        genesis.toAbi(),
                        verifier,
                        TestBatches.PARAMS.toAbi(),
                        key.hash().bytes()),
                patience);
        return new Deployment(
                client().chainId(), L2_CHAIN_ID, chain.contractAddress().orElseThrow(), verifier, chain.blockNumber());
    }

    DeploymentCheck check(Deployment deployment) {
        return new DeploymentCheck(deployment, genesis, TestBatches.SNARK.key(), TestBatches.PARAMS);
    }

    L1Component component(Deployment deployment, BatchSource source) {
        return component(check(deployment), source, client(), PATIENT);
    }

    L1Component component(DeploymentCheck check, BatchSource source, EthereumClient client, FeePolicy policy) {
        return new L1Component(database(), client, OPERATOR, check, source, policy, Duration.ofMillis(20), events::add);
    }

    /** With another operator than the usual one. */
    L1Component component(Deployment deployment, BatchSource source, PrivateKey operator) {
        return new L1Component(
                database(), client(), operator, check(deployment), source, PATIENT, Duration.ofMillis(20), events::add);
    }

    ChainContract contract(Deployment deployment) {
        return new ChainContract(client(), deployment.contract());
    }

    long nonce(PrivateKey key) {
        return client().minedNonce(key.address());
    }

    void mine(int blocks) {
        client().rpc().call("anvil_mine", Hex.quantity(blocks));
    }

    void automine(boolean on) {
        client().rpc().call("evm_setAutomine", on);
    }

    /** Has the contract called by an account. */
    void send(PrivateKey from, Deployment deployment, byte[] data) {
        Outbox outbox = new Outbox(database(), client().chainId(), from.address());
        String purpose = "test " + client().rpc().call("eth_blockNumber").asString();
        outbox.enqueue(purpose, Optional.of(deployment.contract()), BigInteger.ZERO, data);
        TransactionSender sender =
                new TransactionSender(client(), client().chainId(), from, outbox, PATIENT, L1Listener.NONE);
        while (outbox.find(purpose).orElseThrow().mined().isEmpty()) {
            sender.tick();
        }
    }

    /** Signs and sends a transfer of one wei past the product's outbox. */
    String transfer(PrivateKey from, long nonce, long feeWei) {
        return call(from, nonce, feeWei, new Address("0x" + "ee".repeat(20)), BigInteger.ONE, new byte[0]);
    }

    /** Signs and sends a call past the product's outbox. */
    String call(PrivateKey from, long nonce, long feeWei, Address to, BigInteger value, byte[] data) {
        SignedTransaction signed = from.sign(new FeeMarketTransaction(
                client().chainId(),
                nonce,
                BigInteger.valueOf(feeWei),
                BigInteger.valueOf(feeWei),
                BigInteger.valueOf(data.length == 0 ? 21_000 : 200_000),
                Optional.of(to),
                value,
                data));
        return client().sendRaw(signed.raw());
    }

    /** Turns a component until the contract has these totals. */
    static void turnUntil(L1Component component, long committed, long verified, long executed) {
        ChainContract.Totals wanted = new ChainContract.Totals(committed, verified, executed);
        for (int turn = 0; turn < 500; turn++) {
            component.turn();
            if (component.totals().equals(wanted)) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError(component.totals() + " instead of " + wanted + ", open: " + component.open());
    }

    /** How often the contract says, on the chain as it is, that a batch went through a step. */
    long count(Deployment deployment, String event) {
        return client().logs(deployment.contract(), 0).stream()
                .flatMap(log -> ChainContract.ABI.decodeLog(log).stream())
                .filter(e -> e.name().equals(event) && !e.values().getFirst().equals(BigInteger.ZERO))
                .count();
    }

    List<L1Event.Kind> kinds() {
        return events.stream().map(L1Event::kind).toList();
    }

    @Override
    public void close() {
        databases.forEach(QueueDatabase::close);
        node.close();
    }
}
