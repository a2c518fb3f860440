/**
 * The command {@code demo}: real transactions to proven batches, in one process.
 */
@NullMarked
package dev.thimble.cli.demo;

import org.jspecify.annotations.NullMarked;
