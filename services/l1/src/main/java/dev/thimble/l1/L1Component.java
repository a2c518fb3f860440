package dev.thimble.l1;

import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.jobqueue.DatabaseUnavailable;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.l1.L1Event.Kind;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's component {@code l1}: gets every sealed batch committed, every proof verified and every proven batch executed. Several may run against the
 * same database; killed at any moment, the next start goes on where it was.
 */
public final class L1Component implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(L1Component.class);

    private final TransactionSender sender;
    private final BatchSubmitter submitter;
    private final Outbox outbox;
    private final ChainContract contract;
    private final L1Listener listener;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param database where the outbox is
     * @param client the L1 node
     * @param signer the operator's account
     * @param check where the chain lives and which keys it must have
     * @param source batches and proofs
     * @param policy fees
     * @param interval time between two turns
     * @param listener hears every event, alarms included; they are logged as well
     */
    public L1Component(
            QueueDatabase database,
            EthereumClient client,
            TransactionSigner signer,
            DeploymentCheck check,
            BatchSource source,
            FeePolicy policy,
            Duration interval,
            L1Listener listener) {
        this.listener = event -> {
            event.log();
            listener.hear(event);
        };
        long l1ChainId = check.deployment().l1ChainId();
        this.interval = interval;
        this.contract = new ChainContract(client, check.deployment().contract());
        this.outbox = new Outbox(database, l1ChainId, signer.address());
        this.sender = new TransactionSender(client, l1ChainId, signer, outbox, policy, this.listener);
        this.submitter = new BatchSubmitter(contract, check, source, outbox, this.listener);
        this.thread = Thread.ofVirtual().name("l1").unstarted(this::run);
    }

    /** Begins. The first thing is the comparison of contract and keys; until they agree nothing is sent. */
    public void start() {
        thread.start();
    }

    /**
     * One turn: compare, look after transactions, ask for what is next and send it.
     *
     * @return false if contract and build differ, with an alarm; then nothing was sent
     */
    public boolean turn() {
        if (!submitter.agrees()) {
            return false;
        }
        sender.tick();
        submitter.tick();
        sender.tick();
        return true;
    }

    /** How far the contract is. */
    public ChainContract.Totals totals() {
        return contract.totals();
    }

    /** The newest operation of a step of a batch. */
    public Optional<Operation> operation(BatchStep step, long batch) {
        return outbox.find(step.purpose(contract.address(), batch));
    }

    /** Every operation that is not settled. */
    public List<Operation> open() {
        return outbox.open();
    }

    private void run() {
        boolean away = false;
        boolean hindered = true;
        while (stopped.getCount() > 0) {
            try {
                boolean fine = turn() && !submitter.isAlarmed();
                if (fine && hindered) {
                    listener.hear(new L1Event(Kind.READY, "", "the contract is " + contract.address()));
                }
                hindered = !fine;
                away = false;
            } catch (UncheckedIOException | RpcException | DatabaseUnavailable e) {
                if (!away) {
                    listener.hear(new L1Event(Kind.NODE_AWAY, "", String.valueOf(e.getMessage())));
                }
                away = true;
            } catch (RuntimeException e) {
                LOG.error("the component l1 goes on after", e);
                listener.hear(new L1Event(Kind.FAILED, "", e.toString()));
                away = true;
            }
            hindered |= away;
            sleep(away ? interval.multipliedBy(4) : interval);
        }
    }

    private void sleep(Duration time) {
        try {
            stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the turn under way. What was sent is looked after at the next start. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(Duration.ofSeconds(30));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
