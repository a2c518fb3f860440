package dev.thimble.air;

import java.util.List;

/**
 * The extension columns of the lookup stage.
 *
 * @param helpers the helpers, helper i in extension column i
 * @param localAccumulator the extension column of the running sum over local helpers, or −1 without local messages
 * @param globalAccumulator the same for global helpers, or −1
 */
public record LookupLayout(List<Helper> helpers, int localAccumulator, int globalAccumulator) {
    public LookupLayout {
        helpers = List.copyOf(helpers);
    }

    public int extensionColumns() {
        return helpers.size() + (localAccumulator >= 0 ? 1 : 0) + (globalAccumulator >= 0 ? 1 : 0);
    }
}
