package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import dev.thimble.ethereum.ContractAbi;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.plonkverifier.PlonkProof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A ThimbleChain on L1: its state, and the calldata of its functions. */
public final class ChainContract {
    static final ContractAbi ABI = ContractArtifact.THIMBLE_CHAIN.abi();

    /** How many batches have come how far; batch 0 does not count. */
    public record Totals(long committed, long verified, long executed) {}

    private final EthereumClient client;
    private final Address address;

    public ChainContract(EthereumClient client, Address address) {
        this.client = client;
        this.address = address;
    }

    public Address address() {
        return address;
    }

    public EthereumClient client() {
        return client;
    }

    /** The totals at the newest block. */
    public Totals totals() {
        // Read from the last to the first step: whatever is mined in between, executed <= verified <= committed.
        long executed = number("totalBatchesExecuted");
        long verified = number("totalBatchesVerified");
        return new Totals(number("totalBatchesCommitted"), verified, executed);
    }

    public Bytes32 storedBatchHash(long number) {
        return Bytes32.of((byte[]) get("storedBatchHash", number));
    }

    public Bytes32 verificationKeyHash() {
        return Bytes32.of((byte[]) get("verificationKeyHash"));
    }

    /** Digests of the keys below the PLONK key. */
    public VerifierParams verifierParams() {
        List<?> words = (List<?>) get("verifierParams");
        return new VerifierParams(word(words, 0), word(words, 1), word(words, 2));
    }

    public Address operator() {
        return (Address) get("operator");
    }

    public Address owner() {
        return (Address) get("owner");
    }

    public boolean isPaused() {
        return (boolean) get("paused");
    }

    /** Unsigned number that a view function without or with arguments returns. */
    public long number(String function, Object... arguments) {
        return ((BigInteger) get(function, arguments)).longValueExact();
    }

    Object get(String function, Object... arguments) {
        byte[] result = client.call(address, ABI.encodeCall(function, arguments));
        return ABI.decodeResult(function, result).getFirst();
    }

    static byte[] commit(StoredBatch last, NewBatch batch) {
        return ABI.encodeCall("commitBatches", last.toAbi(), List.of(batch.toAbi()));
    }

    static byte[] prove(StoredBatch last, StoredBatch batch, PlonkProof proof) {
        return ABI.encodeCall("proveBatches", last.toAbi(), List.of(batch.toAbi()), List.of(words(proof)));
    }

    static byte[] execute(StoredBatch batch) {
        return ABI.encodeCall("executeBatches", List.of(batch.toAbi()));
    }

    private static List<BigInteger> words(PlonkProof proof) {
        byte[] bytes = proof.toBytes();
        List<BigInteger> words = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 32) {
            words.add(new BigInteger(1, Arrays.copyOfRange(bytes, at, at + 32)));
        }
        return words;
    }

    private static Bytes32 word(List<?> words, int index) {
        return Bytes32.of((byte[]) words.get(index));
    }
}
