package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A signer behind {@code eth_signTransaction}. It is not trusted: what it returns is used only if it is exactly the
 * transaction that was asked for, signed by the account.
 */
public final class RemoteSigner implements TransactionSigner {
    private final JsonRpc rpc;
    private final Address address;

    public RemoteSigner(JsonRpc rpc, Address address) {
        this.rpc = rpc;
        this.address = address;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public SignedTransaction sign(FeeMarketTransaction transaction) {
        try {
            JsonNode result = rpc.call("eth_signTransaction", describe(transaction));
            // Some signers answer with the bytes, others with an object that holds them.
            String raw =
                    result.isString() ? result.asString() : result.path("raw").asString("");
            return transaction.accept(Hex.parseData(raw), address);
        } catch (RpcException | IllegalArgumentException e) {
            throw new SignerException(
                    "the signer " + rpc.shown() + " does not sign for " + address + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> describe(FeeMarketTransaction transaction) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("type", "0x2");
        fields.put("from", address.hex());
        transaction.to().ifPresent(to -> fields.put("to", to.hex()));
        fields.put("chainId", Hex.quantity(transaction.chainId()));
        fields.put("nonce", Hex.quantity(transaction.nonce()));
        fields.put("gas", Hex.quantity(transaction.gasLimit()));
        fields.put("maxFeePerGas", Hex.quantity(transaction.maxFeeWei()));
        fields.put("maxPriorityFeePerGas", Hex.quantity(transaction.maxTipWei()));
        fields.put("value", Hex.quantity(transaction.value()));
        fields.put("data", Hex.data(transaction.data()));
        return fields;
    }
}
