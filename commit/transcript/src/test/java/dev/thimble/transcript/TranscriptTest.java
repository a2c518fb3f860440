package dev.thimble.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.Domain;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
    @Test
    void samplesAreTheDuplexSpongesRate() {
        Transcript transcript = transcript();
        int[] state = new int[16];
        state[8] = KoalaBear.fromCanonical(Domain.TRANSCRIPT.identifier());
        for (int i = 0; i < 11; i++) {
            transcript.observe(KoalaBear.fromCanonical(i));
            state[i % 8] = KoalaBear.fromCanonical(i);
            if (i == 7) {
                Poseidon2.V1.permute(state);
            }
        }
        Poseidon2.V1.permute(state);
        for (int i = 0; i < 8; i++) {
            assertThat(transcript.sample()).isEqualTo(state[i]);
        }
        Poseidon2.V1.permute(state);
        assertThat(transcript.sampleExt()).isEqualTo(new Ext4(state[0], state[1], state[2], state[3]));
        assertThat(transcript.sampleBits(24)).isEqualTo(KoalaBear.toCanonical(state[4]) & 0xffffff);
    }

    @Test
    void aFullRateIsPermutedOnce() {
        Transcript transcript = transcript();
        int[] state = new int[16];
        state[8] = KoalaBear.fromCanonical(Domain.TRANSCRIPT.identifier());
        for (int i = 0; i < 8; i++) {
            transcript.observe(i);
            state[i] = i;
        }
        Poseidon2.V1.permute(state);
        assertThat(transcript.sample()).isEqualTo(state[0]);
    }

    @Test
    void everyObservedElementChangesWhatIsSampled() {
        for (int changed = 0; changed < 20; changed++) {
            Transcript first = transcript();
            Transcript second = transcript();
            for (int i = 0; i < 20; i++) {
                first.observe(i);
                second.observe(i == changed ? 77 : i);
            }
            assertThat(first.sample()).isNotEqualTo(second.sample());
        }
    }

    @Test
    void observingDiscardsUnreadSamples() {
        Transcript first = transcript();
        Transcript second = transcript();
        first.sample();
        second.sample();
        second.sample();
        first.observe(1);
        second.observe(1);
        assertThat(first.sample()).isEqualTo(second.sample());
    }

    @Test
    void theNonceIsTheSmallestAtEveryPosition() {
        for (int position = 0; position < 9; position++) {
            int nonce = at(position).grind(9, Workers.single(), HashKernels.scalar());
            for (int smaller = 0; smaller < nonce; smaller++) {
                assertThat(at(position).checkGrinding(9, smaller)).isFalse();
            }
            assertThat(at(position).checkGrinding(9, nonce)).isTrue();
        }
    }

    @Test
    void theNonceDependsOnNeitherThreadsNorKernels() {
        int expected = at(3).grind(14, Workers.single(), HashKernels.scalar());
        try (Workers two = new Workers(2)) {
            assertThat(at(3).grind(14, two, HashKernels.scalar())).isEqualTo(expected);
            Optional<HashKernels> vector = HashKernels.vector();
            vector.ifPresent(
                    kernels -> assertThat(at(3).grind(14, two, kernels)).isEqualTo(expected));
        }
    }

    @Test
    void theNonceIsAbsorbed() {
        Transcript first = at(2);
        Transcript second = at(2);
        first.checkGrinding(1, 0);
        second.checkGrinding(1, 1);
        assertThat(first.sample()).isNotEqualTo(second.sample());
    }

    @Test
    void withoutBitsNothingIsObservedAndOnlyZeroIsRight() {
        Transcript ground = at(3);
        assertThat(ground.grind(0, Workers.single(), HashKernels.scalar())).isZero();
        assertThat(at(3).checkGrinding(0, 0)).isTrue();
        assertThat(at(3).checkGrinding(0, 1)).isFalse();
        assertThat(ground.sample()).isEqualTo(at(3).sample());
    }

    @Test
    void noncesOutsideTheFieldAreWrong() {
        assertThat(at(3).checkGrinding(1, -1)).isFalse();
        assertThat(at(3).checkGrinding(1, KoalaBear.P)).isFalse();
    }

    @Test
    void grindingStopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> at(3).grind(28, Workers.single(), HashKernels.scalar()))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void tooManyBitsAreTheCallersFault() {
        assertThatThrownBy(() -> transcript().sampleBits(25)).hasMessageContaining("25");
        assertThatThrownBy(() -> transcript().checkGrinding(29, 0)).hasMessageContaining("29");
    }

    private static Transcript transcript() {
        return new Transcript(Poseidon2.V1, Domain.TRANSCRIPT);
    }

    private static Transcript at(int position) {
        Transcript transcript = transcript();
        for (int i = 0; i < position; i++) {
            transcript.observe(KoalaBear.fromCanonical(1000 + i));
        }
        return transcript;
    }
}
