package dev.thimble.cli.l1;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Task;
import dev.thimble.l1.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code withdraw --amount --to [--wait]}: locks value on L2; with {@code --wait} takes it on L1 once its batch is executed. */
@Command(name = "withdraw", description = "Send value from L2 to L1; --wait takes it there, as claim does later.")
public final class WithdrawCommand implements Task {
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
            var report = Arrival.withNodes(() -> withdraw(progress));
            return Outcome.done(report, report.text());
        }
    }

    private MessageReport withdraw(Progress progress) throws InterruptedException {
        var amount = transfer.amountWei();
        var recipient = transfer.recipient();
        var sent = Messages.withdraw(options.onL2(progress), recipient, amount, L1Options.PATIENCE);
        if (!wait.waits()) {
            return new MessageReport(sent.transactionHash(), sent.index(), "locked");
        }
        Claim.of(sent.index(), options, progress, wait.patience());
        return new MessageReport(sent.transactionHash(), sent.index(), "paid");
    }
}
