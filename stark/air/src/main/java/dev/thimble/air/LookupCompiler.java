package dev.thimble.air;

import dev.thimble.air.Bus.Scope;
import dev.thimble.air.Tape.Op;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns messages into LogUp columns and their constraints.
 *
 * <p>For messages with fingerprints d₁, d₂ and signed multiplicities m₁, m₂ a helper column holds h = m₁/d₁ + m₂/d₂ by
 * h·d₁·d₂ = m₁·d₂ + m₂·d₁. Per scope an accumulator s satisfies s' − s − Σh + total/N = 0 on every row, the last being
 * followed by the first; hence total = Σ of all messages. It is 0 for local buses and exposed for the global ones.
 * Source: Haböck, ePrint 2022/1530; pairing of helpers as in proving.md §2.
 */
final class LookupCompiler {
    private final TapeBuilder tape;
    private final int logHeight;
    private final int maxDegree;

    LookupCompiler(TapeBuilder tape, int logHeight, int maxDegree) {
        this.tape = tape;
        this.logHeight = logHeight;
        this.maxDegree = maxDegree;
    }

    Interaction interaction(Constraints.Message m) {
        Scope scope = m.bus().scope();
        int sum = add(
                tape.challenge(Challenges.alpha(scope)),
                mul(tape.constant(m.bus().tag()), tape.challenge(Challenges.gamma(scope, 0))));
        for (int i = 0; i < m.tuple().size(); i++) {
            sum = add(sum, mul(m.tuple().get(i), tape.challenge(Challenges.gamma(scope, i + 1))));
        }
        return new Interaction(m.name(), m.bus(), m.sign(), m.multiplicity(), m.tuple(), sum);
    }

    /** Pairs the messages of each scope in order; one that is too high in degree to share a helper stays alone. */
    LookupLayout layout(List<Interaction> interactions) {
        List<Helper> helpers = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            int waiting = -1;
            for (int i = 0; i < interactions.size(); i++) {
                if (interactions.get(i).bus().scope() != scope) {
                    continue;
                }
                if (!canPair(interactions.get(i))) {
                    helpers.add(new Helper(scope, helpers.size(), List.of(i)));
                } else if (waiting < 0) {
                    waiting = i;
                } else {
                    helpers.add(new Helper(scope, helpers.size(), List.of(waiting, i)));
                    waiting = -1;
                }
            }
            if (waiting >= 0) {
                helpers.add(new Helper(scope, helpers.size(), List.of(waiting)));
            }
        }
        int next = helpers.size();
        boolean local = helpers.stream().anyMatch(h -> h.scope() == Scope.LOCAL);
        boolean global = helpers.stream().anyMatch(h -> h.scope() == Scope.GLOBAL);
        return new LookupLayout(helpers, local ? next : -1, global ? next + (local ? 1 : 0) : -1);
    }

    private boolean canPair(Interaction i) {
        return tape.degree(i.fingerprint()) * 2 + 1 <= maxDegree
                && tape.degree(i.multiplicity()) + tape.degree(i.fingerprint()) <= maxDegree;
    }

    List<Constraint> constraints(List<Interaction> interactions, LookupLayout layout) {
        List<Constraint> result = new ArrayList<>();
        for (Helper helper : layout.helpers()) {
            result.add(helperConstraint(helper, interactions));
        }
        if (layout.localAccumulator() >= 0) {
            result.add(accumulator(Scope.LOCAL, layout.localAccumulator(), layout.helpers()));
        }
        if (layout.globalAccumulator() >= 0) {
            result.add(accumulator(Scope.GLOBAL, layout.globalAccumulator(), layout.helpers()));
        }
        return result;
    }

    private Constraint helperConstraint(Helper helper, List<Interaction> interactions) {
        int h = lookupColumn(helper.column(), 0);
        Interaction first = interactions.get(helper.interactions().getFirst());
        int left = mul(h, first.fingerprint());
        int right = signedMultiplicity(first);
        String name = "helper of '" + first.name() + "'";
        if (helper.interactions().size() == 2) {
            Interaction second = interactions.get(helper.interactions().get(1));
            left = mul(left, second.fingerprint());
            right = add(mul(right, second.fingerprint()), mul(signedMultiplicity(second), first.fingerprint()));
            name += " and '" + second.name() + "'";
        }
        return constraint(name, sub(left, right));
    }

    private int signedMultiplicity(Interaction i) {
        return i.sign() > 0 ? i.multiplicity() : sub(tape.constant(0), i.multiplicity());
    }

    private Constraint accumulator(Scope scope, int column, List<Helper> helpers) {
        int sum = sub(lookupColumn(column, 1), lookupColumn(column, 0));
        for (Helper helper : helpers) {
            if (helper.scope() == scope) {
                sum = sub(sum, lookupColumn(helper.column(), 0));
            }
        }
        if (scope == Scope.GLOBAL) {
            sum = add(sum, mul(tape.challenge(Challenges.GLOBAL_SUM), tape.constant(inverseOfHeight())));
        }
        return constraint(scope == Scope.LOCAL ? "local running sum" : "global running sum", sum);
    }

    /** 2^−logHeight mod p: p − 1 = 2^24·127, so (p + 1)/2 is the inverse of 2. */
    private long inverseOfHeight() {
        long inverse = 1;
        for (int i = 0; i < logHeight; i++) {
            inverse = (inverse & 1) == 0 ? inverse / 2 : (inverse + KoalaBear.P) / 2;
        }
        return inverse;
    }

    private Constraint constraint(String name, int node) {
        return new Constraint(name, Domain.ALL, node, tape.degree(node));
    }

    private int lookupColumn(int column, int rotation) {
        return tape.column(Stage.LOOKUP, column, rotation);
    }

    private int add(int x, int y) {
        return tape.combine(Op.ADD, x, y);
    }

    private int sub(int x, int y) {
        return tape.combine(Op.SUB, x, y);
    }

    private int mul(int x, int y) {
        return tape.combine(Op.MUL, x, y);
    }
}
