package dev.thimble.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an artifact; as a path {@code chain/batch/round/type/circuit-depth-sequence}, batch and sequence padded
 * with zeros so that a listing is in order.
 *
 * @param batch the batch
 * @param round the round that made it
 * @param type what it is, for example {@code proof}
 * @param circuit the circuit type, or {@link JobKey#NO_CIRCUIT}
 * @param depth the level in the tree of node aggregations, otherwise 0
 * @param sequence the number among the artifacts that agree in all else
 */
public record ArtifactName(BatchId batch, Round round, String type, String circuit, int depth, int sequence) {
    private static final Pattern PATH =
            Pattern.compile("(\\d{1,19})/(\\d{10,19})/(\\w+)/(\\w+)/(\\w+)-(\\d+)-(\\d{6,10})");

    public ArtifactName {
        Identifiers.check("artifact type", type);
        Identifiers.check("circuit", circuit);
        Identifiers.checkNotNegative("depth", depth);
        Identifiers.checkNotNegative("sequence", sequence);
    }

    /** The prefix of all artifacts of a batch, with the closing slash. */
    public static String prefix(BatchId batch) {
        return batch.chain() + "/" + padded(batch.number(), 10) + "/";
    }

    /** The prefix of all artifacts of a round of a batch, with the closing slash. */
    public static String prefix(BatchId batch, Round round) {
        return prefix(batch) + round.wireName() + "/";
    }

    public String path() {
        return prefix(batch, round) + type + "/" + circuit + "-" + depth + "-" + padded(sequence, 6);
    }

    /**
     * The inverse of {@link #path()}.
     *
     * @throws IllegalArgumentException if {@code path} is not the path of an artifact
     */
    public static ArtifactName parse(String path) {
        Matcher m = PATH.matcher(path);
        if (!m.matches()) {
            throw new IllegalArgumentException("not the path of an artifact: '" + path + "'");
        }
        ArtifactName name = new ArtifactName(
                BatchId.of(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))),
                Round.parse(m.group(3)),
                m.group(4),
                m.group(5),
                Integer.parseInt(m.group(6)),
                Integer.parseInt(m.group(7)));
        if (!name.path().equals(path)) {
            throw new IllegalArgumentException("not the path of an artifact: '" + path + "'");
        }
        return name;
    }

    private static String padded(long value, int width) {
        String digits = Long.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    @Override
    public String toString() {
        return path();
    }
}
