package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.cli.InProcess;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.DirectSender;
import dev.thimble.testkit.FreeInputSnark;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code init --l1} and {@code server} with its component l1 on two real nodes: batches that the state transition function has executed are
 * committed, proven and executed on L1; deposits and withdrawals arrive; a kill sends nothing twice.
 *
 * <p>The proofs are of {@link FreeInputSnark}: its key proves nothing about the batch, and stands in only here, because the circuit that verifies
 * a batch's STARK does not exist yet. Everything else is the product's.
 */
@Tag("full")
class L1EndToEndTest {
    private static final Address ALICE = new Address("0x" + "a1".repeat(20));
    private static final String USER_KEY = "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a";

    @TempDir
    private Path folder;

    private final FreeInputSnark snark = FreeInputSnark.ofSeed("end to end");
    private RollupOnL1 rollup;

    @SuppressWarnings("NullAway.Init") // set by the first step
    private ChainContract contract;

    @SuppressWarnings("NullAway.Init") // set by the first step
    private BatchProofs proofs;

    @BeforeEach
    void start() throws Exception {
        rollup = new RollupOnL1(folder);
    }

    @AfterEach
    void stop() {
        rollup.close();
    }

    @Test
    void batchesAndMessagesGoToL1AndAKillSendsNothingTwice() throws Exception {
        deployOnce();
        var first = rollup.startServer();
        var withdrawal = depositAndWithdraw();
        rollup.await("batch 1 is committed", () -> contract.totals().committed() == 1);
        statusIs(1, 0, 0, 0);
        deliverProof(1);
        rollup.await("batch 1 is executed", () -> contract.totals().executed() == 1);
        statusIs(1, 1, 1, 0);
        detailsNameTheTransactions(1);
        assertThat(withdrawal.get().json().get("state").asString()).isEqualTo("paid");
        assertThat(rollup.l1.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(321));

        killBetweenSendAndReceipt(first);
        deliverProof(2);
        rollup.await("batch 2 is executed", () -> contract.totals().executed() == 2);
        statusIs(2, 2, 2, 0);
        everythingHappenedOnce(2);
        theStateIsRebuiltFromL1Alone(2);

        otherKeysOnL1StopEverything();
    }

