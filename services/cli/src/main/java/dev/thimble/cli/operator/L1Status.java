package dev.thimble.cli.operator;

import dev.thimble.chain.Bytes32;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.ethereum.RpcException;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.DeployedChain;
import dev.thimble.l1.Deployments;
import dev.thimble.l1.L1Failure;
import dev.thimble.l1.VerifierParams;
import dev.thimble.model.ChainId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What L1 has of a chain, beside what it should have.
 *
 * @param totals how far the contract is, or null while it cannot be asked
 * @param key of the contract and of the database
 * @param params of the contract and of the database
 * @param problem why the contract cannot be asked, or null
 */
record L1Status(
        ChainContract.@Nullable Totals totals,
        ProverStatus.Key key,
        ProverStatus.Params params,
        @Nullable String problem) {

    /** Asks the contract of a chain, if it has one. */
    static Optional<L1Status> read(Settings settings, QueueDatabase database, ChainId chain) {
        Optional<DeployedChain> deployed;
        try {
            deployed = new Deployments(database).find(chain.value());
        } catch (L1Failure e) {
            throw L1Access.failure(e);
        }
        return deployed.map(found -> of(settings, found, L1Access.params(database)));
    }

    private static L1Status of(Settings settings, DeployedChain chain, VerifierParams params) {
        var client = L1Access.client(L1Access.url(settings, chain));
        var contract = new ChainContract(client, chain.deployment().contract());
        try {
            if (client.code(contract.address()).length == 0) {
                return unreachable(chain, params, "there is no contract at " + contract.address());
            }
            return new L1Status(
                    contract.totals(),
                    key(contract.verificationKeyHash().hex(), chain),
                    params(contract.verifierParams().toList(), params),
                    null);
        } catch (UncheckedIOException | RpcException e) {
            return unreachable(chain, params, String.valueOf(e.getMessage()));
        }
    }

    private static L1Status unreachable(DeployedChain chain, VerifierParams params, String problem) {
        return new L1Status(null, key(null, chain), params(List.of(), params), problem);
    }

    private static ProverStatus.Key key(@Nullable String contract, DeployedChain chain) {
        var database = chain.key().hash();
        return new ProverStatus.Key(contract, database, contract == null ? null : contract.equals(database));
    }

    private static ProverStatus.Params params(List<Bytes32> contract, VerifierParams expected) {
        var database = expected.toList();
        return new ProverStatus.Params(
                contract.stream().map(Bytes32::hex).toList(),
                database.stream().map(Bytes32::hex).toList(),
                contract.isEmpty() ? null : contract.equals(database));
    }
}
