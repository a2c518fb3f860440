package dev.thimble.cli.service;

import dev.thimble.chain.Address;
import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Genesis;
import dev.thimble.cli.block.GenesisFile;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.cli.l1.OperatorKeys;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.SignerException;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.ChainGenesis;
import dev.thimble.l1.DeployedChain;
import dev.thimble.l1.Deployment;
import dev.thimble.l1.Deployments;
import dev.thimble.l1.L1Deployer;
import dev.thimble.l1.L1Failure;
import dev.thimble.l1.L1Listener;
import dev.thimble.l1.Outbox;
import dev.thimble.l1.TransactionSender;
import dev.thimble.model.ChainId;
import dev.thimble.plonkverifier.MalformedException;
import dev.thimble.plonkverifier.PublicCeremony;
import dev.thimble.plonkverifier.VerificationKey;
import dev.thimble.server.GenesisBatch;
import dev.thimble.server.WrongNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The L1 part of {@code init}: the verifier and the chain's contract, once; a chain that is deployed already is compared. */
final class L1Init {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PUBLIC_INPUTS = 2;

    /** What is on L1 now. */
    record Report(
            String url,
            long chainId,
            String contract,
            String verifier,
            long block,
            String operator,
            String owner,
            String verificationKey,
            List<String> params,
            String genesisBatch) {
        String text() {
            return "L1                 " + url + ", chain id " + chainId + ", block " + block + "\ncontract           "
                    + contract + "\nverifier           " + verifier + " with key " + verificationKey
                    + "\nverifier params    " + String.join(", ", params) + "\noperator           " + operator
                    + "\nowner              " + owner + "\nbatch 0            " + genesisBatch;
        }
    }

    private final Station station;
    private final Settings settings;
    private final boolean yes;
    private final EthereumClient client;
    private final Optional<DeployedChain> known;
    private final VerificationKey key;
    private final long l1ChainId;
    private final OperatorKeys keys;

    /**
     * Checks everything that can be checked without sending.
     *
     * @param yes whether an L1 that was begun anew may be forgotten
     * @throws CommandFailure naming what is missing or wrong
     */
    L1Init(Station station, Settings settings, URI url, boolean yes) {
        this.station = station;
        this.settings = settings;
        this.yes = yes;
        this.client = L1Access.client(url);
        this.known = L1Access.deployed(settings, station.database());
        this.key = key();
        this.l1ChainId = ask(client::chainId);
        this.keys = new OperatorKeys(settings, l1ChainId);
        if (l1ChainId == settings.number(Setting.L2_CHAIN_ID)) {
            throw CommandFailure.environment(
                    "SAME_CHAIN_ID",
                    "L1 and L2 have the same chain id " + l1ChainId
                            + ": transactions of one would be valid on the other",
                    "Give another --l2-chain-id.");
        }
    }

    private static CommandFailure noKey() {
        return CommandFailure.environment(
                "NO_SNARK_KEY",
                "the verifier on L1 needs the key of the SNARK circuit, which this build does not have",
                "Give its verification_key.json (snarkjs) with --snark-key FILE or THIMBLE_SNARK_KEY.");
    }

    /** Ends a first {@code init --l1} without a key before anything is made. */
    static void requireKey(Context context, Settings settings) {
        if (settings.text(Setting.SNARK_KEY).isEmpty() && !DatabaseAccess.isThere(context, settings)) {
            throw noKey();
        }
    }

    /** The key of {@code --snark-key}, or the one that the chain was deployed with. */
    private VerificationKey key() {
        var file = settings.text(Setting.SNARK_KEY);
        if (file.isEmpty()) {
            return known.map(DeployedChain::key).orElseThrow(L1Init::noKey);
        }
        try {
            var read = VerificationKey.fromJson(Files.readString(Path.of(file)));
            requireFit(file, read);
            return read;
        } catch (IOException | MalformedException e) {
            throw CommandFailure.environment(
                    "SNARK_KEY_MALFORMED",
                    "--snark-key " + file + " cannot be used: " + e.getMessage(),
                    "It is a verification_key.json as snarkjs writes it.");
        }
    }

    private void requireFit(String file, VerificationKey read) {
        if (read.publicInputs() != PUBLIC_INPUTS) {
            throw CommandFailure.environment(
                    "SNARK_KEY_MALFORMED",
                    "--snark-key " + file + " has " + read.publicInputs() + " public inputs, not 2",
                    "The public inputs are the batch's and the digest of the verification keys.");
        }
        if (OperatorKeys.isProduction(settings) && PublicCeremony.of(read.tau()).isEmpty()) {
            throw CommandFailure.environment(
                    "DEVELOPMENT_KEY",
                    "--snark-key " + file
                            + " is from a reference string of no known ceremony: whoever made it can forge"
                            + " proofs, so production refuses it",
                    "Make the key from a public ceremony's string.");
        }
    }