    private void deployOnce() throws Exception {
        var url = rollup.l1.url().toString();
        var without = rollup.run("init", "--l1", url, "--json");
        assertThat(without.exitCode()).isEqualTo(3);
        assertThat(without.json().get("error").get("code").asString()).isEqualTo("NO_SNARK_KEY");
        var key = snark.writeKey(folder.resolve("key.json")).toString();
        var owner = DevelopmentAccounts.OWNER.address().hex();
        var made = rollup.run("init", "--l1", url, "--snark-key", key, "--l1-owner", owner, "--yes", "--json");
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        var onL1 = made.json().get("l1");
        assertThat(onL1.get("owner").asString()).isEqualTo(owner);
        assertThat(onL1.get("operator").asString())
                .isEqualTo(DevelopmentAccounts.OPERATOR.address().hex());
        var again = rollup.run("init", "--l1", url, "--l1-owner", owner, "--json");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.json().get("l1")).isEqualTo(onL1);
        assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR))
                .as("deployed once")
                .isEqualTo(2);
        contract = new ChainContract(
                rollup.l1.client(), new Address(onL1.get("contract").asString()));
        proofs = new BatchProofs(contract, onL1.get("genesisBatch").asString(), snark);
    }

    /** The deposit makes block 1 and the withdrawal block 2, which seals batch 1; what is returned ends when L1 has paid. */
    private CompletableFuture<InProcess.Run> depositAndWithdraw() throws Exception {
        var user = rollup.keyFile("user.key", USER_KEY).toString();
        var deposit = rollup.run(
                "deposit",
                "--amount",
                "5000",
                "--to",
                ALICE.hex(),
                "--key-file",
                user,
                "--l2",
                api(),
                "--wait",
                "--json");
        assertThat(deposit.exitCode()).as(deposit.out() + deposit.err()).isZero();
        assertThat(deposit.json().get("state").asString()).isEqualTo("processed");
        assertThat(rollup.l2.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(5000));
        return CompletableFuture.supplyAsync(() -> rollup.run(
                "withdraw",
                "--amount",
                "321",
                "--to",
                ALICE.hex(),
                "--key-file",
                user,
                "--l2",
                api(),
                "--wait",
                "--json"));
    }

    private String api() {
        return "http://127.0.0.1:" + rollup.apiPort;
    }

    private void statusIs(long committed, long verified, long executed, long behind) {
        var run = rollup.run("status", "prover", "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        var chain = run.json().get("chains").get(0);
        assertThat(chain.get("l1").get("committed").asLong()).isEqualTo(committed);
        assertThat(chain.get("l1").get("verified").asLong()).isEqualTo(verified);
        assertThat(chain.get("l1").get("executed").asLong()).isEqualTo(executed);
        assertThat(chain.get("l1").get("behind").asLong()).isEqualTo(behind);
        assertThat(chain.get("next").asLong()).isEqualTo(verified + 1);
        assertThat(chain.get("verificationKey").get("match").asBoolean()).isTrue();
        assertThat(chain.get("params").get("match").asBoolean()).isTrue();
        var hash = chain.get("verificationKey").get("contract").asString();
        assertThat(rollup.run("status", "prover").out())
                .contains("State keeper: First batch: 1, recent batch: " + committed + "\n")
                .contains("L1 state: block verified: " + verified + ", block committed: " + committed + "\n")
                .contains("Verification key hash on contract is " + hash + "\nVerification key in database is " + hash
                        + "\nVerifier hash matches.\nVerifier params on contract are 0x")
                .contains(
                        "\nVerification params match.\nNext block that should be verified is: " + (verified + 1) + "\n")
                .contains("  state " + (executed == committed ? "executed" : "sealed"));
    }

    /** What does not verify for exactly this batch is refused before it is stored. */
    private void deliverProof(long number) throws Exception {
        var circuitsSet = proofs.circuitsSet();
        var input = proofs.publicInput(number);
        var ofOtherBatch = snark.prove(input.add(BigInteger.ONE), circuitsSet);
        refused(number, proofs.submission(number, ofOtherBatch), 422, "PROOF_REJECTED");
        var ofOtherKeys = snark.prove(input, circuitsSet.add(BigInteger.ONE));
        refused(number, proofs.submission(number, ofOtherKeys), 422, "PROOF_REJECTED");
        var right = snark.prove(input, circuitsSet);
        var body = proofs.submission(number, right);
        refused(number, body.replace("batchCommitment\":\"0x", "batchCommitment\":\"0y"), 422, "WRONG_STATEMENT");
        refused(number, body.replace("\"eval_a\"", "\"eval_x\""), 400, "BAD_REQUEST");
        refused(number + 1, body, 404, "UNKNOWN_BATCH");
        assertThat(contract.totals().verified()).isEqualTo(number - 1);
        assertThat(rollup.postProof(number, body).body()).contains("\"accepted\"");
        assertThat(rollup.postProof(number, body).body()).contains("already_accepted");
        refused(number, proofs.submission(number, snark.prove(input, circuitsSet)), 409, "DIFFERENT_PROOF");
    }

    private void refused(long number, String body, int status, String code) throws Exception {
        var response = rollup.postProof(number, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(RollupOnL1.json(response).path("error").path("code").asString())
                .isEqualTo(code);
    }

    private void detailsNameTheTransactions(long number) throws Exception {
        rollup.await(
                "the details of batch " + number + " are whole",
                () -> !rollup.rpc("zks_getL1BatchDetails", "[" + number + "]")
                        .path("executeTxHash")
                        .isNull());
        var batch = rollup.rpc("zks_getL1BatchDetails", "[" + number + "]");
        var block = rollup.rpc("zks_getBlockDetails", "[" + 2 * number + "]");
        for (var details : List.of(batch, block)) {
            assertThat(details.path("status").asString()).isEqualTo("verified");
            for (var step : List.of("commit", "prove", "execute")) {
                var hash = details.path(step + "TxHash").asString();
                assertThat(rollup.l1.client().receipt(hash).orElseThrow().success())
                        .isTrue();
            }
            assertThat(details.path("executedAt").asString()).matches("20..-..-..T.*Z");
        }
    }

    /** L1 takes the commit of batch 2 into its pool and makes no block; then the server is killed. */
    private void killBetweenSendAndReceipt(Process server) throws Exception {
        var l1 = rollup.l1.client().rpc();
        l1.call("evm_setAutomine", false);
        rollup.makeBlocks(2);
        rollup.await("the commit of batch 2 waits on L1", () -> pending() == 1);
        server.destroyForcibly().waitFor();
        rollup.startServer();
        rollup.await("the next server compares", () -> rollup.ready().contains("l1: ready"));
        assertThat(pending()).as("sent once").isEqualTo(1);
        l1.call("evm_mine");
        l1.call("evm_setAutomine", true);
        rollup.await("batch 2 is committed", () -> contract.totals().committed() == 2);
    }

    private long pending() {
        return rollup.l1.client().nonce(DevelopmentAccounts.OPERATOR.address(), "pending")
                - rollup.nonce(DevelopmentAccounts.OPERATOR);
    }

    private void everythingHappenedOnce(int batches) {
        var abi = ContractArtifact.THIMBLE_CHAIN.abi();
        for (var event : List.of("BatchCommitted", "BatchVerified", "BatchExecuted")) {
            assertThat(rollup.l1.client().logs(contract.address(), 0).stream()
                            .flatMap(log -> abi.decodeLog(log).stream())
                            .filter(found -> found.name().equals(event)
                                    && !found.values().getFirst().equals(BigInteger.ZERO))
                            .count())
                    .as(event)
                    .isEqualTo(batches);
        }
        assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isEqualTo(2 + 3L * batches);
    }

    /**
     * Calldata of L1 and the genesis file are all that is used: the blocks of every batch, deposit and withdrawal included, are executed
     * anew and give the state roots on L1, and those of the L2 node.
     */
    private void theStateIsRebuiltFromL1Alone(int batches) throws Exception {
        var read = proofs.batches();
        assertThat(read).hasSize(batches);
        assertThat(read.getLast().messageCount()).as("the deposit").isEqualTo(1);
        assertThat(read.getLast().withdrawalRoot()).as("the withdrawal").isNotEqualTo(Bytes32.ZERO);
        var blocks = folder.resolve("from-l1.rlp");
        Files.write(blocks, new byte[0]);
        for (var batch : read) {
            Files.write(blocks, batch.data(), StandardOpenOption.APPEND);
            // A home of its own: nothing that the server knows can help.
            var run = InProcess.run(
                    Map.of("THIMBLE_HOME", folder.resolve("elsewhere").toString()),
                    "block",
                    "execute",
                    "--blocks",
                    blocks.toString(),
                    "--genesis",
                    rollup.genesis().toString(),
                    "--from",
                    "1",
                    "--to",
                    Long.toString(batch.lastBlock()),
                    "--json");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.json().get("stateRoot").asString())
                    .isEqualTo(batch.stateRoot().hex())
                    .isEqualTo(rollup.l2
                            .client()
                            .block(Hex.quantity(batch.lastBlock()))
                            .path("stateRoot")
                            .asString());
            var last = run.json().get("blocks").get((int) batch.lastBlock() - 1);
            assertThat(last.get("hash").asString()).isEqualTo(batch.blockHash().hex());
        }
    }

    /** The owner changes the params of the contract: an alarm, and no transaction any more. */
    private void otherKeysOnL1StopEverything() throws Exception {
        var other = List.<Object>of(new byte[32], new byte[32], Bytes32.word(77));
        var call = ContractArtifact.THIMBLE_CHAIN
                .abi()
                .encodeCall(
                        "setVerifier",
                        verifier(),
                        other,
                        contract.verificationKeyHash().bytes());
        new DirectSender(rollup.l1.client(), DevelopmentAccounts.OWNER, hash -> {})
                .send(contract.address(), BigInteger.ZERO, call, Duration.ofMinutes(2));
        rollup.await("the alarm", () -> rollup.ready().contains("the circuits set hash is"));
        rollup.makeBlocks(2);
        rollup.await(
                "batch 3 is executed here",
                () -> !rollup.rpc("zks_getL1BatchDetails", "[3]").isNull());
        var status = rollup.run("status", "prover");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("Verification params DIFFER: circuits set hash: contract 0x");
        assertThat(rollup.nonce(DevelopmentAccounts.OPERATOR)).isEqualTo(8);
        assertThat(Files.readString(folder.resolve("server-1.err"))).contains("MISMATCH");
    }

    private Address verifier() {
        var abi = ContractArtifact.THIMBLE_CHAIN.abi();
        var answer = rollup.l1.client().call(contract.address(), abi.encodeCall("verifier"));
        return (Address) abi.decodeResult("verifier", answer).getFirst();
    }
}
