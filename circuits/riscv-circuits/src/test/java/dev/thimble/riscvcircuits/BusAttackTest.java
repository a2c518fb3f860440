package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.fri.FriParameters;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Sponge;
import dev.thimble.riscv.SegmentLimits;
import dev.thimble.starkverifier.ProofShape;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.testkit.Failure;
import dev.thimble.testkit.ForgedBatch;
import dev.thimble.testkit.MutationHarness.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attacks on the global bus: docs/book/global-bus.md says why each of them fails. */
class BusAttackTest {
    private static AttackScenes scenes;

    @BeforeAll
    static void execute() {
        scenes = new AttackScenes(
                new ExecutedBatch(Profile.TEST, MachinePrograms.loop(20, 3), new byte[0], new SegmentLimits(300, 120)));
        assertThat(scenes.batch.segments).hasSize(2);
    }

    private static List<ForgedBatch.Instance> instances() {
        List<ForgedBatch.Instance> instances = new ArrayList<>();
        for (ExecutedBatch.Instance instance : scenes.batch.instances) {
            boolean main = instance.type() == CircuitType.MAIN_VM;
            instances.add(new ForgedBatch.Instance(main ? scenes.mainVm : scenes.memory, instance.trace()));
        }
        return instances;
    }

    // ---------------------------------------------------------------- records and chains

    /** Attack: two records of one address in one segment, the second one untouched. No segment sees it, the bus does. */
    @Test
    void aSecondRecordOfAnAddressIsCaughtByTheGlobalBusOnly() {
        ForgedBatch batch = new ForgedBatch(instances(), scenes.claims());
        var boundary = scenes.batch.segments.get(1).boundary();
        int free = boundary.size();
        set(batch, 1, "boundary.selected", free, 1);
        set(batch, 1, "boundary.space", free, boundary.space(0));
        set(batch, 1, "boundary.address", free, boundary.address(0));
        set(batch, 1, "boundary.in.low", free, boundary.valueIn(0) & 0xFFFF);
        set(batch, 1, "boundary.in.high", free, boundary.valueIn(0) >>> 16);
        set(batch, 1, "boundary.timestampIn", free, boundary.timestampIn(0));
        set(batch, 1, "boundary.out.low", free, boundary.valueIn(0) & 0xFFFF);
        set(batch, 1, "boundary.out.high", free, boundary.valueIn(0) >>> 16);
        assertThat(batch.failures()).isNotEmpty().allMatch(BusAttackTest::isGlobal);
    }

    /** Attack: a record continues from what the same segment left, which would give memory two histories. */
    @Test
    void aRecordDoesNotFollowARecordOfItsOwnSegment() {
        ForgedBatch batch = new ForgedBatch(instances(), scenes.claims());
        int free = scenes.batch.segments.get(1).boundary().size();
        set(batch, 1, "boundary.selected", free, 1);
        set(batch, 1, "boundary.timestampIn", free, 2);
        assertThat(batch.failures()).anyMatch(failure -> !isGlobal(failure));
    }

    /** Attack: an instance is counted twice, is left out, or another one with the same number stands beside it. */
    @Test
    void everySegmentStandsOnce() {
        List<ForgedBatch.Instance> twice = instances();
        twice.add(twice.getFirst());
        assertThat(new ForgedBatch(twice, scenes.claims()).failures()).isNotEmpty();
        List<ForgedBatch.Instance> missing = instances();
        missing.remove(1);
        assertThat(new ForgedBatch(missing, scenes.claims()).failures()).isNotEmpty();
        List<ForgedBatch.Instance> beside = instances();
        Trace still = scenes.still(1, scenes.batch.segments.get(1).entryPc(), false);
        beside.add(new ForgedBatch.Instance(scenes.mainVm, still));
        assertThat(new ForgedBatch(beside, scenes.claims()).failures()).isNotEmpty();
    }

    private static boolean isGlobal(Failure failure) {
        return failure instanceof Failure.OfBus bus && bus.isGlobal();
    }

    private static void set(ForgedBatch batch, int instance, String column, int row, long value) {
        Change change = AttackScenes.change(scenes.mainVm, instance, column, row, value);
        batch.set(change.cell(), change.value());
    }

    // ---------------------------------------------------------------- counts

    /** Attack: p copies of a message cancel. The bound on all slots of a batch stays below p, and is needed. */
    @Test
    void countsStayBelowTheCharacteristic() {
        assertThat(BatchLimits.MAXIMUM_MESSAGES).isLessThan(KoalaBear.P);
        long slots = BatchLimits.messages(new MainVm(Profile.LAPTOP).program());
        assertThat(slots * BatchLimits.MAXIMUM_INSTANCES).isGreaterThan(KoalaBear.P);
        assertThat(BatchLimits.MAXIMUM_INSTANCES).isLessThanOrEqualTo(1 << 16);
    }