    /**
     * Deploys or compares.
     *
     * @param owner who may change verifier and operator; null for the operator itself
     */
    Report run(Optional<Address> owner, Duration messageDeadline) {
        var operator = keys.onL1();
        var owning = owner.orElse(operator.address());
        requireColdOwner(operator.address(), owning);
        keys.requireUnpublished("the owner of the contract", owning);
        var params = L1Access.params(station.database());
        var plan = new L1Deployer.Plan(genesis(), key, params, owning, operator.address(), messageDeadline);
        forgetWhatIsGone();
        station.progress()
                .step(known.isPresent() ? "comparing the contract on L1" : "deploying verifier and contract on L1");
        return ask(() -> {
            var outbox = new Outbox(station.database(), l1ChainId, operator.address());
            var sender = new TransactionSender(
                    client, l1ChainId, operator, outbox, L1Access.fees(settings), L1Listener.NONE);
            return report(new L1Deployer(client, outbox, sender).deploy(plan, PATIENCE), plan);
        });
    }

    /** Who holds the owner's key can have anything accepted; the operator's key lies on a server. */
    private void requireColdOwner(Address operator, Address owner) {
        if (OperatorKeys.isProduction(settings) && owner.equals(operator)) {
            throw CommandFailure.environment(
                    "OWNER_IS_OPERATOR",
                    "the owner of the contract would be the operator " + operator
                            + ": whoever breaks into the server could change the verifier and take everything",
                    "Give --l1-owner ADDRESS, of a key that is kept elsewhere.");
        }
    }

    private Report report(Deployment deployment, L1Deployer.Plan plan) {
        var contract = new ChainContract(client, deployment.contract());
        return new Report(
                client.rpc().shown(),
                deployment.l1ChainId(),
                deployment.contract().hex(),
                deployment.verifier().hex(),
                deployment.blockNumber(),
                contract.operator().hex(),
                contract.owner().hex(),
                contract.verificationKeyHash().hex(),
                plan.params().toList().stream().map(Bytes32::hex).toList(),
                plan.genesis().stored().commitment().hex());
    }

    /** Batch 0 of the genesis file, as the L2 node has its block. */
    private ChainGenesis genesis() {
        var home = station.context().home();
        var genesis = GenesisFile.require(settings, home);
        requireBridge(genesis);
        var chain = new ChainId(genesis.chainId());
        try {
            var header =
                    GenesisBatch.header(station.database(), chain, () -> ServerSettings.node(settings, home, chain));
            BatchCommitment batch = GenesisBatch.of(genesis, header);
            return new ChainGenesis(chain.value(), header.timestamp(), batch.blockHash(), batch.stateRoot());
        } catch (WrongNode | IllegalStateException e) {
            throw CommandFailure.environment(
                    "WRONG_L2_NODE", String.valueOf(e.getMessage()), "Check --l2-rpc-url and --l2-genesis.");
        }
    }

    /** Deposits and withdrawals go through the bridge, whose operator must be a secret one off development. */
    private void requireBridge(Genesis genesis) {
        var bridge = genesis.accounts().get(L2BridgeState.ADDRESS);
        if (bridge == null || !Arrays.equals(bridge.code(), ContractArtifact.L2_BRIDGE.deployedCode())) {
            throw CommandFailure.environment(
                    "GENESIS_WITHOUT_BRIDGE",
                    "the genesis file has no L2 bridge at " + L2BridgeState.ADDRESS + ": no deposit could arrive",
                    "Put it there: docs/formats-l1.md, \"L2 bridge\".");
        }
        var slot = Bytes32.of(Bytes32.word(L2BridgeState.OPERATOR_SLOT));
        if (!bridge.storage().keySet().equals(Set.of(slot))) {
            throw CommandFailure.environment(
                    "GENESIS_BRIDGE_STATE",
                    "the L2 bridge of the genesis file has other storage than its operator's slot "
                            + L2BridgeState.OPERATOR_SLOT + ": messages, withdrawals or claims that never were",
                    "Leave the other slots out: docs/formats-l1.md, \"L2 bridge\".");
        }
        var operator = bridge.storage().getOrDefault(slot, BigInteger.ZERO);
        keys.requireUnpublished(
                "the operator of the bridge in the genesis file",
                Address.of(Arrays.copyOfRange(Bytes32.word(operator), 12, 32)));
    }

    /** A development L1 that was begun anew has nothing of what the database remembers. */
    private void forgetWhatIsGone() {
        if (known.isEmpty() || l1ChainId != DevelopmentAccounts.CHAIN_ID) {
            return;
        }
        var deployment = known.get().deployment();
        if (deployment.l1ChainId() != l1ChainId || ask(() -> client.code(deployment.contract())).length > 0) {
            return;
        }
        if (!yes) {
            throw CommandFailure.environment(
                    "L1_BEGUN_ANEW",
                    "the development L1 was begun anew: there is no contract at " + deployment.contract() + " any more",
                    "Add --yes to forget everything that was sent there and deploy again.");
        }
        station.progress().step("forgetting the contract " + deployment.contract() + " of the former L1");
        new Deployments(station.database()).forget(deployment);
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (UncheckedIOException e) {
            throw CommandFailure.environment(
                    "L1_NODE_UNAVAILABLE", String.valueOf(e.getMessage()), "Check --l1 and start the node.");
        } catch (SignerException e) {
            throw L1Access.signerRefused(e);
        } catch (L1Failure e) {
            throw L1Access.failure(e);
        } catch (RpcException e) {
            throw CommandFailure.environment(
                    "L1_REFUSED", String.valueOf(e.getMessage()), "Check --l1 and the account's balance.");
        }
    }
}
