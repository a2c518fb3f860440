package dev.thimble.cli.l1;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.ethereum.RpcException;
import dev.thimble.l1.L1Failure;
import dev.thimble.l1.Messages;
import java.math.BigInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code withdraw --amount --to [--wait]}: locks value on L2; with {@code --wait} takes it on L1 once its batch is executed. */
@Command(name = "withdraw", description = "Send value from L2 to L1; --wait takes it there.")
public final class WithdrawCommand implements Task {
    @Mixin
    private L1Options options = new L1Options();

    @Override
    public Outcome run(Context context) throws Exception {
        options.over(context);
        try (var progress = context.terminal().progress()) {
            var amount = options.amountWei();
            var recipient = options.recipient();
            var sent = Messages.withdraw(options.onL2(progress), recipient, amount, L1Options.PATIENCE);
            if (!options.waits()) {
                var report = new DepositCommand.Report(sent.transactionHash(), sent.index(), "locked");
                return Outcome.done(report, report.text());
            }
            progress.step("waiting for the batch of withdrawal " + sent.index() + " to be executed on L1");
            var messages = options.messages();
            var call = DepositCommand.await(() -> messages.claim(sent.index()), sent);
            if (!messages.isPaid(sent.index())) {
                options.onL1(progress).send(options.contract(), BigInteger.ZERO, call, L1Options.PATIENCE);
            }
            var report = new DepositCommand.Report(sent.transactionHash(), sent.index(), "paid");
            return Outcome.done(report, report.text());
        } catch (L1Failure | RpcException e) {
            throw DepositCommand.failure(e);
        }
    }
}
