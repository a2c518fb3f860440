package dev.thimble.cli.l1;

import dev.thimble.chain.Address;
import dev.thimble.cli.command.CommandFailure;
import java.math.BigInteger;
import picocli.CommandLine.Option;

/** How much goes to whom. */
final class TransferFlags {
    @Option(names = "--amount", required = true, paramLabel = "WEI", description = "How much, in wei.")
    private String amount = "";

    @Option(names = "--to", required = true, paramLabel = "ADDRESS", description = "Who gets it.")
    private String to = "";

    BigInteger amountWei() {
        if (!amount.matches("[1-9][0-9]{0,30}")) {
            throw CommandFailure.usage("--amount " + amount + " is not a number of wei", "");
        }
        return new BigInteger(amount);
    }

    Address recipient() {
        return L1Options.address("--to", to);
    }
}
