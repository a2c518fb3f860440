package dev.thimble.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of Ethereum's precompiled contracts 6, 7 and 8. */
class PublishedVectorsTest {
    static List<String> vectors() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PublishedVectorsTest.class.getResourceAsStream("precompiles.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void matches(String vector) {
        List<String> parts = List.of(vector.split(" "));
        String input = parts.get(1);
        assertThat(
                        switch (parts.get(0)) {
                            case "add" -> hex(g1(input, 0).add(g1(input, 2)));
                            case "mul" -> hex(g1(input, 0).multiply(Fr.reduce(word(input, 2))));
                            default -> Pairing.productIsOne(pairs(input)) ? "1" : "0";
                        })
                .isEqualTo(parts.get(2));
    }

    private static List<Pairing.Pair> pairs(String input) {
        List<Pairing.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < input.length() / 64; i += 6) {
            G1 left = g1(input, i);
            G2 right = new G2(fq2(input, i + 2), fq2(input, i + 4));
            assertThat(left.isOnCurve()).isTrue();
            assertThat(right.isInSubgroup()).isTrue();
            pairs.add(new Pairing.Pair(left, right));
        }
        return pairs;
    }

    private static G1 g1(String input, int word) {
        return new G1(Fq.of(word(input, word)), Fq.of(word(input, word + 1)));
    }

    private static Fq2 fq2(String input, int word) {
        return new Fq2(Fq.of(word(input, word + 1)), Fq.of(word(input, word)));
    }

    private static BigInteger word(String input, int index) {
        return new BigInteger(input.substring(64 * index, 64 * index + 64), 16);
    }

    private static String hex(G1 point) {
        return "%064x%064x".formatted(point.x().toBigInteger(), point.y().toBigInteger());
    }
}
