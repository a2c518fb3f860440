package dev.thimble.l1;

import dev.thimble.chain.Hex;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.Receipt;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.SignedTransaction;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.l1.L1Event.Kind;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Gets the operations of an outbox mined, each once: gives them nonces, sends and resends their transactions, raises fees, follows
 * receipts until their block is final.
 *
 * <p>Why nothing happens twice: every transaction of an operation has the same nonce, is stored before it is sent, and the nonce
 * is given up only when another transaction with it is final. Why nothing is lost: an operation is looked after until its
 * receipt is final; a receipt that vanishes puts it back.
 */
public final class TransactionSender {
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
    private static final int GAS_MARGIN_PERCENT = 125;
    /** What nodes say of a transaction that they have, or that has been replaced by another attempt. */
    private static final List<String> HARMLESS =
            List.of("already known", "already imported", "nonce too low", "replacement transaction underpriced");

    private final EthereumClient client;
    private final long chainId;
    private final TransactionSigner signer;
    private final Outbox outbox;
    private final FeePolicy policy;
    private final L1Listener listener;
    private final Set<String> told = new HashSet<>();

    public TransactionSender(
            EthereumClient client,
            long l1ChainId,
            TransactionSigner signer,
            Outbox outbox,
            FeePolicy policy,
            L1Listener listener) {
        this.client = client;
        this.chainId = l1ChainId;
        this.signer = signer;
        this.outbox = outbox;
        this.policy = policy;
        this.listener = listener;
    }

    /** What the node says about the account, asked before any receipt. */
    private record View(long finalBlock, long minedNonce) {}

    /**
     * Looks after every operation once. Not for two threads at once; two processes are fine.
     *
     * @throws java.io.UncheckedIOException if the node does not answer; nothing is lost
     */
    public void tick() {
        View view = new View(client.finalizedBlock(), client.minedNonce(signer.address()));
        closeGaps(view, outbox.underWay());
        outbox.underWay().forEach(operation -> follow(view, operation));
        outbox.queued().forEach(this::send);
    }

    /**
     * A nonce that the account has not used, below one of ours, holds ours up for ever: a transaction of somebody else vanished, or a
     * development chain was set back beyond what was final.
     */
    private void closeGaps(View view, List<Operation> underWay) {
        Set<Long> taken = underWay.stream()
                .map(operation -> operation.nonce().orElseThrow())
                .collect(Collectors.toSet());
        long end = outbox.nextNonce();
        for (long nonce = view.minedNonce(); nonce < end; nonce++) {
            boolean closed =
                    taken.contains(nonce) || outbox.reopen(nonce) || client.nonce(signer.address(), "pending") > nonce;
            if (!closed) {
                Fees fees = market().atMost(policy.limitWei());
                outbox.fillGap(nonce, fees, TRANSFER_GAS, gapFiller(fees));
            }
        }
    }

    private LongFunction<SignedTransaction> gapFiller(Fees fees) {
        return nonce -> signer.sign(new FeeMarketTransaction(
                chainId,
                nonce,
                fees.maxTipWei(),
                fees.maxFeeWei(),
                TRANSFER_GAS,
                Optional.of(signer.address()),
                BigInteger.ZERO,
                new byte[0]));
    }

    private void follow(View view, Operation operation) {
        List<SignedAttempt> attempts = outbox.attempts(operation);
        Optional<Receipt> receipt = receipt(attempts);
        if (receipt.isPresent()) {
            settle(view, operation, receipt.get());
            return;
        }
        if (operation.state() == OperationState.MINED) {
            outbox.unmined(operation);
            tell(Kind.REORGANISED, operation, "its block left the chain; sending it again");
        }
        long nonce = operation.nonce().orElseThrow();
        if (view.minedNonce() <= nonce) {
            push(operation, attempts.getFirst());
        } else if (client.nonce(signer.address(), Hex.quantity(view.finalBlock())) > nonce
                && receipt(attempts).isEmpty()) {
            abandonNonce(operation, nonce);
        } // else another transaction has the nonce, but not for good: wait
    }

    private Optional<Receipt> receipt(List<SignedAttempt> attempts) {
        return attempts.stream()
                .flatMap(attempt -> client.receipt(attempt.hash()).stream())
                .findFirst();
    }

