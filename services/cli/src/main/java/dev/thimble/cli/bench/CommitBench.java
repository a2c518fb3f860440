package dev.thimble.cli.bench;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;
import dev.thimble.merkle.MerkleTree;
import dev.thimble.poly.CosetLde;
import java.util.Arrays;

/** Commitments at blow-up 2: extension, leaf hashes, tree. Cells are those of the trace, before the extension. */
final class CommitBench {
    private static final int LOG_ROWS = 16;
    private static final int LOG_BLOWUP = 1;
    private static final int LOG_CAP = 5;
    private static final int COLUMNS = 128;
    private static final int RUNS = 5;

    private CommitBench() {}

    /** Measures one twin on two threads. */
    static Measurement measure(String name, FieldKernels field, HashKernels hash, double hashPerSecond, Bar bar) {
        var columns = new int[COLUMNS][1 << LOG_ROWS];
        for (int i = 0; i < COLUMNS; i++) {
            int seed = i;
            Arrays.setAll(columns[i], row -> (row * 1_103_515_245 + seed) & 0x3FFF_FFFF);
        }
        var samples = new double[RUNS];
        try (var workers = new Workers(2)) {
            var lde = new CosetLde(LOG_ROWS, LOG_BLOWUP, field);
            for (int run = -2; run < RUNS; run++) { // the first two warm up
                long start = System.nanoTime();
                var extended = lde.extend(columns, workers);
                MerkleTree.commit(extended, LOG_ROWS + LOG_BLOWUP, LOG_CAP, hash, workers);
                if (run >= 0) {
                    samples[run] = (double) COLUMNS * (1 << LOG_ROWS) / ((System.nanoTime() - start) * 1e-9);
                }
            }
        }
        return Measurement.of(name, "cells/s", samples, hashPerSecond, bar);
    }
}
