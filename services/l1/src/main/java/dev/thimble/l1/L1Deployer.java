package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.plonkverifier.VerificationKey;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the contracts of a chain: {@code init --l1}. Can be killed and run again at any moment; what was created stays in use, and a
 * chain that is deployed already is compared instead.
 */
public final class L1Deployer {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * What to deploy.
     *
     * @param genesis batch 0
     * @param key the PLONK verification key, with two public inputs
     * @param params the keys below it
     * @param owner who may change verifier and operator
     * @param operator the account of the component l1
     * @param messageDeadline how long the operator may leave a deposit unprocessed
     */
    public record Plan(
            ChainGenesis genesis,
            VerificationKey key,
            VerifierParams params,
            Address owner,
            Address operator,
            Duration messageDeadline) {}

    private final EthereumClient client;
    private final Outbox outbox;
    private final TransactionSender sender;
    private final Deployments deployments;

    public L1Deployer(EthereumClient client, Outbox outbox, TransactionSender sender) {
        this.client = client;
        this.outbox = outbox;
        this.sender = sender;
        this.deployments = new Deployments(outbox.database());
    }

    /**
     * Deploys, or finds what is deployed.
     *
     * @param patience how long to wait for each transaction
     * @throws L1Failure if something else is deployed for this chain, a transaction is reverted or refused, or time is up
     */
    public Deployment deploy(Plan plan, Duration patience) {
        long l1ChainId = client.chainId();
        SetupTrust.complaint(plan.key(), l1ChainId).ifPresent(complaint -> {
            throw new L1Failure(complaint);
        });
        Optional<Deployment> existing =
                deployments.find(plan.genesis().l2ChainId()).map(DeployedChain::deployment);
        if (existing.isPresent() && !isReorganised(existing.get(), plan)) {
            return saved(existing.get(), plan);
        }
        Bytes32 keyHash = new Bytes32(plan.key().hash());
        Address verifier = create("deploy verifier of key " + keyHash, verifierCode(plan.key()), patience)
                .contract()
                .orElseThrow();
        Operation.Mined chain = create(purpose(plan, verifier), chainCode(plan, verifier, keyHash), patience);
        return saved(
                new Deployment(
                        l1ChainId,
                        plan.genesis().l2ChainId(),
                        chain.contract().orElseThrow(),
                        verifier,
                        chain.blockNumber()),
                plan);
    }

    /**
     * Whether the contract was in a block that left the chain: then the transactions that made it are sent again and make the same. A
     * development L1 was rather begun anew, which the operator has to say.
     */
    private boolean isReorganised(Deployment deployment, Plan plan) {
        return deployment.l1ChainId() != DevelopmentAccounts.CHAIN_ID
                && client.code(deployment.contract()).length == 0
                && outbox.find(purpose(plan, deployment.verifier())).isPresent();
    }

    private static String purpose(Plan plan, Address verifier) {
        return "deploy chain " + plan.genesis().l2ChainId() + " with genesis "
                + plan.genesis().stored().hash() + " and verifier " + verifier;
    }

    /** Remembers a deployment that is what was planned. */
    private Deployment saved(Deployment deployment, Plan plan) {
        DeploymentCheck check = new DeploymentCheck(deployment, plan.genesis(), plan.key(), plan.params());
        var differences = check.differences(new ChainContract(client, deployment.contract()), plan.operator());
        if (!differences.isEmpty()) {
            throw new L1Failure(String.join("; ", differences));
        }
        deployments.save(new DeployedChain(deployment, client.rpc().url(), plan.genesis(), plan.key()));
        return deployment;
    }

    private static byte[] verifierCode(VerificationKey key) {
        var words = dev.thimble.contracts.VerificationKey.parseSnarkjs(
                JsonMapper.shared().readTree(key.toJson()));
        return ContractArtifact.PLONK_VERIFIER.creation(words.toAbi());
    }

    private static byte[] chainCode(Plan plan, Address verifier, Bytes32 keyHash) {
        return ContractArtifact.THIMBLE_CHAIN.creation(
                plan.genesis().l2ChainId(),
                plan.owner(),
                plan.operator(),
                plan.messageDeadline().toSeconds(),
                plan.genesis().toAbi(),
                verifier,
                plan.params().toAbi(),
                keyHash.bytes());
    }

    /** The receipt of a creation that is asked for unless it has been before, once it is mined. */
    private Operation.Mined create(String purpose, byte[] code, Duration patience) {
        boolean done = outbox.find(purpose)
                .flatMap(Operation::mined)
                .filter(Operation.Mined::succeeded)
                .isPresent();
        if (!done) {
            outbox.enqueue(purpose, Optional.empty(), BigInteger.ZERO, code);
        }
        long begun = System.nanoTime();
        while (true) {
            sender.tick();
            Operation operation = outbox.find(purpose).orElseThrow();
            if (operation.mined().isPresent()) {
                return succeeded(operation, operation.mined().get());
            }
            if (!operation.message().isEmpty()) {
                throw new L1Failure("'" + purpose + "' is refused: " + operation.message()
                        + "; mend it and run the same command again");
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new L1Failure("'" + purpose + "' is not mined after " + patience.toSeconds()
                        + " s; run the same command again to go on");
            }
            Pause.of(PAUSE);
        }
    }

    private static Operation.Mined succeeded(Operation operation, Operation.Mined mined) {
        if (!mined.succeeded()) {
            throw new L1Failure("'" + operation.purpose() + "' was reverted in " + mined.transactionHash());
        }
        return mined;
    }
}
