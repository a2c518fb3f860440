package dev.thimble.plonkverifier;

import java.util.Arrays;

/** Keccak-256 as Ethereum uses it: Keccak[512] with rate 136 bytes and the padding 0x01 … 0x80 of the original submission. Source: the Keccak reference, version 3.0. */
public final class Keccak256 {
    private static final int RATE_BYTES = 136;
    private static final long[] ROUND_CONSTANTS = roundConstants();

    private final long[] state = new long[25];
    private int position;

    /** Absorbs bytes. */
    public Keccak256 update(byte[] bytes) {
        for (byte b : bytes) {
            absorb(b);
            if (position == RATE_BYTES) {
                permute(state);
                position = 0;
            }
        }
        return this;
    }

    /** The digest of everything absorbed; afterwards the object starts anew. */
    public byte[] digest() {
        absorb((byte) 0x01);
        state[RATE_BYTES / 8 - 1] ^= 0x80L << 56;
        permute(state);
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
        }
        Arrays.fill(state, 0);
        position = 0;
        return digest;
    }

    private void absorb(byte b) {
        state[position / 8] ^= (b & 0xffL) << (8 * (position % 8));
        position++;
    }

    private static void permute(long[] a) {
        for (long constant : ROUND_CONSTANTS) {
            theta(a);
            long[] b = rhoPi(a);
            for (int y = 0; y < 25; y += 5) {
                for (int x = 0; x < 5; x++) {
                    a[y + x] = b[y + x] ^ (~b[y + (x + 1) % 5] & b[y + (x + 2) % 5]);
                }
            }
            a[0] ^= constant;
        }
    }

    private static void theta(long[] a) {
        long[] parity = new long[5];
        for (int i = 0; i < 25; i++) {
            parity[i % 5] ^= a[i];
        }
        for (int i = 0; i < 25; i++) {
            a[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static long[] rhoPi(long[] a) {
        long[] b = new long[25];
        b[0] = a[0];
        int x = 1;
        int y = 0;
        for (int t = 0; t < 24; t++) {
            int nextY = (2 * x + 3 * y) % 5;
            b[y + 5 * nextY] = Long.rotateLeft(a[x + 5 * y], (t + 1) * (t + 2) / 2);
            x = y;
            y = nextY;
        }
        return b;
    }

    /** Bit 2^j - 1 of constant i is output 7i + j of the register x^8 + x^6 + x^5 + x^4 + 1. */
    private static long[] roundConstants() {
        long[] constants = new long[24];
        int register = 1;
        for (int i = 0; i < constants.length; i++) {
            for (int j = 0; j < 7; j++) {
                if ((register & 1) == 1) {
                    constants[i] |= 1L << ((1 << j) - 1);
                }
                register <<= 1;
                if ((register & 0x100) != 0) {
                    register ^= 0x171;
                }
            }
        }
        return constants;
    }
}