    /** KECCAK_F draws no challenge for look-ups of its own, so no grinding of its proof counts for them. */
    @Test
    void globalMessagesAreNotInTheErrorOfAProof() {
        List<String> without = new ArrayList<>();
        BasicCircuits.programs(Profile.LAPTOP).values().forEach(circuit -> {
            var terms = new ProofShape(circuit, Profile.LAPTOP.parameters())
                    .soundness()
                    .terms();
            boolean counts = terms.stream().anyMatch(term -> term.name().equals("lookup"));
            assertThat(counts).isEqualTo(circuit.lookup().localAccumulator() >= 0);
            if (!counts) {
                without.add(circuit.name());
            }
        });
        assertThat(without).containsExactly("KECCAK_F");
    }

    // ---------------------------------------------------------------- what the challenge binds

    /** Attack: a value of a boundary message is chosen after the challenge. */
    @Test
    void everyBoundaryValueChangesTheSeed() {
        List<Integer> output = List.of(1, 2, 3, 4, 5, 6, 7, 0x8000_0009);
        Set<Digest> seeds = new HashSet<>();
        List<BatchBoundary> boundaries = new ArrayList<>(List.of(
                new BatchBoundary(0x10000, 3, 2, output),
                new BatchBoundary(0x10004, 3, 2, output),
                new BatchBoundary(0x10000, 4, 2, output),
                new BatchBoundary(0x10000, 3, 3, output)));
        for (int i = 0; i < 16; i++) {
            List<Integer> changed = new ArrayList<>(output);
            changed.set(i / 2, output.get(i / 2) ^ (1 << (16 * (i % 2) + 3)));
            boundaries.add(new BatchBoundary(0x10000, 3, 2, changed));
        }
        boundaries.forEach(boundary -> seeds.add(seed(boundary, digest(1), digest(2))));
        seeds.add(seed(boundaries.getFirst(), digest(3), digest(2)));
        seeds.add(seed(boundaries.getFirst(), digest(1), digest(3)));
        assertThat(seeds).hasSize(boundaries.size() + 2);
    }

    /** Attack: a boundary message carries a value that is not among those that the seed binds. */
    @Test
    void boundaryMessagesHaveNoFreeValue() {
        BatchBoundary boundary = new BatchBoundary(0x10000, 3, 2, Collections.nCopies(8, 0x1234_5678));
        Set<Integer> bound = new HashSet<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        for (int element : boundary.elements()) {
            bound.add(element);
        }
        for (BatchBoundary.Message message : boundary.messages()) {
            assertThat(bound).containsAll(Arrays.stream(message.tuple()).boxed().toList());
        }
    }

    private static Digest seed(BatchBoundary boundary, Digest keys, Digest root) {
        return BatchSeed.draw(Protocol.V1, keys, boundary, root, Workers.single())
                .digest();
    }

    private static Digest digest(int i) {
        return Sponge.V1.hash(Domain.LIST, new int[] {i});
    }

    /** Attack: instances change places, types or number under one challenge. */
    @Test
    void orderTypesAndCountsAreInTheRoot() {
        List<Digest> main = List.of(digest(1), digest(2), digest(3));
        List<Digest> memory = List.of(digest(4), digest(5));
        Set<Digest> roots = new HashSet<>();
        roots.add(root(main, memory));
        roots.add(root(List.of(digest(2), digest(1), digest(3)), memory));
        roots.add(root(memory, main));
        roots.add(root(List.of(digest(1), digest(2)), List.of(digest(3), digest(4), digest(5))));
        roots.add(root(List.of(digest(1), digest(2), digest(3), digest(3)), memory));
        roots.add(root(List.of(digest(1), digest(2), digest(3), digest(9)), memory));
        roots.add(root(Collections.nCopies(100, digest(1)), memory));
        roots.add(root(Collections.nCopies(101, digest(1)), memory));
        assertThat(roots).hasSize(8);
        assertThat(root(List.of(digest(1)), memory))
                .as("a lone instance does not stand for its digest")
                .isNotEqualTo(digest(1));
    }

    private static Digest root(List<Digest> main, List<Digest> memory) {
        Map<CircuitType, List<Digest>> shared = new EnumMap<>(CircuitType.class);
        shared.put(CircuitType.MAIN_VM, main);
        shared.put(CircuitType.MEMORY, memory);
        return new BatchTree(Sponge.V1, Profile.TEST).root(shared);
    }

    /** Attack: above half the distance a cap fixes a list of shared columns, to choose from after the challenge. */
    @Test
    void sharedColumnsAllowUniqueDecodingOnly() {
        ProofShape equivocal = new ProofShape(scenes.memory.program(), FriParameters.SHRINK);
        assertThatThrownBy(equivocal::soundness)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only unique decoding");
    }

    /** Attack: a message of one bus is taken as one of another: tags are distinct and not 0. */
    @Test
    void busesHaveTagsOfTheirOwn() {
        assertThat(Set.of(
                        Buses.STATE.tag(),
                        Buses.MEMORY.tag(),
                        Buses.CHAIN.tag(),
                        Buses.OUTPUT.tag(),
                        Buses.PRECOMPILE.tag(),
                        Buses.PROGRAM.tag(),
                        Buses.ACCESS.tag(),
                        Buses.TABLE.tag(),
                        Buses.IMAGE.tag()))
                .hasSize(9)
                .doesNotContain(0);
    }
}
