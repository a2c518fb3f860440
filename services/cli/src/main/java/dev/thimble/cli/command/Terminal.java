package dev.thimble.cli.command;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's words go.
 *
 * @param out results
 * @param err progress, warnings, errors
 * @param interactive whether {@code err} is a terminal that a line can be redrawn on
 * @param charset what {@code out} can show
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, Charset charset) {
    boolean unicode() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    public Progress progress() {
        return new Progress(err, interactive, unicode());
    }
}
