package dev.thimble.server;

import dev.thimble.ethereum.JsonRpc;
import dev.thimble.ethereum.RpcException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Passes {@code eth_*}, {@code net_*} and {@code web3_*} calls on to the L2 node, and no others: a node's administrative
 * methods are not for callers. Methods by which a node signs with keys of its own pass only where this machine alone calls.
 */
final class NodeProxy {
    private static final Pattern PASSED = Pattern.compile("(eth|net|web3)_[A-Za-z0-9]{1,64}");
    private static final Set<String> SUBSCRIPTIONS = Set.of("eth_subscribe", "eth_unsubscribe");
    private static final Set<String> SIGNING = Set.of(
            "eth_accounts",
            "eth_sendTransaction",
            "eth_sendUnsignedTransaction",
            "eth_sign",
            "eth_signTransaction",
            "eth_signTypedData",
            "eth_signTypedData_v3",
            "eth_signTypedData_v4");

    private final L2Node node;
    private final boolean signing;

    /** @param signing whether calls pass by which the node signs with its own keys */
    NodeProxy(L2Node node, boolean signing) {
        this.node = node;
        this.signing = signing;
    }

    Optional<RpcMethod> method(String name) {
        boolean passes =
                PASSED.matcher(name).matches() && !SUBSCRIPTIONS.contains(name) && (signing || !SIGNING.contains(name));
        return passes ? Optional.of(parameters -> call(name, parameters.toArray(JsonNode[]::new))) : Optional.empty();
    }

    private JsonNode call(String name, JsonNode[] parameters) {
        try {
            JsonRpc rpc = node.client().rpc();
            return rpc.call(name, (Object[]) parameters);
        } catch (RpcException e) {
            throw new RpcError(e.code(), e.reason(), e.data().isEmpty() ? null : StringNode.valueOf(e.data()));
        } catch (UncheckedIOException e) {
            throw new RpcError(RpcError.NODE_UNAVAILABLE, "the L2 node does not answer; try again");
        }
    }
}
