package dev.thimble.plonk;

import java.nio.file.Path;

/** A common reference string that must not be used; the message names the file and what is wrong. */
public final class CrsException extends Exception {
    private static final long serialVersionUID = 1L;

    CrsException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
