package dev.thimble.testkit;

import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The messages of a {@link ForgedBatch}: how often each stands on its bus, and where it came from at first. */
final class MessageLedger {
    private final Map<BusMessage, Integer> net = new HashMap<>();
    private final Map<BusMessage, List<ForgedBatch.Site>> sites = new HashMap<>();
    private final Map<BusMessage, List<BusMessage>> latest = new HashMap<>();
    private final Map<BusMessage, Integer> latestInteraction = new HashMap<>();

    /** Adds a message so many times, modulo p; what stands there zero times is forgotten. */
    void count(BusMessage message, int multiplicity) {
        net.merge(message, multiplicity, (x, y) -> {
            int sum = (int) (((long) x + y) % KoalaBear.P);
            return sum == 0 ? null : sum;
        });
    }

    /** Each message that does not cancel, and how often it stands there. */
    void forEachOpen(BiConsumer<BusMessage, Integer> action) {
        net.forEach(action);
    }

    /** Notes where a message of the first traces stands. */
    void note(BusMessage message, ForgedBatch.Site site) {
        sites.computeIfAbsent(message, m -> new ArrayList<>()).add(site);
        index(message, site.interaction());
    }

    private void index(BusMessage message, int interaction) {
        if (message.tuple.length < 3) {
            return;
        }
        BusMessage subject = subject(message);
        int known = latestInteraction.getOrDefault(subject, -1);
        if (interaction > known) {
            latest.put(subject, new ArrayList<>());
            latestInteraction.put(subject, interaction);
        }
        if (interaction >= known) {
            latest.getOrDefault(subject, new ArrayList<>()).add(message);
        }
    }

    private static BusMessage subject(BusMessage message) {
        return BusMessage.prefix(message.instance, message.tag, message.tuple, 2);
    }

    /** Where a message stood at first. */
    List<ForgedBatch.Site> sites(BusMessage message) {
        return sites.getOrDefault(message, List.of());
    }

    boolean anySite(Predicate<ForgedBatch.Site> condition) {
        return sites.values().stream().flatMap(List::stream).anyMatch(condition);
    }

    /** The messages of the highest interaction that agree with this one in their first two elements. */
    List<BusMessage> latestLike(BusMessage message) {
        return message.tuple.length < 3 ? List.of() : latest.getOrDefault(subject(message), List.of());
    }
}
