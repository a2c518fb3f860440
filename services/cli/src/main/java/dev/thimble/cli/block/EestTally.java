package dev.thimble.cli.block;

import dev.thimble.chain.Bytes32;
import dev.thimble.chain.CaseResult;
import dev.thimble.chain.PublishedCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds up the results of published test cases. */
final class EestTally {
    private static final String UNSUPPORTED = "UNSUPPORTED ";
    private static final List<String> UNSUPPORTED_KINDS = List.of("BLOB_TX", "POINT_EVALUATION");

    /** A case that did not do what is published. */
    record Failure(String name, String reason) {}

    /** What the cases touched: opcodes in their codes, and the kinds of invalid things that were rejected. */
    record Coverage(List<String> opcodes, List<String> exceptions) {}

    /** One line of the results file. */
    record Line(
            String name,
            String result,
            String reason,
            @Nullable String stateRoot,
            @Nullable String logsHash,
            long cycles) {
        static Line of(CaseResult result) {
            return new Line(
                    result.name(),
                    result.verdict().name().toLowerCase(Locale.ROOT),
                    result.reason(),
                    result.stateRoot().map(Bytes32::hex).orElse(null),
                    result.logsHash().map(Bytes32::hex).orElse(null),
                    result.cycles());
        }
    }

    private int passed;
    private final Map<String, Integer> unsupportedBy = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Integer> opcodes = new TreeSet<>();
    private final Set<String> exceptions = new TreeSet<>();

    EestTally() {
        UNSUPPORTED_KINDS.forEach(kind -> unsupportedBy.put(kind, 0));
    }

    void add(PublishedCase test, CaseResult result) {
        opcodes.addAll(test.opcodes());
        switch (result.verdict()) {
            case PASSED -> {
                passed++;
                exceptions.addAll(test.exceptions());
            }
            case FAILED -> failures.add(new Failure(result.name(), result.reason()));
            case UNSUPPORTED -> addUnsupported(result);
        }
    }

    /** Only the two known reasons count as unsupported; another one is a failure. */
    private void addUnsupported(CaseResult result) {
        var kind = result.reason().startsWith(UNSUPPORTED) ? result.reason().substring(UNSUPPORTED.length()) : "";
        if (UNSUPPORTED_KINDS.contains(kind)) {
            unsupportedBy.merge(kind, 1, Integer::sum);
        } else {
            failures.add(new Failure(result.name(), "unsupported for no known reason: " + result.reason()));
        }
    }

    int passed() {
        return passed;
    }

    int unsupported() {
        return unsupportedBy.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Integer> unsupportedBy() {
        return Collections.unmodifiableMap(unsupportedBy);
    }

    List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    Coverage coverage() {
        var hex = HexFormat.of();
        return new Coverage(
                opcodes.stream()
                        .map(code -> "0x" + hex.toHexDigits((byte) (int) code))
                        .toList(),
                List.copyOf(exceptions));
    }
}
