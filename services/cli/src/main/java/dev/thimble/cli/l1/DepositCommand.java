package dev.thimble.cli.l1;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Task;
import dev.thimble.l1.Messages;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deposit --amount --to [--wait]}: locks value on L1 and has L2 pay it out. */
@Command(name = "deposit", description = "Send value from L1 to L2.")
public final class DepositCommand implements Task {
    @Mixin
    private TransferFlags transfer = new TransferFlags();

    @Mixin
    private WaitFlags wait = new WaitFlags();

    @Mixin
    private L1Options options = new L1Options();

    @Override
    public Outcome run(Context context) throws Exception {
        options.over(context);
        try (var progress = context.terminal().progress()) {
            var report = Arrival.withNodes(() -> deposit(progress));
            return Outcome.done(report, report.text());
        }
    }

    private MessageReport deposit(Progress progress) throws InterruptedException {
        var amount = transfer.amountWei();
        var contract = options.contract();
        var recipient = transfer.recipient();
        var sent = Messages.deposit(options.onL1(progress), contract, recipient, amount, L1Options.PATIENCE);
        if (!wait.waits()) {
            return new MessageReport(sent.transactionHash(), sent.index(), "queued");
        }
        progress.step("waiting for L2 to process message " + sent.index());
        var messages = options.messages();
        Arrival.await(
                () -> messages.isProcessed(sent.index()) ? Optional.of(true) : Optional.empty(),
                wait.patience(),
                "message " + sent.index() + " of " + sent.transactionHash(),
                "It is not lost; is the server running? thimble status prover shows the batches.");
        return new MessageReport(sent.transactionHash(), sent.index(), "processed");
    }
}
