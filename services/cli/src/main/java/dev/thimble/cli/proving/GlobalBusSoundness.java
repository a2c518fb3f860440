package dev.thimble.cli.proving;

import dev.thimble.air.AirProgram;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.Soundness;
import dev.thimble.riscvcircuits.BatchLimits;
import dev.thimble.riscvcircuits.BatchSeed;
import java.util.List;

/**
 * The error of the global bus over a whole batch: maxMessages/F after the batch seed's own grinding.
 *
 * <p>A batch's sum is a rational function of α whose numerator has degree below the number of messages. All slots of all
 * rows count, selected or not, and their number stays below 2^30, so that p copies of a message cannot be in it
 * (ePrint 2022/1530).
 *
 * @param maxInstances how many instances of any circuit here fit below maxMessages
 * @param maxMessages the bound on Σ instances·rows·slots
 * @param characteristic p
 * @param grinding grinding bits of the batch seed
 * @param bits −log₂ of the error
 */
record GlobalBusSoundness(long maxInstances, long maxMessages, long characteristic, int grinding, double bits) {
    static GlobalBusSoundness of(List<AirProgram> circuits) {
        long maxMessages = BatchLimits.MAXIMUM_MESSAGES;
        long most = circuits.stream().mapToLong(BatchLimits::messages).max().orElseThrow();
        return new GlobalBusSoundness(
                maxMessages / most,
                maxMessages,
                KoalaBear.P,
                BatchSeed.GRINDING,
                Soundness.CHALLENGE_FIELD_BITS - Math.log((double) maxMessages) / Math.log(2) + BatchSeed.GRINDING);
    }
}
