/**
 * The command {@code crs}: the common reference string of the SNARK.
 */
@NullMarked
package dev.thimble.cli.compress;

import org.jspecify.annotations.NullMarked;
