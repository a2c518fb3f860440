package dev.thimble.fri;

import dev.thimble.field.Ext4;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of one committed layer: a codeword of 2^logLength values in a tree of 2^(logLength − logArity) leaves.
 *
 * @param logLength log₂ of the codeword's length
 * @param logArity log₂ of the factor by which it is folded
 * @param logCap log₂ of the cap
 */
public record FriLayer(int logLength, int logArity, int logCap) {

    /** The committed layers for a polynomial of fewer than 2^logDegree coefficients, first layer first. */
    public static List<FriLayer> layers(FriParameters parameters, int logDegree) {
        List<FriLayer> layers = new ArrayList<>();
        int logLength = logDegree + parameters.logBlowup();
        for (int logArity : parameters.foldLogArities(logDegree)) {
            layers.add(new FriLayer(logLength, logArity, parameters.logCapOf(logLength - logArity)));
            logLength -= logArity;
        }
        return List.copyOf(layers);
    }

    public int logLeaves() {
        return logLength - logArity;
    }

    /** Base elements per leaf. */
    public int leafWidth() {
        return Ext4.DEGREE << logArity;
    }

    /** Siblings between leaf and cap. */
    public int pathLength() {
        return logLeaves() - logCap;
    }
}