    private void settle(View view, Operation operation, Receipt receipt) {
        boolean isFinal = receipt.blockNumber() <= view.finalBlock();
        boolean known = operation
                .mined()
                .filter(mined -> mined.transactionHash().equals(receipt.transactionHash()))
                .filter(mined -> mined.blockNumber() == receipt.blockNumber())
                .isPresent();
        if (known && !isFinal) {
            return;
        }
        outbox.mined(operation, receipt, client.blockTime(receipt.blockNumber()), isFinal);
        String where = receipt.transactionHash() + " in block " + receipt.blockNumber();
        if (!known) {
            tell(receipt.success() ? Kind.MINED : Kind.REVERTED, operation, where);
        }
        if (isFinal) {
            tell(Kind.FINAL, operation, where);
        }
    }

    private void abandonNonce(Operation operation, long nonce) {
        if (operation.purpose().startsWith(Outbox.GAP)) {
            outbox.drop(operation, "not needed any more");
            return;
        }
        outbox.releaseNonce(operation);
        tell(Kind.NONCE_TAKEN, operation, "nonce " + nonce + " went to a transaction sent past this software");
    }

    /** Sends it again, with a higher fee if it has waited long enough. */
    private void push(Operation operation, SignedAttempt last) {
        if (last.ageSeconds() * 1000 < policy.patience().toMillis()) {
            if (client.transaction(last.hash()).isEmpty()) {
                broadcast(operation, last.raw());
            }
            return;
        }
        Fees fees = last.fees().raised(policy.raisePercent(), market()).atMost(policy.limitWei());
        if (!fees.replace(last.fees(), 10)) {
            tellOnce(Kind.STUCK, operation, "waits with " + last.fees().maxFeeWei() + " wei per gas, the limit");
            broadcast(operation, last.raw());
            return;
        }
        if (outbox.raise(operation, last, fees, last.gasLimit(), sign(operation, fees, last.gasLimit()))) {
            tell(Kind.FEE_RAISED, operation, "to " + fees.maxFeeWei() + " wei per gas");
        }
        broadcastNewest(operation);
    }

    /** Signs and sends a queued operation; one that would be reverted stays queued and is tried again next time. */
    private void send(Operation operation) {
        BigInteger gas;
        try {
            gas = client.estimateGas(signer.address(), operation.recipient(), operation.valueWei(), operation.data())
                    .multiply(BigInteger.valueOf(GAS_MARGIN_PERCENT))
                    .divide(BigInteger.valueOf(100));
        } catch (RpcException e) {
            refused(operation, ContractErrors.describe(e));
            return;
        }
        Fees fees = market().atMost(policy.limitWei());
        long pending = client.nonce(signer.address(), "pending");
        if (outbox.assign(operation, pending, fees, gas, sign(operation, fees, gas))) {
            broadcastNewest(operation);
        }
    }

    private LongFunction<SignedTransaction> sign(Operation operation, Fees fees, BigInteger gas) {
        return nonce -> signer.sign(new FeeMarketTransaction(
                chainId,
                nonce,
                fees.maxTipWei(),
                fees.maxFeeWei(),
                gas,
                operation.recipient(),
                operation.valueWei(),
                operation.data()));
    }

    private void broadcastNewest(Operation operation) {
        outbox.find(operation.purpose())
                .filter(current -> current.nonce().isPresent())
                .ifPresent(current -> {
                    SignedAttempt newest = outbox.attempts(current).getFirst();
                    if (broadcast(current, newest.raw())) {
                        tell(Kind.SENT, current, newest.hash() + " with nonce " + newest.nonce());
                    }
                });
    }

    /** Whether the node took it. One that it knows already, or whose nonce is used, is looked into at the next tick. */
    private boolean broadcast(Operation operation, byte[] raw) {
        try {
            client.sendRaw(raw);
            if (!operation.message().isEmpty()) {
                outbox.message(operation, "");
            }
            return true;
        } catch (RpcException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (HARMLESS.stream().noneMatch(message::contains)) {
                refused(operation, ContractErrors.describe(e));
            }
            return false;
        }
    }

    /** Tells of a refusal that repeats: the first may be because another process was quicker. */
    private void refused(Operation operation, String reason) {
        if (reason.equals(operation.message())) {
            tellOnce(Kind.REFUSED, operation, reason);
        } else {
            outbox.message(operation, reason);
        }
    }

    private Fees market() {
        return Fees.market(client.baseFeeWei(), client.suggestedTipWei());
    }

    private void tellOnce(Kind kind, Operation operation, String detail) {
        if (told.add(kind + " " + operation.id() + " " + detail)) {
            tell(kind, operation, detail);
        }
    }

    private void tell(Kind kind, Operation operation, String detail) {
        listener.hear(new L1Event(kind, operation.purpose(), detail));
    }
}
