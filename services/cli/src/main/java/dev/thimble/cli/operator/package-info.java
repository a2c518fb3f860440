/**
 * The operator's view and tools: {@code status}, {@code job}, {@code batch} and {@code worker}.
 */
@NullMarked
package dev.thimble.cli.operator;

import org.jspecify.annotations.NullMarked;
