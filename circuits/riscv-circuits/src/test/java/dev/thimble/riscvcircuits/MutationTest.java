package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.testkit.MutationHarness;
import dev.thimble.testkit.MutationHarness.Scene;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every constraint and every look-up of MAIN_VM and MEMORY is needed: without it some traces pass that the circuit refuses.
 * The exceptions accept nothing more; they stay because they say plainly what else would have to be concluded.
 */
class MutationTest {
    private static final int STEPS = 40;

    /** Mutants that are equivalent to the circuit, and why. */
    private static final Map<String, String> EQUIVALENT = Map.ofEntries(
            Map.entry(
                    "MAIN_VM without 'transfer is a flag'",
                    "0 on the first row; the next row's transfer = hint + transfer − last, of which hint and transfer exclude"
                            + " each other and last is 1 only beside transfer"),
            Map.entry(
                    "MAIN_VM without 'halted is a flag'",
                    "0 on the first row; the next row's halted = halted + halt, which exclude each other"),
            Map.entry(
                    "MAIN_VM without 'at most one kind'",
                    "active + transfer + halted is 0 or 1, and neither transfer nor halted is negative"),
            Map.entry(
                    "MAIN_VM without 'last is a flag'",
                    "0 beside transfer = 0, and the transfer table has only 0 and 1"),
            Map.entry(
                    "MAIN_VM without 'writes is a flag'",
                    "the packed flags leave only multiples of 1/8 between −1 and 1; a fraction of an access gives a fraction of"
                            + " a message with a time of its own, which boundary records take only as a whole"),
            Map.entry(
                    "MAIN_VM without 'read is a flag'",
                    "read is 0 or 1 or half an odd number by the transfer table, and 13 + read is a number of bits"),
            Map.entry(
                    "MAIN_VM without 'selector of 'word of a precompile' is a flag'",
                    "0 on the first row; then a product of flags, of which at most one is not 0"),
            Map.entry(
                    "MEMORY without 'isRam is a flag'",
                    "isRam = −1 needs isImage = isInput = 1 and an image address that is at least 2^27 − imageEnd"));

    private static AttackScenes scenes;
    private static Scene honest;

    @BeforeAll
    static void execute() {
        AttackProgram attack = new AttackProgram();
        scenes = new AttackScenes(new ExecutedBatch(Profile.TEST, attack.program(), attack.input()));
        honest = scenes.honest("honest");
    }

    @Test
    void everyConstraintAndEveryLookUpIsNeeded() {
        MutationHarness harness = new MutationHarness();
        harness.add(scenes.mainVm);
        harness.add(scenes.memory);
        harness.setAside(EQUIVALENT.keySet());
        harness.attack(new HandAttacks(scenes).scene(), STEPS);
        new HandScenes(scenes).all().forEach(scene -> harness.attack(scene.get(), STEPS));
        harness.attack(HandScenes.instructionOnTheLastRow(), STEPS);
        harness.attack(HandScenes.haltedOnTheFirstRow(), STEPS);
        harness.attack(honest, STEPS);
        assertThat(harness.survivors()).isEmpty();
        assertThat(harness.attacks()).hasSizeGreaterThan(190);
    }

    /** Without one of the other messages no honest batch is accepted. */
    @Test
    void everyOtherMessageIsNeededForCompleteness() {
        assertThat(MutationHarness.idleMessages(honest, scenes.mainVm)).isEmpty();
        assertThat(MutationHarness.idleMessages(honest, scenes.memory)).isEmpty();
    }

    /** The incremental count of what is wrong is that of row checker and bus checker. */
    @Test
    void theHonestBatchIsAccepted() {
        assertThat(honest.batch().failures()).isEmpty();
        assertThat(scenes.batch.failures()).isEmpty();
    }
}
