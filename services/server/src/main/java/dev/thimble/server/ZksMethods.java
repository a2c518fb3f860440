package dev.thimble.server;

import dev.thimble.chain.Hex;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The {@code zks_*} methods by which ZKsync's tools and explorers ask for batches, with its fields. Where this chain has no
 * such thing the value is null, or zero where its tools want a digest (there are no system contracts). Transactions of L1 are
 * the bridge's calls by which its messages reach L2.
 */
final class ZksMethods {
    private static final String NO_CONTRACT = "0x" + "0".repeat(64);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final BlockTable blocks;
    private final BatchTable batches;
    private final L1View l1;

    ZksMethods(BlockTable blocks, BatchTable batches, L1View l1) {
        this.blocks = blocks;
        this.batches = batches;
        this.l1 = l1;
    }

    Optional<RpcMethod> method(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "zks_L1BatchNumber" ->
                        parameters -> {
                            count(parameters, 0);
                            return batches.newest().map(Hex::quantity).orElse(Hex.quantity(0));
                        };
                    case "zks_getL1BatchBlockRange" ->
                        parameters -> batches.batch(number(parameters))
                                .map(ZksMethods::range)
                                .orElse(null);
                    case "zks_getL1BatchDetails" ->
                        parameters -> batches.batch(number(parameters))
                                .map(this::batchDetails)
                                .orElse(null);
                    case "zks_getBlockDetails" ->
                        parameters -> blocks.block(number(parameters))
                                .map(this::blockDetails)
                                .orElse(null);
                    default -> null;
                });
    }

    private static List<String> range(SealedBatch batch) {
        return List.of(Hex.quantity(batch.firstBlock()), Hex.quantity(batch.lastBlock()));
    }

    private Map<String, @Nullable Object> batchDetails(SealedBatch batch) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("number", batch.id().number());
        details.put("timestamp", batch.timestamp());
        long messages = batches.messages(batch.id().number());
        details.put("l1TxCount", messages);
        details.put("l2TxCount", batch.transactions() - messages);
        details.put("rootHash", batch.stateRoot());
        L2Block last = blocks.block(batch.lastBlock()).orElse(null);
        addL1(details, batch, last == null ? BigInteger.ZERO : last.baseFee());
        return details;
    }

    private Map<String, @Nullable Object> blockDetails(L2Block block) {
        long number = blocks.batchOf(block.number()).orElse(0L);
        SealedBatch batch = batches.batch(number).orElse(null);
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("number", block.number());
        details.put("l1BatchNumber", number);
        details.put("timestamp", block.timestamp());
        long messages = blocks.costs().messages(block.number());
        details.put("l1TxCount", messages);
        details.put("l2TxCount", block.transactions() - messages);
        details.put("rootHash", block.hash());
        addL1(details, batch, block.baseFee());
        details.put("operatorAddress", block.beneficiary());
        details.put("protocolVersion", batch == null ? null : batch.version().toString());
        return details;
    }

    private void addL1(Map<String, @Nullable Object> details, @Nullable SealedBatch batch, BigInteger baseFee) {
        L1View.Progress progress = batch == null ? L1View.Progress.NONE : l1.progress(batch.id());
        details.put("status", batch != null && isExecuted(batch, progress) ? "verified" : "sealed");
        addTransaction(details, "commitTxHash", "committedAt", progress.commit());
        addTransaction(details, "proveTxHash", "provenAt", progress.prove());
        addTransaction(details, "executeTxHash", "executedAt", progress.execute());
        details.put("l1GasPrice", 0);
        details.put("l2FairGasPrice", baseFee);
        details.put("fairPubdataPrice", null);
        details.put("baseSystemContractsHashes", Map.of("bootloader", NO_CONTRACT, "default_aa", NO_CONTRACT));
    }

    private boolean isExecuted(SealedBatch batch, L1View.Progress progress) {
        long number = batch.id().number();
        return progress.execute() != null
                || number == 0
                || l1.totals().filter(totals -> totals.executed() >= number).isPresent();
    }

    private static void addTransaction(
            Map<String, @Nullable Object> details, String hash, String time, L1View.@Nullable Transaction transaction) {
        details.put(hash, transaction == null ? null : transaction.hash());
        details.put(time, transaction == null ? null : time(transaction.at()));
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static long number(List<JsonNode> parameters) {
        count(parameters, 1);
        JsonNode value = parameters.getFirst();
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0) {
            return value.asLong();
        }
        if (value.isString() && value.asString().matches("0x[0-9a-fA-F]{1,15}")) {
            return Long.parseLong(value.asString().substring(2), 16);
        }
        throw new RpcError(RpcError.INVALID_PARAMS, "the number must be an integer from 0 on, or 0x-hex");
    }

    private static void count(List<JsonNode> parameters, int wanted) {
        if (parameters.size() != wanted) {
            throw new RpcError(
                    RpcError.INVALID_PARAMS, "wants " + wanted + " parameters but was given " + parameters.size());
        }
    }
}
