/** The PostgreSQL job queue. */
@NullMarked
package dev.thimble.jobqueue;

import org.jspecify.annotations.NullMarked;
