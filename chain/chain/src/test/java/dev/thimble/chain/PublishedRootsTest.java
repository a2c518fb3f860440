package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tries built from lists of accounts have the published roots: before and after every published block test. */
class PublishedRootsTest {
    private static final long SEED = 20261127;
    private static final int CASES = 400;

    @Test
    void genesisRootsAreThePublishedOnes() throws Exception {
        List<String> wrong = new ArrayList<>();
        int count = CaseFile.sample(PublishedVectors.BLOCKS, CASES, SEED, each -> {
            if (each instanceof BlockCase block && !rootOf(block).equals(genesisRoot(block))) {
                wrong.add(block.name());
            }
        });
        assertThat(count).isEqualTo(CASES);
        assertThat(wrong).isEmpty();
    }

    private static Bytes32 rootOf(BlockCase block) {
        return Account.storeAll(block.pre(), new MemoryContentStore());
    }

    private static Bytes32 genesisRoot(BlockCase block) {
        try {
            return Block.decode(block.genesis()).header().stateRoot();
        } catch (MalformedBlockException e) {
            throw new AssertionError(e);
        }
    }

    /** An invalid transaction leaves the state as it was, so these state tests publish the root of their pre-state. */
    @Test
    void rootsOfUnchangedStatesAreThePublishedOnes() throws Exception {
        List<Boolean> equal = new ArrayList<>();
        CaseFile.read(PublishedVectors.STATE, each -> {
            if (each instanceof StateCase state && !state.exceptions().isEmpty()) {
                equal.add(
                        Account.storeAll(state.pre(), new MemoryContentStore()).equals(state.postRoot()));
            }
        });
        assertThat(equal).hasSize(167).containsOnly(true);
    }
}
