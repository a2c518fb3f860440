package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import java.util.Set;

/**
 * The accounts that every development node (anvil, Hardhat) funds, of the mnemonic "test test test test test test test test test test
 * test junk". Their keys are published: whoever reads this page can spend what they own.
 */
public final class DevelopmentAccounts {
    /** The chain id of development nodes. */
    public static final long CHAIN_ID = 31_337;

    /** The first account: owns contracts, sends the demo's transactions. */
    public static final PrivateKey OWNER =
            PrivateKey.parse("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    /** The second: acts for the operator, on L1 and on L2. */
    public static final PrivateKey OPERATOR =
            PrivateKey.parse("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    /** The third: somebody who uses the chain. */
    public static final PrivateKey USER =
            PrivateKey.parse("0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a");

    private static final Set<Address> ALL = Set.of(
            OWNER.address(),
            OPERATOR.address(),
            USER.address(),
            new Address("0x90f79bf6eb2c4f870365e785982e1f101e93b906"),
            new Address("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65"),
            new Address("0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc"),
            new Address("0x976ea74026e726554db657fa54763abd0c3a0aa9"),
            new Address("0x14dc79964da2c08b23698b3d3cc7ca32193d9955"),
            new Address("0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f"),
            new Address("0xa0ee7a142d267c1f36714e4a8f75612f20a79720"));

    private DevelopmentAccounts() {}

    /** Whether the key of an account is one of the published ten. */
    public static boolean isPublished(Address account) {
        return ALL.contains(account);
    }
}
