package dev.thimble.air;

/**
 * A node of the tape that is zero on every row of a domain.
 *
 * @param name what is constrained, unique within a circuit
 * @param domain the rows on which it holds
 * @param node the node that must be zero
 * @param degree its degree in the columns
 */
public record Constraint(String name, Domain domain, int node, int degree) {}
