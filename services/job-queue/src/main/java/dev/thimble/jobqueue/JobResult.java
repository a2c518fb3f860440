package dev.thimble.jobqueue;

import java.util.List;

/**
 * What an attempt achieved.
 *
 * @param output paths of the artifacts it made
 * @param digest lower-case hexadecimal SHA-256 of what it made: two results of one job are identical if these agree
 * @param next what follows
 */
public record JobResult(List<String> output, String digest, Plan next) {
    public JobResult {
        output = List.copyOf(output);
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest must be 64 hexadecimal digits but is '" + digest + "'");
        }
        for (String path : output) {
            if (path.isEmpty() || path.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("not an artifact path: '" + path + "'");
            }
        }
    }
}
