package dev.thimble.cli.l1;

import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.CommittedBatches;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.testkit.FreeInputSnark;
import java.math.BigInteger;
import java.util.List;

/** Proofs for the batches on L1, as they are submitted to the server; all that they need is read from L1. */
record BatchProofs(ChainContract contract, String genesisCommitment, FreeInputSnark snark) {
    List<NewBatch> batches() {
        return new CommittedBatches(contract, 0).read();
    }

    BigInteger circuitsSet() {
        return contract.verifierParams().circuitsSetHash().toNumber();
    }

    BigInteger publicInput(long number) {
        var batch = stored(number);
        if (number > 1) {
            return batch.publicInput(stored(number - 1));
        }
        byte[] before = new Bytes32(genesisCommitment).bytes();
        return Bytes32.keccak(before, batch.commitment().bytes()).toNumber().shiftRight(32);
    }

    private StoredBatch stored(long number) {
        return batches().get((int) number - 1).stored(RollupOnL1.L2_CHAIN_ID);
    }

    /** The body that delivers a proof. */
    String submission(long number, PlonkProof proof) {
        return "{\"stage\":\"snark\",\"protocolVersion\":\"0.1.0\",\"batchCommitment\":\""
                + stored(number).commitment() + "\",\"proof\":" + proof.toJson() + "}";
    }

    /** The body that delivers the right one. */
    String submission(long number) {
        return submission(number, snark.prove(publicInput(number), circuitsSet()));
    }
}
