package dev.thimble.cli.l1;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.SignerException;
import dev.thimble.l1.L1Failure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for messages between the layers, and says in one line what keeps one from being sent. */
final class Arrival {
    private static final Duration POLL = Duration.ofMillis(500);

    private Arrival() {}

    /** What sends, or asks nodes. */
    interface Exchange<T> {
        T run() throws InterruptedException;
    }

    /**
     * Asks until there is an answer. A node that is away for a while is asked again: the message is on its way.
     *
     * @param what the message, for a person
     * @param later what to do if it takes longer
     * @throws CommandFailure STILL_WAITING when time is up
     */
    static <T> T await(Supplier<Optional<T>> question, Duration patience, String what, String later)
            throws InterruptedException {
        var deadline = Instant.now().plus(patience);
        while (true) {
            var answer = ask(question);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw CommandFailure.environment(
                        "STILL_WAITING", what + " has not arrived in " + patience.toSeconds() + " s", later);
            }
            Thread.sleep(POLL);
        }
    }

    private static <T> Optional<T> ask(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Runs an exchange with nodes.
     *
     * @throws CommandFailure NODE_UNAVAILABLE, NODE_REFUSED or SIGNER_REFUSED
     */
    static <T> T withNodes(Exchange<T> exchange) throws InterruptedException {
        try {
            return exchange.run();
        } catch (UncheckedIOException e) {
            throw CommandFailure.environment(
                    "NODE_UNAVAILABLE",
                    String.valueOf(e.getMessage()),
                    "Check the URLs and start the node. If a transaction was announced above, look for it before you send"
                            + " another one.");
        } catch (SignerException e) {
            throw L1Access.signerRefused(e);
        } catch (L1Failure | RpcException e) {
            throw CommandFailure.environment(
                    "NODE_REFUSED",
                    String.valueOf(e.getMessage()),
                    "Check the URL, the account's balance and the contract.");
        }
    }
}
