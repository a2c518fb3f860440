package dev.thimble.cli.bench;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.chain.Hex;
import dev.thimble.cli.command.Progress;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.VerificationKey;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.l1.DirectSender;
import dev.thimble.plonk.Blinding;
import dev.thimble.plonk.Crs;
import dev.thimble.plonk.DevelopmentCrs;
import dev.thimble.plonk.PlonkCircuit;
import dev.thimble.plonk.PlonkProver;
import dev.thimble.plonk.PlonkSetup;
import dev.thimble.plonk.ProvingKey;
import dev.thimble.plonk.Witness;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Gas of a transaction that verifies a proof with two public inputs: its cost does not depend on the circuit. */
final class L1GasBench {
    private static final double GAS = 320_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private L1GasBench() {}

    /** Empty where there is no anvil. */
    static List<Measurement> run(MachineReport machine, Progress progress) throws Exception {
        var anvil = AnvilProcess.locate();
        if (anvil.isEmpty()) {
            progress.step("anvil is not there: l1.verify_gas is not measured");
            return List.of();
        }
        progress.step("verifying a proof on anvil");
        var folder = Files.createTempDirectory("thimble-bench");
        try (var node = AnvilProcess.start(anvil.get());
                var parallel = new Parallel(1)) {
            var crsFile = folder.resolve("crs");
            DevelopmentCrs.make(4, "bench", crsFile, parallel);
            var crs = Crs.open(crsFile);
            var circuit = circuit();
            var key = new PlonkSetup(circuit, crs, parallel, dev.thimble.plonk.Progress.NONE)
                    .writeProvingKey(folder.resolve("key"));
            double gas = gas(node, key, crs, circuit, parallel);
            return List.of(Measurement.of(
                    "l1.verify_gas", "gas", new double[] {gas}, machine.hashPerSecond1(), Bar.atMost(GAS)));
        } finally {
            Files.deleteIfExists(folder.resolve("crs"));
            Files.deleteIfExists(folder.resolve("key"));
            Files.delete(folder);
        }
    }

    private static double gas(AnvilProcess node, ProvingKey key, Crs crs, PlonkCircuit circuit, Parallel parallel) {
        var witness = new Witness(circuit);
        var input = Fr.of(7).inverse();
        witness.set(1, input).set(2, input.square()).set(3, input.mul(input.square()));
        var proof =
                new PlonkProver(key, crs, parallel, dev.thimble.plonk.Progress.NONE).prove(witness, Blinding.secure());
        var words = VerificationKey.parseSnarkjs(
                JsonMapper.shared().readTree(key.verificationKey().toJson()));
        var sender = new DirectSender(node.client(), DevelopmentAccounts.OWNER, hash -> {});
        var verifier = sender.create(ContractArtifact.PLONK_VERIFIER.creation(words.toAbi()), PATIENCE)
                .contractAddress()
                .orElseThrow();
        var calldata = Hex.parseData(proof.calldata(witness.publicInputs(2)));
        return sender.send(verifier, BigInteger.ZERO, calldata, PATIENCE)
                .gasUsed()
                .doubleValue();
    }

    private static PlonkCircuit circuit() {
        var builder = new PlonkCircuit.Builder();
        int first = builder.publicInput();
        int second = builder.publicInput();
        builder.multiply(first, second, builder.wire());
        return builder.build();
    }
}
