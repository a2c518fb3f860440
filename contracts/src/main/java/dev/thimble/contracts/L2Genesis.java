package dev.thimble.contracts;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the genesis file of a rollup: the standard {@code genesis.json}, which the L2 node and Thimble both start from. It
 * holds the L2 bridge with the bridged supply, funded accounts, and the deterministic deployment proxy, which anvil adds to
 * every chain by itself: without it the two states would differ.
 */
public final class L2Genesis {
    private static final Address DEPLOYMENT_PROXY = new Address("0x4e59b44847b379578588920ca78fbf26c0b4956c");
    /** Runtime code of github.com/Arachnid/deterministic-deployment-proxy. */
    private static final String DEPLOYMENT_PROXY_CODE =
            "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f5"
                    + "8015156039578182fd5b8082525050506014600cf3";

    private static final long GAS_LIMIT = 30_000_000;
    /** The fee rule keeps it while blocks are less than half full; anvil gives block 1 the fee of block 0. */
    private static final BigInteger BASE_FEE_WEI = BigInteger.valueOf(7);

    private static final String[] FORKS_BY_BLOCK = {
        "homesteadBlock", "eip150Block", "eip155Block", "eip158Block", "byzantiumBlock", "constantinopleBlock",
        "petersburgBlock", "istanbulBlock", "berlinBlock", "londonBlock", "terminalTotalDifficulty", "shanghaiTime",
        "cancunTime"
    };

    private L2Genesis() {}

    /**
     * The file.
     *
     * @param timestampSeconds of block 0
     * @param operator may process messages from L1
     * @param bridgedSupplyWei balance of the bridge
     * @param balancesWei funded accounts
     */
    public static byte[] file(
            long chainId,
            long timestampSeconds,
            Address operator,
            BigInteger bridgedSupplyWei,
            Map<Address, BigInteger> balancesWei) {
        ObjectNode file = JsonMapper.shared().createObjectNode();
        ObjectNode config = file.putObject("config").put("chainId", chainId);
        for (String fork : FORKS_BY_BLOCK) {
            config.put(fork, 0);
        }
        file.put("timestamp", Hex.quantity(timestampSeconds))
                .put("gasLimit", Hex.quantity(GAS_LIMIT))
                .put("baseFeePerGas", Hex.quantity(BASE_FEE_WEI))
                .put("difficulty", "0x0")
                .put("nonce", "0x0")
                .put("extraData", "0x")
                .put("mixHash", Bytes32.ZERO.hex())
                .put("coinbase", Address.ZERO.hex());
        ObjectNode alloc = file.putObject("alloc");
        balancesWei.forEach((address, balance) -> account(alloc, address, balance));
        account(alloc, DEPLOYMENT_PROXY, BigInteger.ZERO).put("code", DEPLOYMENT_PROXY_CODE);
        ObjectNode storage = account(alloc, L2BridgeState.ADDRESS, bridgedSupplyWei)
                .put("code", Hex.data(ContractArtifact.L2_BRIDGE.deployedCode()))
                .putObject("storage");
        L2BridgeState.genesisStorage(operator)
                .forEach((slot, value) ->
                        storage.put(Bytes32.of(Bytes32.word(slot)).hex(), value.hex()));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
    }

    private static ObjectNode account(ObjectNode alloc, Address address, BigInteger balance) {
        return alloc.putObject(address.hex()).put("balance", Hex.quantity(balance));
    }
}
