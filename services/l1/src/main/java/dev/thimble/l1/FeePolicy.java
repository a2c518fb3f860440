package dev.thimble.l1;

import java.math.BigInteger;
import java.time.Duration;

/**
 * When and how far the fee of a transaction that is not mined is raised.
 *
 * @param patience how long a transaction may wait before its fee is raised
 * @param raisePercent by how much; nodes replace a transaction only for 10 % more
 * @param limitWei the most to pay per gas; a transaction that would need more waits, with an alarm
 */
public record FeePolicy(Duration patience, int raisePercent, BigInteger limitWei) {
    /** A minute and a half, 15 %, 300 gwei. */
    public static final FeePolicy DEFAULT =
            new FeePolicy(Duration.ofSeconds(90), 15, BigInteger.valueOf(300_000_000_000L));

    public FeePolicy {
        if (raisePercent < 10) {
            throw new IllegalArgumentException(
                    "raisePercent = " + raisePercent + " is below 10: no node would replace");
        }
    }
}
