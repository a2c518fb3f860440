package dev.thimble.cli.command;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Progress on standard error: one line that is redrawn on a terminal, one line per finished step elsewhere.
 * Thread-safe; blocks and ASCII according to what the terminal shows.
 */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 24;

    private final PrintStream err;
    private final boolean interactive;
    private final char full;
    private final char empty;
    private int drawn;

    Progress(PrintStream err, boolean interactive, boolean unicode) {
        this.err = err;
        this.interactive = interactive;
        this.full = unicode ? '\u2588' : '#';
        this.empty = unicode ? '\u2591' : '.';
    }

    /** A finished step; stays on the screen. */
    public synchronized void step(String text) {
        clear();
        err.println(text);
        err.flush();
    }

    /** How far the running step is; shown on terminals only. */
    public synchronized void at(String step, long done, long total) {
        if (!interactive || total <= 0) {
            return;
        }
        int filled = (int) Math.min(WIDTH, WIDTH * done / total);
        var line = String.format(
                Locale.ROOT,
                "%s%s %3d%% %s",
                String.valueOf(full).repeat(filled),
                String.valueOf(empty).repeat(WIDTH - filled),
                Math.min(100, 100 * done / total),
                step);
        clear();
        err.print(line);
        err.flush();
        drawn = line.length();
    }

    @Override
    public synchronized void close() {
        clear();
        err.flush();
    }

    private void clear() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
    }
}
