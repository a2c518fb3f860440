package dev.thimble.plonkverifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The proof with two public inputs that the module plonk makes and keeps. */
final class Fixture {
    static final String KEY = read("verification_key.json");
    static final String PROOF = read("proof.json");
    static final String INPUTS = read("public.json");

    private Fixture() {}

    private static String read(String name) {
        try {
            return Files.readString(Path.of("../../snark/plonk/src/test/resources/dev/thimble/plonk/fixture", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
