package dev.thimble.cli.l1;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.ethereum.RpcException;
import dev.thimble.l1.L1Failure;
import dev.thimble.l1.Messages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deposit --amount --to [--wait]}: locks value on L1 and has L2 pay it out. */
@Command(name = "deposit", description = "Send value from L1 to L2.")
public final class DepositCommand implements Task {
    /**
     * A message between the layers.
     *
     * @param state queued, processed (a deposit on L2), locked (a withdrawal on L2), paid (a withdrawal on L1)
     */
    record Report(String txHash, long index, String state) {
        String text() {
            return "transaction " + txHash + "\nmessage     " + index + "\nstate       " + state;
        }
    }

    /** Something that is not there yet. */
    interface Poll<T> {
        Optional<T> ask() throws IOException;
    }

    @Mixin
    private L1Options options = new L1Options();

    @Override
    public Outcome run(Context context) throws Exception {
        options.over(context);
        try (var progress = context.terminal().progress()) {
            var amount = options.amountWei();
            var contract = options.contract();
            var recipient = options.recipient();
            var sent = Messages.deposit(options.onL1(progress), contract, recipient, amount, L1Options.PATIENCE);
            var state = "queued";
            if (options.waits()) {
                progress.step("waiting for L2 to process message " + sent.index());
                var messages = options.messages();
                await(() -> messages.isProcessed(sent.index()) ? Optional.of(true) : Optional.empty(), sent);
                state = "processed";
            }
            var report = new Report(sent.transactionHash(), sent.index(), state);
            return Outcome.done(report, report.text());
        } catch (L1Failure | RpcException e) {
            throw failure(e);
        }
    }

    /** Asks until there is an answer. */
    static <T> T await(Poll<T> poll, Messages.Sent sent) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(L1Options.PATIENCE);
        while (true) {
            var answer = poll.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw CommandFailure.environment(
                        "STILL_WAITING",
                        "message " + sent.index() + " of " + sent.transactionHash() + " has not arrived in "
                                + L1Options.PATIENCE.toMinutes() + " minutes",
                        "It is not lost; is the server running? thimble status prover shows the batches.");
            }
            Thread.sleep(Duration.ofMillis(500));
        }
    }

    static CommandFailure failure(RuntimeException e) {
        return CommandFailure.environment(
                "NODE_REFUSED",
                String.valueOf(e.getMessage()),
                "Check the URL, the account's balance and the contract.");
    }
}
