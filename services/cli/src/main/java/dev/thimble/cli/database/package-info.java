/**
 * Where PostgreSQL and the object store of this home are, and on which ports.
 */
@NullMarked
package dev.thimble.cli.database;

import org.jspecify.annotations.NullMarked;
