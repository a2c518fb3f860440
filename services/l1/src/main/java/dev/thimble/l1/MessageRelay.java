package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.ethereum.ContractAbi;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.jobqueue.QueueDatabase;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Carries deposits to L2: each message of L1's queue, in order, becomes one call of the bridge's {@code deposit} by its operator. The bridge's
 * own count decides which is next, so a lost database costs nothing, and an outbox of the L2 account gets each call mined once.
 *
 * <p>A message is carried only when its block on L1 is final: L2 cannot take back one that L1 has forgotten. A development node makes no
 * block without a transaction and does not reorganise by itself; there the newest block counts.
 */
public final class MessageRelay {
    private static final ContractAbi BRIDGE = ContractArtifact.L2_BRIDGE.abi();
    private static final int AT_ONCE = 16;

    private final ChainContract contract;
    private final Supplier<EthereumClient> l2;
    private final TransactionSigner signer;
    private final long l2ChainId;
    private final Outbox outbox;
    private final FeePolicy policy;
    private final L1Listener listener;
    private final long firstBlock;
    private final boolean development;
    private long searchFrom;
    private @Nullable EthereumClient connected;
    private @Nullable TransactionSender sender;

    /**
     * @param database where the outbox is
     * @param contract the chain on L1
     * @param deployment where it is
     * @param l2 the L2 node; may be another one after a restart
     * @param signer the bridge's operator on L2
     * @param policy fees on L2
     * @param listener hears of the transactions on L2; they are logged as well
     */
    public MessageRelay(
            QueueDatabase database,
            ChainContract contract,
            Deployment deployment,
            Supplier<EthereumClient> l2,
            TransactionSigner signer,
            FeePolicy policy,
            L1Listener listener) {
        this.contract = contract;
        this.l2 = l2;
        this.signer = signer;
        this.l2ChainId = deployment.l2ChainId();
        this.outbox = new Outbox(database, l2ChainId, signer.address());
        this.policy = policy;
        this.listener = event -> {
            event.log();
            listener.hear(event);
        };
        this.firstBlock = deployment.blockNumber();
        this.development = deployment.l1ChainId() == DevelopmentAccounts.CHAIN_ID;
        this.searchFrom = firstBlock;
    }

    /** How many messages L2 has processed. */
    public static long processed(EthereumClient l2) {
        return ((BigInteger) bridge(l2, "messageCount")).longValueExact();
    }

    /**
     * Looks after the calls under way and sends those that are next. Not for two threads at once; two processes are fine.
     *
     * @throws L1Failure if the bridge has another operator than our account
     * @throws java.io.UncheckedIOException if a node does not answer; nothing is lost
     */
    public void tick() {
        EthereumClient client = l2.get();
        TransactionSender calls = sender(client);
        calls.tick();
        long total = contract.number("totalMessages");
        for (int sent = 0; sent < AT_ONCE; sent++) {
            long next = processed(client);
            Optional<byte[]> call = next < total ? call(next) : Optional.empty();
            if (call.isEmpty()) {
                return;
            }
            requireOperator(client);
            outbox.enqueue(
                    "process message " + next + " of " + contract.address(),
                    Optional.of(L2BridgeState.ADDRESS),
                    BigInteger.ZERO,
                    call.get());
            calls.tick();
            if (processed(client) == next) {
                return;
            }
        }
    }

    private TransactionSender sender(EthereumClient client) {
        TransactionSender known = sender;
        if (known == null || client != connected) {
            known = new TransactionSender(client, l2ChainId, signer, outbox, policy, listener);
            sender = known;
            connected = client;
        }
        return known;
    }

    /** The bridge's call for a message, if the message is there for good. */
    private Optional<byte[]> call(long index) {
        EthereumClient l1 = contract.client();
        long last = development ? l1.blockNumber() : l1.finalizedBlock();
        for (JsonNode log : l1.logs(contract.address(), searchFrom)) {
            ContractAbi.Event event = ChainContract.ABI.decodeLog(log).orElse(null);
            if (event == null || !event.name().equals("MessageQueued")) {
                continue;
            }
            List<Object> values = event.values();
            if (!values.getFirst().equals(BigInteger.valueOf(index))) {
                continue;
            }
            long block = Hex.parseQuantity(log.path("blockNumber").asString()).longValueExact();
            if (block > last) {
                return Optional.empty();
            }
            searchFrom = block;
            return Optional.of(BRIDGE.encodeCall("deposit", index, values.get(2), values.get(3), values.get(4)));
        }
        searchFrom = firstBlock;
        return Optional.empty();
    }

    private void requireOperator(EthereumClient client) {
        Address operator = (Address) bridge(client, "operator");
        if (!operator.equals(signer.address())) {
            throw new L1Failure("a deposit waits: the operator of the bridge on L2 is " + operator
                    + " and the L2 key is of " + signer.address() + "; give its key with --l2-key-file");
        }
    }

    private static Object bridge(EthereumClient client, String function) {
        byte[] result = client.call(L2BridgeState.ADDRESS, BRIDGE.encodeCall(function));
        return BRIDGE.decodeResult(function, result).getFirst();
    }
}
