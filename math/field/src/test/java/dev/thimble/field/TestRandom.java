package dev.thimble.field;

import java.util.SplittableRandom;

/** Seeded randomness: the seed is printed, so that a failure can be repeated. */
final class TestRandom {
    private TestRandom() {}

    static SplittableRandom seeded(long seed) {
        System.out.println("seed " + seed);
        return new SplittableRandom(seed);
    }

    static int[] elements(SplittableRandom random, int length) {
        int[] elements = new int[length];
        for (int i = 0; i < length; i++) {
            elements[i] = element(random);
        }
        return elements;
    }

    /** A uniform element, or one time in eight an extreme one. */
    static int element(SplittableRandom random) {
        return switch (random.nextInt(32)) {
            case 0 -> 0;
            case 1 -> KoalaBear.P - 1;
            case 2 -> 1;
            case 3 -> KoalaBear.P - 2;
            default -> random.nextInt(KoalaBear.P);
        };
    }

    static Ext4 extension(SplittableRandom random) {
        return new Ext4(element(random), element(random), element(random), element(random));
    }
}
