package dev.thimble.contracts;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.ContractAbi;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.Receipt;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.TransactionSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A development node for one test class, with its funded accounts. */
public final class DevChain implements AutoCloseable {
    public static final PrivateKey OWNER = DevelopmentAccounts.OWNER;
    public static final PrivateKey OPERATOR = DevelopmentAccounts.OPERATOR;
    public static final PrivateKey USER = DevelopmentAccounts.USER;

    private static final BigInteger FEE_WEI = BigInteger.valueOf(3_000_000_000L);

    private final AnvilProcess node;
    private final EthereumClient client;

    private DevChain(AnvilProcess node) {
        this.node = node;
        this.client = node.client();
    }

    /** Starts a node; the test is skipped where there is none to start, unless CI=true. */
    public static DevChain start(String... options) throws IOException {
        Optional<Path> anvil = AnvilProcess.locate();
        if (anvil.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("anvil is not installed: npm ci in services/ethereum");
        }
        assumeTrue(anvil.isPresent(), "anvil is not installed: npm ci in services/ethereum");
        return new DevChain(AnvilProcess.start(anvil.orElseThrow(), options));
    }

    public EthereumClient client() {
        return client;
    }

    public String snapshot() {
        return client.rpc().call("evm_snapshot").asString();
    }

    public void restore(String snapshot) {
        client.rpc().call("evm_revert", snapshot);
    }

    public long timestamp() {
        return new BigInteger(
                        client.block("latest").path("timestamp").asString().substring(2), 16)
                .longValueExact();
    }

    /** Lets the next block be this much later. */
    public void advance(long seconds) {
        client.rpc().call("evm_increaseTime", seconds);
        client.rpc().call("evm_mine");
    }

    /** Signs, sends and mines; a revert is an {@link RpcException} of the gas estimate. */
    public Receipt send(TransactionSigner from, Optional<Address> to, BigInteger value, byte[] data) {
        BigInteger gas = client.estimateGas(from.address(), to, value, data);
        FeeMarketTransaction transaction = new FeeMarketTransaction(
                client.chainId(), client.minedNonce(from.address()), BigInteger.ONE, FEE_WEI, gas, to, value, data);
        String hash = client.sendRaw(from.sign(transaction).raw());
        return await(hash);
    }

    /** Waits for a receipt: the node mines at once but in the background. */
    public Receipt await(String hash) {
        for (int attempt = 0; attempt < 2000; attempt++) {
            Optional<Receipt> receipt = client.receipt(hash);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            LockSupport.parkNanos(2_000_000);
        }
        throw new AssertionError("transaction " + hash + " is not mined");
    }

    public Contract deploy(ContractArtifact artifact, Object... arguments) {
        Receipt receipt = send(OWNER, Optional.empty(), BigInteger.ZERO, artifact.creation(arguments));
        return new Contract(artifact.abi(), receipt.contractAddress().orElseThrow());
    }

    /** The L2 bridge as a genesis has it, with DevChain's operator and this balance. */
    public Contract installBridge(BigInteger supply) {
        String address = L2BridgeState.ADDRESS.hex();
        client.rpc().call("anvil_setCode", address, Hex.data(ContractArtifact.L2_BRIDGE.deployedCode()));
        L2BridgeState.genesisStorage(OPERATOR.address())
                .forEach((slot, value) -> client.rpc()
                        .call(
                                "anvil_setStorageAt",
                                address,
                                Bytes32.of(Bytes32.word(slot)).hex(),
                                value.hex()));
        client.rpc().call("anvil_setBalance", address, Hex.quantity(supply));
        return new Contract(ContractArtifact.L2_BRIDGE.abi(), L2BridgeState.ADDRESS);
    }

    @Override
    public void close() {
        node.close();
    }

    /** A contract on this node. */
    public final class Contract {
        private final ContractAbi abi;
        private final Address address;

        Contract(ContractAbi abi, Address address) {
            this.abi = abi;
            this.address = address;
        }

        public Address address() {
            return address;
        }

        public ContractAbi abi() {
            return abi;
        }

        public Receipt send(TransactionSigner from, String function, Object... arguments) {
            return pay(from, BigInteger.ZERO, function, arguments);
        }

        public Receipt pay(TransactionSigner from, BigInteger value, String function, Object... arguments) {
            return DevChain.this.send(from, Optional.of(address), value, abi.encodeCall(function, arguments));
        }

        /** The first value that a view function returns. */
        public Object get(String function, Object... arguments) {
            byte[] result = client.call(address, abi.encodeCall(function, arguments));
            return abi.decodeResult(function, result).getFirst();
        }

        public long number(String function, Object... arguments) {
            return ((BigInteger) get(function, arguments)).longValueExact();
        }

        /** The custom error with which a call from this account reverts, as {@code Name[values]}; fails if none. */
        public String revert(TransactionSigner from, String function, Object... arguments) {
            return revertOf(from, BigInteger.ZERO, abi.encodeCall(function, arguments));
        }

        public String revertOf(TransactionSigner from, BigInteger value, byte[] data) {
            Map<String, String> transaction = Map.of(
                    "from", from.address().hex(),
                    "to", address.hex(),
                    "value", "0x" + value.toString(16),
                    "data", Hex.data(data));
            try {
                client.rpc().call("eth_call", transaction, "latest");
            } catch (RpcException e) {
                return abi.decodeError(e.revertData())
                        .or(() -> ContractArtifact.PLONK_VERIFIER.abi().decodeError(e.revertData()))
                        .orElse(e.toString());
            }
            throw new AssertionError("the call did not revert");
        }

        /** The values of the events of this name in a receipt. */
        public List<List<Object>> events(Receipt receipt, String name) {
            return receipt.logs()
                    .valueStream()
                    .flatMap(log -> abi.decodeLog(log).stream())
                    .filter(event -> event.name().equals(name))
                    .map(ContractAbi.Event::values)
                    .toList();
        }
    }
}
