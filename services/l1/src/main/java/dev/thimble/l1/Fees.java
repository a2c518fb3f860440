package dev.thimble.l1;

import java.math.BigInteger;

/**
 * What a transaction offers per gas (EIP-1559), in wei.
 *
 * @param maxFeeWei base fee and tip together, at most
 * @param maxTipWei tip, at most
 */
public record Fees(BigInteger maxFeeWei, BigInteger maxTipWei) {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** For a market with this base fee and tip: twice the base fee, so that six full blocks in a row do not outbid it. */
    static Fees market(BigInteger baseFeeWei, BigInteger tipWei) {
        return new Fees(baseFeeWei.shiftLeft(1).add(tipWei), tipWei);
    }

    /** These fees raised by some percent, rounded up, and at least those of the market. */
    Fees raised(int percent, Fees market) {
        return new Fees(
                raise(maxFeeWei, percent).max(market.maxFeeWei),
                raise(maxTipWei, percent).max(market.maxTipWei));
    }

    /** Neither of the two above the limit. */
    Fees atMost(BigInteger limitWei) {
        BigInteger fee = maxFeeWei.min(limitWei);
        return new Fees(fee, maxTipWei.min(fee));
    }

    /** Whether a node takes these in place of {@code others}: both are higher by the percentage. */
    boolean replace(Fees others, int percent) {
        return maxFeeWei.compareTo(raise(others.maxFeeWei, percent)) >= 0
                && maxTipWei.compareTo(raise(others.maxTipWei, percent)) >= 0;
    }

    private static BigInteger raise(BigInteger value, int percent) {
        return value.multiply(BigInteger.valueOf(100L + percent))
                .add(HUNDRED.subtract(BigInteger.ONE))
                .divide(HUNDRED);
    }
}
