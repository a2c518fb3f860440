package dev.thimble.cli.bench;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.ethereum.PrivateKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of MAIN_VM, instructions and transfers, a transaction takes: (rows of a block of n − rows of an empty
 * block) / n. The names without a number are of blocks of 10, where little is shared; those with 100 of blocks of 100.
 *
 * <p>A recovery of a sender is that of the precompiled contract 0x01, which is the same code: the difference between
 * calls of two contracts that recover 20 and 10 times, divided by 10. It includes what the EVM does for a call.
 */
final class TransactionRows {
    private static final Bar TRANSFER = Bar.atMost(95_000);
    private static final Bar TOKEN_TRANSFER = Bar.atMost(150_000);
    private static final Bar RECOVERY = Bar.atMost(32_000);
    private static final int FEW = 10;

    private final BenchRollup rollup;
    private final Address token;
    private final List<Measurement> results = new ArrayList<>();

    TransactionRows(BenchRollup rollup, Address token) {
        this.rollup = rollup;
        this.token = token;
    }

    List<Measurement> measure() throws MalformedBlockException {
        long empty = rows(rollup.empty());
        add("stf.empty_block.instructions", (double) empty, null);
        for (int count : new int[] {FEW, BenchRollup.SENDERS}) {
            var name = count == FEW ? "" : "." + count;
            long transfers = rows(rollup.transfers(count));
            add("stf.eth_transfer.instructions" + name, (double) (transfers - empty) / count, TRANSFER);
            long tokens = rows(rollup.tokenTransfers(token, count));
            add("stf.erc20.instructions" + name, (double) (tokens - empty) / count, TOKEN_TRANSFER);
        }
        double recovery = (double) (recoveries(2 * FEW) - recoveries(FEW)) / FEW;
        add("stf.recover.instructions", recovery, RECOVERY);
        return results;
    }

    private long rows(Block block) {
        return rollup.follow(block).cost().orElseThrow().rows();
    }

    private long recoveries(int count) throws MalformedBlockException {
        return rows(rollup.call(rollup.create(recoverer(count)), signature()));
    }

    /** Copies its 128 bytes of calldata to memory and gives them to contract 0x01 so many times. */
    private static byte[] recoverer(int count) {
        // PUSH1 128, PUSH0, PUSH0, CALLDATACOPY
        var code = new StringBuilder("60805f5f37");
        // STATICCALL(GAS, 1, 0, 128, 128, 32), POP
        code.append("6020608060805f60015afa50".repeat(count));
        var runtime = Hex.parseData("0x" + code);
        // PUSH2 length, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN
        var creation = new ByteArrayOutputStream();
        creation.writeBytes(new byte[] {0x61, (byte) (runtime.length >>> 8), (byte) runtime.length});
        creation.writeBytes(Hex.parseData("0x80600a5f395ff3"));
        creation.writeBytes(runtime);
        return creation.toByteArray();
    }

    /** Hash, v, r and s of a valid signature. */
    private static byte[] signature() {
        byte[] hash = Keccak256.hash("what is signed");
        var signature =
                PrivateKey.parse(Hex.data(Keccak256.hash("who signs it"))).sign(hash);
        var data = new ByteArrayOutputStream();
        data.writeBytes(hash);
        data.writeBytes(Bytes32.word(27 + signature.yParity()));
        data.writeBytes(Bytes32.word(signature.r()));
        data.writeBytes(Bytes32.word(signature.s()));
        return data.toByteArray();
    }

    private void add(String name, double rows, @Nullable Bar bar) {
        results.add(Measurement.of(name, "rows", new double[] {rows}, 0, bar));
    }
}
