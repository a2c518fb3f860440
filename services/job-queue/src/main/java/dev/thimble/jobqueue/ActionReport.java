package dev.thimble.jobqueue;

import java.util.List;

/**
 * What an operator's action did, or would do.
 *
 * @param dryRun whether nothing was changed
 * @param changed the number of jobs concerned
 * @param ids these jobs
 */
public record ActionReport(boolean dryRun, int changed, List<Long> ids) {
    public ActionReport {
        ids = List.copyOf(ids);
    }
}
