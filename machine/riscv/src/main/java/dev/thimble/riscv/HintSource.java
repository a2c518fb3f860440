package dev.thimble.riscv;

/** The stream of hint words: untrusted help from outside, such as inverses, which the program checks. */
@FunctionalInterface
public interface HintSource {
    /** Fills the array with the next words; returns false if there are not enough left. */
    boolean next(int[] words);

    /** A stream without words. */
    static HintSource none() {
        return _ -> false;
    }

    /** A stream of the given words. */
    static HintSource of(int... stream) {
        int[] copy = stream.clone();
        int[] position = {0};
        return words -> {
            if (copy.length - position[0] < words.length) {
                return false;
            }
            System.arraycopy(copy, position[0], words, 0, words.length);
            position[0] += words.length;
            return true;
        };
    }
}
