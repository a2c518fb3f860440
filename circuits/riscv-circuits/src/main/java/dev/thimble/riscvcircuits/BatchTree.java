package dev.thimble.riscvcircuits;

import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Sponge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tree of all shared digests of a batch, grouped as aggregation groups the proofs. Its root fixes types, counts and
 * order.
 *
 * <p>leaf = sponge(LEAF, type, count, digests of up to {@link CircuitType#leafArity} instances), node = sponge(NODE, count,
 * digests of up to 8 children), a lone child stands for itself; root = sponge(NODE, per type: type, count, digest; zeros for
 * a type without instances). Counts are of instances.
 */
public final class BatchTree {
    /** How many proofs one node aggregation verifies at most. */
    public static final int NODE_ARITY = 8;

    /** A subtree: how many instances it holds and its digest. */
    private record Subtree(int count, Digest digest) {}

    private final Sponge sponge;
    private final Profile profile;

    public BatchTree(Sponge sponge, Profile profile) {
        this.sponge = sponge;
        this.profile = profile;
    }

    /** globalRoot of the shared digests of every type, each list in the order of the instances. */
    public Digest root(Map<CircuitType, List<Digest>> shared) {
        List<Integer> elements = new ArrayList<>();
        for (CircuitType type : CircuitType.values()) {
            List<Digest> digests = shared.getOrDefault(type, List.of());
            elements.add(KoalaBear.fromCanonical(type.id(profile)));
            elements.add(KoalaBear.fromCanonical(digests.size()));
            append(
                    elements,
                    digests.isEmpty()
                            ? new int[Digest.LENGTH]
                            : ofType(type, digests).elements());
        }
        return hash(Domain.NODE, elements);
    }

    private Digest ofType(CircuitType type, List<Digest> digests) {
        List<Subtree> level = new ArrayList<>();
        for (int from = 0; from < digests.size(); from += type.leafArity()) {
            List<Digest> group = digests.subList(from, Math.min(digests.size(), from + type.leafArity()));
            level.add(leaf(type, group));
        }
        while (level.size() > 1) {
            List<Subtree> parents = new ArrayList<>();
            for (int from = 0; from < level.size(); from += NODE_ARITY) {
                parents.add(node(level.subList(from, Math.min(level.size(), from + NODE_ARITY))));
            }
            level = parents;
        }
        return level.getFirst().digest;
    }

    private Subtree leaf(CircuitType type, List<Digest> digests) {
        List<Integer> elements = new ArrayList<>();
        elements.add(KoalaBear.fromCanonical(type.id(profile)));
        elements.add(KoalaBear.fromCanonical(digests.size()));
        digests.forEach(digest -> append(elements, digest.elements()));
        return new Subtree(digests.size(), hash(Domain.LEAF, elements));
    }

    private Subtree node(List<Subtree> children) {
        if (children.size() == 1) {
            return children.getFirst();
        }
        int count = children.stream().mapToInt(Subtree::count).sum();
        List<Integer> elements = new ArrayList<>();
        elements.add(KoalaBear.fromCanonical(count));
        children.forEach(child -> append(elements, child.digest.elements()));
        return new Subtree(count, hash(Domain.NODE, elements));
    }

    private Digest hash(Domain domain, List<Integer> elements) {
        return sponge.hash(domain, elements.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void append(List<Integer> elements, int[] more) {
        for (int element : more) {
            elements.add(element);
        }
    }
}
